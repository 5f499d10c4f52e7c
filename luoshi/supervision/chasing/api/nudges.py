"""Nudges by API: read what was sent and held, nudge a share, ask for an exception; the ladder in
force. Decisions on an exception or the ladder are a person's and refused to tokens."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema, Status

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor, Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.supervision.chasing import rules
from luoshi.supervision.chasing.domain.excepting import (
    ask_exception,
    grant_exception,
    refuse_exception,
)
from luoshi.supervision.chasing.domain.laddering import as_data, ladder_of, set_ladder
from luoshi.supervision.chasing.domain.urging import Wording, urge
from luoshi.supervision.chasing.models import NudgeException, Urge
from luoshi.supervision.matters.api.schemas import (
    KEY,
    WRITE,
    Decision,
    Given,
    Key,
    LongText,
    UnitOut,
)
from luoshi.supervision.matters.api.shaping import instant, unit
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.models import Assignment

router = Router(tags=["nudges"])
PERSON = {403: Problem} | WRITE


class NudgeIn(Given):
    """The words; empty tone and text take the proposed ones."""

    tone: str = ""
    text: LongText = ""
    colour: str = ""


class NudgeOut(Schema):
    """A nudge by hand; a held one says why and when it is possible again."""

    id: UUID
    matter_id: UUID
    unit: UnitOut
    state: str
    tone: str
    colour: str
    slip_number: str
    text: str
    made_at: datetime
    sent_at: datetime | None
    held_reason: str
    possible_at: datetime | None
    exception: str


class Nudges(Schema):
    """One page of nudges."""

    items: list[NudgeOut]
    next: str | None


class LadderStepOut(Schema):
    """A level: working days from the limit (before it below nought), who is told, the word."""

    level: str
    workdays: int
    audiences: list[str]
    word_zh: str
    word_en: str


class LadderOut(Schema):
    """The levels in order."""

    items: list[LadderStepOut]


def shaped(row: Urge) -> dict[str, Any]:
    """A nudge as a JSON object."""
    slip = getattr(row, "slip", None)
    exception = getattr(row, "exception", None)
    return {
        "id": str(row.pk),
        "matter_id": str(row.assignment.matter_id),
        "unit": unit(row.assignment.unit),
        "state": row.state,
        "tone": row.tone,
        "colour": row.colour,
        "slip_number": slip.number if slip else "",
        "text": row.text,
        "made_at": instant(row.made_at),
        "sent_at": instant(row.sent_at),
        "held_reason": row.held_reason,
        "possible_at": instant(row.possible_at),
        "exception": exception.state if exception else "",
    }


@router.get("/nudges", response={200: Nudges} | READ)
def list_nudges(
    request: OfficeRequest, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """Nudges about shares in the token's sight, the newest first."""
    actor = scoped(request, "matters:read")
    shares = Assignment.objects.visible_to(actor)
    rows = Urge.objects.filter(assignment__in=shares)
    rows = rows.select_related("assignment__unit", "slip", "exception")
    cut = page(rows, order=("-made_at", "id"), cursor=cursor, size=limit)
    return {"items": [shaped(row) for row in cut.rows], "next": cut.next_cursor or None}


@router.get("/ladder", response={200: LadderOut, 403: Problem} | READ)
def read_ladder(request: OfficeRequest) -> Any:
    """The ladder of notices of the token's office, as it is in force (rules.md 2.11)."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_see_nudges(actor))
    return {"items": as_data(ladder_of(actor.unit_id or UUID(int=0)))}


@router.post("/ladder", response=PERSON)
def change_ladder(request: OfficeRequest, body: Decision) -> Any:
    """Set the ladder: the secretary-general's decision in person, refused to tokens."""
    actor = scoped(request, "matters:write")
    office = actor.unit_id or UUID(int=0)
    set_ladder(
        office_id=office,
        steps=ladder_of(office),
        reason=body.reason,
        actor=actor,
        at=request.now,
    )


@router.post("/assignments/{uuid:pk}/nudges", response={201: NudgeOut} | WRITE)
def nudge(request: OfficeRequest, pk: UUID, body: NudgeIn, key: Key = KEY) -> Any:
    """Nudge a unit about its share; what the governor holds is answered as held."""
    actor = scoped(request, "matters:write")
    shares = Assignment.objects.select_related("matter__office", "unit")
    share = visible(shares, actor, pk)
    wording = Wording(body.tone, body.text, body.colour)

    def act() -> tuple[int, Any]:
        row = urge(share=share, wording=wording, actor=actor, at=request.now)
        return 201, shaped(row)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


def an_urge(request: OfficeRequest, pk: UUID) -> Urge:
    """A nudge about a share in the token's sight."""
    shares = Assignment.objects.visible_to(scoped(request, "matters:write"))
    rows = Urge.objects.filter(pk=pk, assignment__in=shares)
    found = rows.select_related("assignment__matter__office", "assignment__unit").first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


@router.post("/nudges/{uuid:pk}/exception", response=PERSON)
def ask_for_exception(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Ask for an exception: a person's act, refused to tokens."""
    found = an_urge(request, pk)
    ask_exception(urge=found, reason=body.reason, actor=request.actor, at=request.now)


def asked_of(request: OfficeRequest, pk: UUID) -> NudgeException:
    """The exception asked for a nudge in the token's sight."""
    found = an_urge(request, pk)
    asked = NudgeException.objects.select_related("urge__assignment__matter").filter(urge=found)
    row = asked.first()
    if row is None:
        raise NotVisible(_("No exception was asked."), code="not-visible")
    return row


@router.post("/nudges/{uuid:pk}/exception/grant", response=PERSON)
def grant_an_exception(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Grant an exception: the second person's decision, refused to tokens."""
    row = asked_of(request, pk)
    grant_exception(exception=row, actor=request.actor, at=request.now)


@router.post("/nudges/{uuid:pk}/exception/refusal", response=PERSON)
def refuse_an_exception(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Refuse an exception with the reason: the second person's decision, refused to tokens."""
    row = asked_of(request, pk)
    ensure(rules.may_decide_exception(request.actor, row))
    refuse_exception(exception=row, remark=body.reason, actor=request.actor, at=request.now)
