"""Problems and inspections by API: list, read, list a problem, state measures, report. The check
and the strike-off are a person's decisions and refuse tokens; one inspection is in `visits`."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema, Status

from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.inspections.domain.problem import checking, raising, rectifying
from luoshi.supervision.inspections.domain.queries.problems import ORDER
from luoshi.supervision.inspections.enums import PROBLEM_ENDED
from luoshi.supervision.inspections.models import Inspection, Problem
from luoshi.supervision.matters.api.schemas import (
    KEY,
    WRITE,
    Decision,
    Given,
    Key,
    Line,
    LongText,
    UnitOut,
)
from luoshi.supervision.matters.api.schemas import Problem as Refused
from luoshi.supervision.matters.api.shaping import instant, unit
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.models import Matter

router = Router(tags=["problems and inspections"])
SHOWN = ("office", "unit", "finding")


class ProblemOut(Schema):
    """A problem with its limit, its light and where it comes from."""

    id: UUID
    number: str
    description: str
    category: str
    requirement: str
    root_cause: str
    measures: str
    state: str
    light: str
    office: UnitOut
    unit: UnitOut
    matter_id: UUID | None
    inspection_id: UUID | None
    limit_on: date
    due_at: datetime
    returns: int
    late_amount: int | None
    ended_at: datetime | None


class Problems(Schema):
    """One page of problems."""

    items: list[ProblemOut]
    next: str | None


class ProblemIn(Given):
    """A new problem of a unit, named by code, on a matter or by itself."""

    unit: Line
    description: LongText
    category: Line
    requirement: Line = ""
    limit_on: date
    matter_id: UUID | None = None


class ProblemMeasuresIn(Given):
    """Root cause, measures, person responsible."""

    root_cause: LongText
    measures: LongText
    responsible_person: Line


class DoneIn(Given):
    """A rectification as reported; its evidence was attached on the page."""

    text: LongText
    state_change: Line
    signed_by_principal: Line


class InspectionOut(Schema):
    """An inspection as the list shows it."""

    id: UUID
    title: str
    kind: str
    state: str
    office: UnitOut
    department: UnitOut
    units: list[UnitOut]
    starts_on: date
    ends_on: date
    content: str
    scope: str
    methods: list[str]


class Inspections(Schema):
    """One page of inspections."""

    items: list[InspectionOut]
    next: str | None


def shaped(row: Problem, at: datetime) -> dict[str, Any]:
    """A problem as a JSON object."""
    return {
        "id": str(row.pk),
        "number": row.number,
        "description": row.description,
        "category": row.category,
        "requirement": row.requirement,
        "root_cause": row.root_cause,
        "measures": row.measures,
        "state": row.state,
        "light": row.light(at).value,
        "office": unit(row.office),
        "unit": unit(row.unit),
        "matter_id": str(row.matter_id) if row.matter_id else None,
        "inspection_id": str(row.finding.inspection_id) if row.finding else None,
        "limit_on": row.limit_on.isoformat(),
        "due_at": instant(row.due_at),
        "returns": row.returns,
        "late_amount": row.late_amount,
        "ended_at": instant(row.ended_at),
    }


def found(request: OfficeRequest, pk: UUID, scope: str) -> Problem:
    """The problem in the token's sight."""
    rows = Problem.objects.select_related(*SHOWN)
    row: Problem = visible(rows, scoped(request, scope), pk)
    return row


@router.get("/problems", response={200: Problems} | READ)
def list_problems(
    request: OfficeRequest,
    ended: bool = False,
    cursor: Cursor = "",
    limit: int = Query(50, ge=1, le=100),
) -> Any:
    """Problems in the token's sight, the earliest limit first."""
    rows = Problem.objects.visible_to(scoped(request, "matters:read")).select_related(*SHOWN)
    rows = rows.filter(state__in=PROBLEM_ENDED) if ended else rows.exclude(state__in=PROBLEM_ENDED)
    cut = page(rows, order=ORDER, cursor=cursor, size=limit)
    items = [shaped(row, request.now) for row in cut.rows]
    return {"items": items, "next": cut.next_cursor or None}


@router.get("/problems/{uuid:pk}", response={200: ProblemOut} | READ)
def read_problem(request: OfficeRequest, pk: UUID) -> Any:
    """One problem."""
    return shaped(found(request, pk, "matters:read"), request.now)


@router.post("/problems", response={201: ProblemOut} | WRITE)
def list_a_problem(request: OfficeRequest, body: ProblemIn, key: Key = KEY) -> Any:
    """List a problem."""
    actor = scoped(request, "matters:write")
    whose = Unit.objects.filter(code=body.unit, is_active=True).first()
    if whose is None:
        text = _("No unit has the code “%(code)s”.") % {"code": body.unit}
        raise Invalid(_("Not listed."), {"unit": [text]})
    matter = visible(Matter.objects, actor, body.matter_id) if body.matter_id else None
    raised = raising.Raised(whose, body.description, body.category, body.requirement, body.limit_on)

    def act() -> tuple[int, Any]:
        row = raising.raise_problem(raised=raised, matter=matter, actor=actor, at=request.now)
        return 201, shaped(row, request.now)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.put("/problems/{uuid:pk}/measures", response={200: ProblemOut} | WRITE)
def state_problem_measures(request: OfficeRequest, pk: UUID, body: ProblemMeasuresIn) -> Any:
    """State root cause and measures for the responsible unit."""
    row = found(request, pk, "reports:write")
    measures = rectifying.Measures(body.root_cause, body.measures, body.responsible_person)
    row = rectifying.state_measures(
        problem=row, measures=measures, actor=request.actor, at=request.now
    )
    return shaped(row, request.now)


@router.post("/problems/{uuid:pk}/reports", response={201: ProblemOut} | WRITE)
def report_problem_rectified(request: OfficeRequest, pk: UUID, body: DoneIn, key: Key = KEY) -> Any:
    """Report the rectification for the check."""
    row = found(request, pk, "reports:write")
    done = rectifying.Done(body.text, body.state_change, body.signed_by_principal)

    def act() -> tuple[int, Any]:
        rectifying.report_rectification(problem=row, done=done, actor=request.actor, at=request.now)
        return 201, shaped(found(request, pk, "reports:write"), request.now)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=request.actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/problems/{uuid:pk}/check", response={403: Refused} | WRITE)
def check_problem(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Check and strike off: a person's decision, refused to tokens."""
    row = found(request, pk, "matters:write")
    check = checking.Check("accepted", "documents", body.reason)
    checking.check_rectification(problem=row, check=check, actor=request.actor, at=request.now)


@router.get("/inspections", response={200: Inspections} | READ)
def list_inspections(
    request: OfficeRequest, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """Inspections in the token's sight, the latest first."""
    rows = Inspection.objects.visible_to(scoped(request, "matters:read"))
    rows = rows.select_related("office", "department").prefetch_related("objects_inspected__unit")
    cut = page(rows, order=("-starts_on", "id"), cursor=cursor, size=limit)
    items = [
        {
            "id": str(row.pk),
            "title": row.title,
            "kind": row.kind,
            "state": row.state,
            "office": unit(row.office),
            "department": unit(row.department),
            "units": [unit(one.unit) for one in row.objects_inspected.all()],
            "starts_on": row.starts_on.isoformat(),
            "ends_on": row.ends_on.isoformat(),
            "content": row.content,
            "scope": row.scope,
            "methods": row.methods,
        }
        for row in cut.rows
    ]
    return {"items": items, "next": cut.next_cursor or None}
