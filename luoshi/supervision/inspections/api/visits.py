"""One inspection by API: plan, group, findings, conclusion, reviews. Every act of an inspection is
a person's: the routes exist and refuse tokens with that reason."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.web.problems import READ
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.api.problems import router
from luoshi.supervision.inspections.domain import (
    concluding,
    ending,
    finding,
    planning,
    preparing,
    receiving,
    reviewing,
    starting,
)
from luoshi.supervision.inspections.domain.problem.checking import withdraw
from luoshi.supervision.inspections.enums import SENT_OUT
from luoshi.supervision.inspections.models import (
    Inspection,
    InspectionObject,
    InspectionPlan,
    Problem,
)
from luoshi.supervision.matters.api.schemas import (
    WRITE,
    Decision,
    Given,
    Line,
    LongText,
    UnitOut,
)
from luoshi.supervision.matters.api.schemas import Problem as Refused
from luoshi.supervision.matters.api.shaping import instant, unit
from luoshi.supervision.matters.domain.queries.fetching import visible

PERSON = {403: Refused} | WRITE


class VisitIn(Given):
    """An inspection for the plan of its year; units by code."""

    title: Line
    kind: Line
    content: LongText
    scope: LongText
    methods: list[Line] = Field(max_length=20)
    units: list[Line] = Field(max_length=200)
    starts_on: date
    ends_on: date
    basis: Line = ""


class FindingIn(Given):
    """A finding at one of the inspected units, named by code."""

    unit: Line
    kind: Line
    facts: LongText
    method: Line
    category: Line = ""
    requirement: Line = ""
    limit_on: date | None = None


class ConclusionIn(Given):
    """The conclusion and what it requires."""

    text: LongText
    requirements: LongText = ""


class FindingOut(Schema):
    """What was found, at which unit, by which method."""

    number: int
    unit: UnitOut
    kind: str
    facts: str
    method: str
    category: str
    requirement: str
    limit_on: date | None
    recorded_by: str
    recorded_at: datetime


class VisitedOut(Schema):
    """An inspected unit: when it signed for the conclusion, until when it may ask for review."""

    unit: UnitOut
    received_at: datetime | None
    received_by: str
    review_until: datetime | None


class ReviewedOut(Schema):
    """A request for review of the conclusion, with the decision."""

    unit: UnitOut
    state: str
    reason: str
    asked_at: datetime
    decide_by: datetime
    decision: str
    decided_at: datetime | None


class VisitOut(Schema):
    """An inspection as far as the token sees it: a unit what concerns itself (decision 8)."""

    id: UUID
    title: str
    kind: str
    state: str
    in_plan: bool
    revision: int
    content: str
    scope: str
    basis: str
    methods: list[str]
    starts_on: date
    ends_on: date
    group: list[dict[str, str]]
    units: list[VisitedOut]
    findings: list[FindingOut]
    conclusion_number: str
    conclusion: str
    requirements: str
    concluded_at: datetime | None
    reviews: list[ReviewedOut]


class PlanOut(Schema):
    """The inspection plan of a year."""

    year: int
    state: str
    remark: str
    filed_by: str
    approved_by: str


class Plans(Schema):
    """The plans of the token's office, the latest first."""

    items: list[PlanOut]


def a_visit(request: OfficeRequest, pk: UUID, scope: str) -> Inspection:
    """The inspection in the token's sight."""
    rows = Inspection.objects.select_related("plan", "office", "department", "conclusion")
    row: Inspection = visible(rows, scoped(request, scope), pk)
    return row


def shaped(row: Inspection, request: OfficeRequest) -> dict[str, Any]:
    """An inspection as a JSON object."""
    own = request.actor.unit_id if request.actor.role in HANDLING_ROLES else None
    sent = row.state in SENT_OUT
    places, found, reviews = row.objects_inspected.all(), row.findings.all(), row.reviews.all()
    if own is not None:
        places, reviews = places.filter(unit=own), reviews.filter(unit=own)
        found = found.filter(unit=own) if sent else found.none()
    said = getattr(row, "conclusion", None) if own is None or sent else None
    names = ("title", "kind", "state", "in_plan", "revision", "content", "scope", "basis")
    return {name: getattr(row, name) for name in names} | {
        "id": str(row.pk),
        "methods": row.methods,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "group": [
            {"name": one.name, "title": one.title, "part": one.part, "standing": one.standing}
            for one in row.group.all()
        ],
        "units": [visited(one) for one in places.select_related("unit")],
        "findings": [found_out(one) for one in found.select_related("unit")],
        "conclusion_number": said.number if said else "",
        "conclusion": said.text if said else "",
        "requirements": said.requirements if said else "",
        "concluded_at": instant(said.sent_at) if said else None,
        "reviews": [reviewed(one) for one in reviews.select_related("unit")],
    }


def visited(row: InspectionObject) -> dict[str, Any]:
    """An inspected unit."""
    return {
        "unit": unit(row.unit),
        "received_at": instant(row.received_at),
        "received_by": row.received_by_name,
        "review_until": instant(row.review_until),
    }


def found_out(row: Any) -> dict[str, Any]:
    """A finding."""
    names = ("number", "kind", "facts", "method", "category", "requirement")
    return {name: getattr(row, name) for name in names} | {
        "unit": unit(row.unit),
        "limit_on": row.limit_on.isoformat() if row.limit_on else None,
        "recorded_by": row.recorded_by_name,
        "recorded_at": instant(row.recorded_at),
    }


