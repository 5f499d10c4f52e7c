"""Extensions by API: list, ask; noting an event limits count from. Deciding and setting a limit are
a person's decisions and refuse tokens."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor, Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.supervision.matters.api import shaping
from luoshi.supervision.matters.api.change_schemas import (
    EventIn,
    EventOut,
    ExtensionDecisionIn,
    LimitIn,
)
from luoshi.supervision.matters.api.schemas import (
    KEY,
    WRITE,
    ExtensionIn,
    ExtensionOut,
    Extensions,
    Key,
    aware,
)
from luoshi.supervision.matters.domain.duty import extending, happening, setting
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.enums import ExtensionState
from luoshi.supervision.matters.models import Extension, Matter, ReportDuty

router = Router(tags=["extensions"])
PARTS = ("duty__assignment__matter", "duty__assignment__unit")


@router.get("/extensions", response={200: Extensions} | READ)
def list_extensions(
    request: OfficeRequest,
    waiting: bool = False,
    cursor: Cursor = "",
    limit: int = Query(50, ge=1, le=100),
) -> Any:
    """Requests for a later limit in sight, the latest first; `waiting` keeps the undecided."""
    actor = scoped(request, "matters:read")
    rows = Extension.objects.visible_to(actor)
    if waiting:
        rows = rows.filter(state=ExtensionState.ASKED)
    found = page(rows, order=("-asked_at", "id"), cursor=cursor, size=limit)
    items = [shaping.extension(row) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.post("/duties/{uuid:pk}/extensions", response={201: ExtensionOut} | WRITE)
def ask_for_extension(request: OfficeRequest, pk: UUID, body: ExtensionIn, key: Key = KEY) -> Any:
    """Ask for a later limit of one duty, before its limit."""
    actor = scoped(request, "reports:write")
    duty = visible(ReportDuty.objects.select_related("assignment__matter"), actor, pk)

    def act() -> tuple[int, Any]:
        made = extending.ask_extension(
            duty=duty,
            wanted_at=aware(body.wanted_at),
            reason=body.reason,
            actor=actor,
            at=request.now,
        )
        return 201, shaping.extension(made)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/duties/{uuid:pk}/limit", response={403: Problem} | WRITE)
def set_limit(request: OfficeRequest, pk: UUID, body: LimitIn) -> Any:
    """Set another limit, or the next date of a staged report: a person's decision, refused to
    tokens."""
    actor = scoped(request, "matters:write")
    rows = ReportDuty.objects.select_related("assignment__matter")
    setting.set_limit(
        duty=visible(rows, actor, pk),
        on=body.on,
        reason=body.reason,
        actor=actor,
        at=request.now,
    )


@router.post("/extensions/{uuid:pk}/decision", response={403: Problem} | WRITE)
def decide_extension(request: OfficeRequest, pk: UUID, body: ExtensionDecisionIn) -> Any:
    """Grant or refuse a request: a person's decision, refused to tokens."""
    actor = scoped(request, "matters:write")
    row = visible(Extension.objects.select_related(*PARTS), actor, pk)
    given: dict[str, Any] = {"remark": body.reason, "actor": actor, "at": request.now}
    if body.granted:
        until = aware(body.granted_at) if body.granted_at else None
        extending.grant_extension(extension=row, granted_at=until, **given)
    else:
        extending.refuse_extension(extension=row, **given)


@router.post("/matters/{uuid:pk}/events", response={201: EventOut} | WRITE)
def note_event(request: OfficeRequest, pk: UUID, body: EventIn, key: Key = KEY) -> Any:
    """Note that an event happened which limits of the matter count from; dates them."""
    actor = scoped(request, "matters:write")
    matter = visible(Matter.objects.select_related("office"), actor, pk)

    def act() -> tuple[int, Any]:
        found = happening.note_event(
            matter=matter,
            event=body.event,
            on=body.on,
            basis=body.basis,
            actor=actor,
            at=request.now,
        )
        row = found.milestone
        return 201, EventOut(
            event=row.anchor, on=row.on, basis=row.basis, dated=found.dated
        ).model_dump(mode="json")

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)
