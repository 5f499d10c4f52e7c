"""What is decided about inspections by API: the plan of the year, an exception from the frequency
rules, the outline and the group before the start, reviews of the conclusion. All of it is a
person's: the routes exist and refuse tokens with that reason (R-SUP-7, R-CUT-6)."""

from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.api.problems import router
from luoshi.supervision.inspections.api.visits import PERSON, VisitIn, a_visit, units_named
from luoshi.supervision.inspections.domain import frequency, planning, preparing, reviewing
from luoshi.supervision.inspections.domain.queries.people import people_of
from luoshi.supervision.inspections.models import InspectionPlan
from luoshi.supervision.matters.api.schemas import Decision, Given, Line, LongText


class VisitChangeIn(VisitIn):
    """The outline anew; `revision` as it was read."""

    revision: int = Field(ge=0)


class MemberIn(Given):
    """One of the group; `staff` of the office are found by their name."""

    name: Line
    part: Line
    standing: Line = "staff"
    title: Line = ""


class GroupIn(Given):
    """The whole group: exactly one leader."""

    members: list[MemberIn] = Field(max_length=30)


class PlanDecisionIn(Given):
    """Approved, or given back with what has to be changed."""

    approved: bool
    reason: LongText = ""


class ReviewDecisionIn(Given):
    """The conclusion upheld, or changed with the problems that fall; the unit (by code) that
    asked reads the reasons."""

    unit: Line
    verdict: Literal["upheld", "changed"]
    decision: LongText
    withdrawn: list[UUID] = Field(default_factory=list, max_length=200)


@router.put("/inspections/{uuid:pk}", response=PERSON)
def change_planned_inspection(request: OfficeRequest, pk: UUID, body: VisitChangeIn) -> Any:
    """Change the outline before the start: a person's decision, refused to tokens."""
    row = a_visit(request, pk, "matters:write")
    ensure(rules.may_change(request.actor, row))
    given = body.dict(exclude={"units", "revision"}) | {"objects": units_named(body.units)}
    preparing.change_inspection(
        inspection=row,
        outline=preparing.Outline(**given),
        revision=body.revision,
        actor=request.actor,
        at=request.now,
    )


@router.put("/inspections/{uuid:pk}/group", response=PERSON)
def name_inspection_group(request: OfficeRequest, pk: UUID, body: GroupIn) -> Any:
    """Name the group before the start: a person's decision, refused to tokens (R-SUP-7)."""
    row = a_visit(request, pk, "matters:write")
    ensure(rules.may_change(request.actor, row))
    people = people_of(row.office_id, office_date(request.now))
    members = [
        preparing.Member(
            **one.dict(), person_id=people.get(one.name) if one.standing == "staff" else None
        )
        for one in body.members
    ]
    preparing.set_group(inspection=row, members=members, actor=request.actor, at=request.now)


@router.post("/inspections/{uuid:pk}/exception", response=PERSON)
def except_inspection(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Let an inspection pass the limits of frequency: the second person, refused to tokens."""
    row = a_visit(request, pk, "matters:write")
    frequency.grant_exception(
        inspection=row, reason=body.reason, actor=request.actor, at=request.now
    )


@router.post("/inspection-plans/{int:year}/decision", response=PERSON)
def decide_inspection_plan(request: OfficeRequest, year: int, body: PlanDecisionIn) -> Any:
    """Approve the filed plan of a year or give it back: the secretary-general in person, refused
    to tokens (R-CUT-6)."""
    actor = scoped(request, "matters:write")
    plan = InspectionPlan.objects.filter(office_id=actor.unit_id, year=year).first()
    if plan is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    decide = planning.approve_plan if body.approved else planning.return_plan
    decide(plan=plan, remark=body.reason, actor=actor, at=request.now)


@router.post("/inspections/{uuid:pk}/review/decision", response=PERSON)
def decide_conclusion_review(request: OfficeRequest, pk: UUID, body: ReviewDecisionIn) -> Any:
    """Uphold or change a conclusion: a person who took no part in it, refused to tokens."""
    row = a_visit(request, pk, "matters:write")
    reviews = row.reviews.select_related("inspection__conclusion", "unit")
    found = reviews.filter(unit__code=body.unit).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    reviewing.decide_review(
        review=found,
        verdict=body.verdict,
        decision=body.decision,
        withdrawn=body.withdrawn,
        actor=request.actor,
        at=request.now,
    )