def reviewed(row: Any) -> dict[str, Any]:
    """A request for review."""
    return {name: getattr(row, name) for name in ("state", "reason", "decision")} | {
        "unit": unit(row.unit),
        "asked_at": instant(row.asked_at),
        "decide_by": instant(row.decide_by),
        "decided_at": instant(row.decided_at),
    }


def units_named(codes: list[str]) -> list[Unit]:
    """Units by code; an unknown one is refused by its code."""
    rows = {row.code: row for row in Unit.objects.filter(code__in=codes, is_active=True)}
    unknown = [code for code in codes if code not in rows]
    if unknown:
        text = _("No unit has the code “%(code)s”.") % {"code": unknown[0]}
        raise Invalid(_("Not saved."), {"units": [text]})
    return [rows[code] for code in codes]


def own_place(row: Inspection, request: OfficeRequest) -> InspectionObject:
    """The token's own unit among the objects."""
    places = row.objects_inspected.select_related("inspection", "unit")
    found = places.filter(unit=request.actor.unit_id).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


@router.get("/inspections/{uuid:pk}", response={200: VisitOut} | READ)
def read_inspection(request: OfficeRequest, pk: UUID) -> Any:
    """One inspection with its group, findings, conclusion and reviews."""
    return shaped(a_visit(request, pk, "matters:read"), request)


@router.get("/inspection-plans", response={200: Plans} | READ)
def list_inspection_plans(request: OfficeRequest) -> Any:
    """The yearly plans of the token's office (R-CUT-6)."""
    actor = scoped(request, "matters:read")
    rows = InspectionPlan.objects.filter(office_id=actor.unit_id).order_by("-year")
    items = [
        {
            "year": row.year,
            "state": row.state,
            "remark": row.remark,
            "filed_by": row.filed_by_name,
            "approved_by": row.approved_by_name,
        }
        for row in rows[:20]
    ]
    return {"items": items}


@router.post("/inspections", response=PERSON)
def plan_inspection(request: OfficeRequest, body: VisitIn) -> Any:
    """Put an inspection into the plan: a person's decision, refused to tokens."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_plan(actor))
    given = body.dict(exclude={"units"}) | {"objects": units_named(body.units)}
    preparing.draft_inspection(outline=preparing.Outline(**given), actor=actor, at=request.now)


@router.post("/inspection-plans/{int:year}/filing", response=PERSON)
def file_inspection_plan(request: OfficeRequest, year: int, body: Decision) -> Any:
    """File the plan of a year for approval: a person's decision, refused to tokens."""
    actor = scoped(request, "matters:write")
    plan = InspectionPlan.objects.filter(office_id=actor.unit_id, year=year).first()
    if plan is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    planning.file_plan(plan=plan, actor=actor, at=request.now)


@router.post("/inspections/{uuid:pk}/start", response=PERSON)
def start_inspection(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Start: a person's decision, refused to tokens."""
    row = a_visit(request, pk, "matters:write")
    starting.start(inspection=row, actor=request.actor, at=request.now)


@router.post("/inspections/{uuid:pk}/findings", response=PERSON)
def record_inspection_finding(request: OfficeRequest, pk: UUID, body: FindingIn) -> Any:
    """Record what was seen on site: a person saw it; refused to tokens."""
    row = a_visit(request, pk, "matters:write")
    ensure(rules.may_record(request.actor, row))
    given = body.dict(exclude={"unit"}) | {"unit": units_named([body.unit])[0]}
    finding.record_finding(
        inspection=row, found=finding.Found(**given), actor=request.actor, at=request.now
    )


@router.post("/inspections/{uuid:pk}/conclusion", response=PERSON)
def conclude_inspection(request: OfficeRequest, pk: UUID, body: ConclusionIn) -> Any:
    """Send the conclusion: a person's decision, refused to tokens (R-SUP-7)."""
    row = a_visit(request, pk, "matters:write")
    concluding.conclude(
        inspection=row,
        text=body.text,
        requirements=body.requirements,
        actor=request.actor,
        at=request.now,
    )


@router.post("/inspections/{uuid:pk}/receipt", response=PERSON)
def receive_conclusion(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Sign for the conclusion: a person of the unit, refused to tokens."""
    row = a_visit(request, pk, "reports:write")
    receiving.receive(row=own_place(row, request), actor=request.actor, at=request.now)


@router.post("/inspections/{uuid:pk}/review", response=PERSON)
def ask_conclusion_review(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Ask for review of the conclusion: a person of the unit, refused to tokens (R-SUP-7)."""
    row = a_visit(request, pk, "reports:write")
    place = own_place(row, request)
    reviewing.ask_review(row=place, reason=body.reason, actor=request.actor, at=request.now)


@router.post("/inspections/{uuid:pk}/closure", response=PERSON)
def close_inspection(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Close: a person's decision, refused to tokens."""
    row = a_visit(request, pk, "matters:write")
    ending.close(inspection=row, remark=body.reason, actor=request.actor, at=request.now)


@router.post("/inspections/{uuid:pk}/calling-off", response=PERSON)
def call_inspection_off(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Call off with a reason: a person's decision, refused to tokens."""
    row = a_visit(request, pk, "matters:write")
    ending.call_off(inspection=row, reason=body.reason, actor=request.actor, at=request.now)


@router.post("/problems/{uuid:pk}/withdrawal", response=PERSON)
def withdraw_problem(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Withdraw a problem with a reason: a person's decision, refused to tokens."""
    row: Problem = visible(Problem.objects, scoped(request, "matters:write"), pk)
    withdraw(problem=row, reason=body.reason, actor=request.actor, at=request.now)
