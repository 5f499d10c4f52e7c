"""Shares and their duties by API. Signing for a slip is a person's act and refuses tokens."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router

from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor, Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.supervision.matters.api import shaping
from luoshi.supervision.matters.api.change_schemas import StagesIn
from luoshi.supervision.matters.api.schemas import (
    WRITE,
    AssignmentOut,
    Assignments,
    Decision,
    Duties,
    DutyOut,
    LightWord,
    MatterOut,
    aware,
)
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.share import signing
from luoshi.supervision.matters.domain.share.stages import Stage
from luoshi.supervision.matters.domain.share.staging import plan_progress, plan_share
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, DUTY_LIVE, Light
from luoshi.supervision.matters.models import Assignment, Matter, ReportDuty, showing
from luoshi.supervision.matters.rules.reasons import REGISTERING_ROLES

router = Router(tags=["assignments"])
SHARES = ("matter", "unit")
HEAD = ("office", "lead_unit", "joint_office")


@router.get("/assignments", response={200: Assignments} | READ)
def list_assignments(
    request: OfficeRequest,
    light: LightWord | None = None,
    open: bool = True,
    cursor: Cursor = "",
    limit: int = Query(50, ge=1, le=100),
) -> Any:
    """Shares whose reports the token may read, the earliest limit first."""
    actor = scoped(request, "matters:read")
    rows = Assignment.objects.visible_to(actor).select_related(*SHARES)
    rows = (
        rows.filter(state__in=ASSIGNMENT_OPEN) if open else rows.exclude(state__in=ASSIGNMENT_OPEN)
    )
    if light:
        rows = rows.filter(showing(Light(light), request.now))
    found = page(rows, order=("overdue_at", "id"), cursor=cursor, size=limit)
    items = [shaping.share(row, request.now) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.get("/assignments/{uuid:pk}", response={200: AssignmentOut} | READ)
def read_assignment(request: OfficeRequest, pk: UUID) -> Any:
    """One share."""
    actor = scoped(request, "matters:read")
    row = visible(Assignment.objects.select_related(*SHARES), actor, pk)
    return shaping.share(row, request.now)


@router.put("/matters/{uuid:pk}/stages", response={200: MatterOut} | WRITE)
def stage_matter(request: OfficeRequest, pk: UUID, body: StagesIn) -> Any:
    """Set the planned progress of a matter; the same body twice changes nothing."""
    actor = scoped(request, "matters:write")
    row = visible(Matter.objects, actor, pk)
    plan_progress(matter=row, stages=stages_in(body), actor=actor, at=request.now)
    return shaping.matter(visible(Matter.objects.select_related(*HEAD), actor, pk), request.now)


@router.put("/assignments/{uuid:pk}/stages", response={200: AssignmentOut} | WRITE)
def stage_assignment(request: OfficeRequest, pk: UUID, body: StagesIn) -> Any:
    """Set the planned progress of one share: the assigning office, by the scope it assigns with;
    the unit itself where there is none yet, by the scope it reports with."""
    assigns = request.actor.role in REGISTERING_ROLES
    actor = scoped(request, "matters:write" if assigns else "reports:write")
    row = visible(Assignment.objects.select_related(*SHARES), actor, pk)
    made = plan_share(assignment=row, stages=stages_in(body), actor=actor, at=request.now)
    return shaping.share(made, request.now)


def stages_in(body: StagesIn) -> list[Stage]:
    """What a body plans, by day."""
    return [Stage(one.on, one.percent, one.text.strip()) for one in body.stages]


@router.post("/assignments/{uuid:pk}/receipt", response={403: Problem, 409: Problem} | READ)
def sign_for_assignment(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Sign for the slip: a person's act, refused to tokens."""
    actor = scoped(request, "reports:write")
    row = visible(Assignment.objects.select_related(*SHARES), actor, pk)
    signing.sign_for(assignment=row, actor=actor, at=request.now)


@router.get("/duties", response={200: Duties} | READ)
def list_duties(
    request: OfficeRequest,
    due_before: datetime | None = None,
    cursor: Cursor = "",
    limit: int = Query(50, ge=1, le=100),
) -> Any:
    """Live duties in sight, the earliest due first."""
    actor = scoped(request, "matters:read")
    rows = ReportDuty.objects.visible_to(actor).filter(state__in=DUTY_LIVE)
    rows = rows.select_related("assignment")
    if due_before is not None:
        rows = rows.filter(due_at__lt=aware(due_before))
    found = page(rows, order=("due_at", "id"), cursor=cursor, size=limit)
    items = [shaping.duty(row, request.now) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.get("/duties/{uuid:pk}", response={200: DutyOut} | READ)
def read_duty(request: OfficeRequest, pk: UUID) -> Any:
    """One duty with the trace of its date."""
    actor = scoped(request, "matters:read")
    return shaping.duty(
        visible(ReportDuty.objects.select_related("assignment"), actor, pk), request.now
    )
