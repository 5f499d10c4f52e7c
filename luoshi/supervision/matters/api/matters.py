"""Matters by API: list, read, draft, change the plan, propose, assign. Registering, concluding and
revoking are a person's decisions; the routes exist and refuse tokens with that reason."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Status

from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor, Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.engine.rule import BadRule, from_json
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.api import shaping
from luoshi.supervision.matters.api.schemas import (
    KEY,
    WRITE,
    AssigningIn,
    Assignments,
    Decision,
    Key,
    LightWord,
    Line,
    MatterIn,
    MatterOut,
    Matters,
    PlanIn,
    Proposing,
    Reopened,
)
from luoshi.supervision.matters.domain.matter import closing, drafting, registering, revoking
from luoshi.supervision.matters.domain.matter.reopening import reopen
from luoshi.supervision.matters.domain.queries.addressing import kept
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.share import assigning
from luoshi.supervision.matters.enums import MATTER_ENDED, Light
from luoshi.supervision.matters.models import Matter, showing

router = Router(tags=["matters"])
ORDER = ("overdue_at", "id")
PERSON = {403: Problem} | WRITE


@router.get("/matters", response={200: Matters} | READ)
def list_matters(
    request: OfficeRequest,
    light: LightWord | None = None,
    regime: Line = "",
    ended: bool = False,
    cursor: Cursor = "",
    limit: int = Query(50, ge=1, le=100),
) -> Any:
    """Matters in the token's sight, the earliest limit first."""
    actor = scoped(request, "matters:read")
    rows = Matter.objects.visible_to(actor).select_related("lead_unit", "office")
    rows = rows.only(*shaping.READ_BY_A_LINE)
    rows = rows.filter(state__in=MATTER_ENDED) if ended else rows.exclude(state__in=MATTER_ENDED)
    if light:
        rows = rows.filter(showing(Light(light), request.now))
    if regime:
        rows = rows.filter(regime=regime)
    found = page(rows, order=ORDER, cursor=cursor, size=limit)
    items = [shaping.matter_line(row, request.now) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.get("/matters/{uuid:pk}", response={200: MatterOut} | READ)
def read_matter(request: OfficeRequest, pk: UUID) -> Any:
    """One matter with its plan and shares."""
    return shaping.matter(found(request, pk, "matters:read"), request.now)


@router.post("/matters", response={201: MatterOut} | WRITE)
def draft_matter(request: OfficeRequest, body: MatterIn, key: Key = KEY) -> Any:
    """Draft a matter for the token's office."""
    actor = scoped(request, "matters:write")
    plan = plan_of(body)
    origin = drafting.Origin(kind="api", title=body.origin_title, reference=body.origin_reference)

    def act() -> tuple[int, Any]:
        row = drafting.draft(plan=plan, origin=origin, actor=actor, at=request.now)
        return 201, shaping.with_shares(row, (), request.now)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.put("/matters/{uuid:pk}/plan", response={200: MatterOut} | WRITE)
def change_plan(request: OfficeRequest, pk: UUID, body: PlanIn) -> Any:
    """Change the plan; a stale revision is refused."""
    matter = found(request, pk, "matters:write")
    row = drafting.replan(
        matter=matter,
        plan=plan_of(body, matter),
        revision=body.revision,
        end_reason=body.end_reason,
        actor=request.actor,
        at=request.now,
    )
    return shaping.matter(row, request.now)


@router.post("/matters/{uuid:pk}/proposal", response={200: MatterOut} | WRITE)
def propose_matter(request: OfficeRequest, pk: UUID, body: Proposing | None = None) -> Any:
    """Put a drafted matter before the one who approves; a similar matter needs `reason`."""
    body = body or Proposing()
    matter = found(request, pk, "matters:write")
    row = registering.propose(
        matter=matter, actor=request.actor, at=request.now, despite=body.reason
    )
    return shaping.matter(row, request.now)


@router.post("/matters/{uuid:pk}/assignments", response={201: Assignments} | WRITE)
def assign_matter(
    request: OfficeRequest,
    pk: UUID,
    body: AssigningIn,
    key: Key = KEY,
) -> Any:
    """Assign a registered matter to units, named by code."""
    matter = found(request, pk, "matters:write")
    units = Unit.objects.filter(is_active=True).in_bulk(
        [share.unit for share in body.shares], field_name="code"
    )
    unknown = [share.unit for share in body.shares if share.unit not in units]
    if unknown:
        text = _("No unit has the code “%(code)s”.") % {"code": unknown[0]}
        raise Invalid(_("Not assigned."), {"shares": [text]})
    shares = [assigning.Share(units[s.unit], s.part, s.task) for s in body.shares]

    def act() -> tuple[int, Any]:
        made = assigning.assign(matter=matter, shares=shares, actor=request.actor, at=request.now)
        return 201, {"items": [shaping.share(row, request.now) for row in made], "next": None}

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=request.actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/matters/{uuid:pk}/registration", response=PERSON)
def register_matter(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Approve registration: a person's decision, refused to tokens."""
    matter = found(request, pk, "matters:write")
    registering.approve_to_register(matter=matter, actor=request.actor, at=request.now)


@router.post("/matters/{uuid:pk}/closure", response=PERSON)
def conclude_matter(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Conclude: a person's decision, refused to tokens."""
    matter = found(request, pk, "matters:write")
    closing.conclude(
        matter=matter, result="done", summary=body.reason, actor=request.actor, at=request.now
    )


@router.post("/matters/{uuid:pk}/reopening", response=PERSON)
def reopen_matter(request: OfficeRequest, pk: UUID, body: Reopened) -> Any:
    """Reopen: a person's decision, refused to tokens."""
    matter = found(request, pk, "matters:write")
    reopen(
        matter=matter,
        reason=body.reason,
        due_on=body.due_on,
        actor=request.actor,
        at=request.now,
    )


@router.post("/matters/{uuid:pk}/revocation", response=PERSON)
def revoke_matter(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Revoke: a person's decision, refused to tokens."""
    matter = found(request, pk, "matters:write")
    revoking.revoke(matter=matter, reason=body.reason, actor=request.actor, at=request.now)


def found(request: OfficeRequest, pk: UUID, scope: str) -> Matter:
    """The matter in the token's sight."""
    actor = scoped(request, scope)
    row: Matter = visible(Matter.objects.select_related("office", "lead_unit"), actor, pk)
    return row


def joint_of(code: str) -> UUID | None:
    """The joint office by its code; an unknown code is refused."""
    if not code:
        return None
    found = Unit.objects.filter(code=code, is_active=True).first()
    if found is None:
        text = _("No unit has the code “%(code)s”.") % {"code": code}
        raise Invalid(_("Not saved."), {"joint_office": [text]})
    key: UUID = found.pk
    return key


def given(names: list[str] | None, matter: Matter | None, column: str) -> list[str]:
    """The addressees a body names; null keeps the matter's."""
    if names is not None:
        return names
    return kept(matter, column) if matter else []


def plan_of(body: MatterIn, matter: Matter | None = None) -> drafting.Plan:
    """The body as a plan; a deadline rule that cannot be read is refused by number."""
    for number, raw in enumerate(body.task_rules, start=1):
        try:
            from_json(raw)
        except (BadRule, ValueError, TypeError, KeyError, OverflowError) as error:
            text = _("Rule %(n)d cannot be used: %(why)s.") % {"n": number, "why": str(error)[:80]}
            raise Invalid(_("Not saved."), {"task_rules": [text]}) from error
    anchors: dict[str, str] = {name: day.isoformat() for name, day in body.anchors.items()}
    task_rules = body.task_rules
    if matter is not None:  # what a change does not say stays as it is
        anchors = anchors if "anchors" in body.model_fields_set else dict(matter.anchors)
        task_rules = task_rules if "task_rules" in body.model_fields_set else matter.task_rules
    return drafting.Plan(
        title=body.title,
        regime=body.regime,
        content=body.content,
        method=body.method,
        purpose=body.purpose,
        basis=body.basis,
        end_on=body.end_on,
        task_rules=task_rules,
        anchors=anchors,
        proposed_shares=matter.proposed_shares if matter else (),
        urgent_amount=body.urgent_amount,
        urgent_unit=body.urgent_unit if body.urgent_amount else "",
        urgent_basis=body.urgent_basis,
        joint_office=joint_of(body.joint_office),
        report_to=given(body.report_to, matter, "report_to"),
        copy_to=given(body.copy_to, matter, "copy_to"),
    )
