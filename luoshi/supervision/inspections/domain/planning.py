"""The plan of the year: filed by an officer, approved by the secretary-general (R-CUT-6).

Changes: the plan's state. Refused: approving one's own filing, a plan with inspections that pass
the frequency limits without an exception.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.domain.frequency import refuse_unexcused
from luoshi.supervision.inspections.domain.transitions import PLAN_MOVES
from luoshi.supervision.inspections.enums import InspectionState, PlanState
from luoshi.supervision.inspections.models import InspectionPlan
from luoshi.supervision.matters.domain.transitions import locked, move


def plan_of_year(office_id: UUID, year: int, *, at: datetime) -> InspectionPlan:
    """The plan of an office and year, begun when there is none. Runs inside a verb."""
    plan, _made = InspectionPlan.objects.get_or_create(
        office_id=office_id, year=year, defaults={"created_at": at}
    )
    return plan


def file_plan(*, plan: InspectionPlan, actor: Actor, at: datetime) -> InspectionPlan:
    """Put the plan before the secretary-general. Refused: an empty plan."""
    ensure(rules.may_file_plan(actor, plan))
    with acting(actor=actor, at=at):
        row = locked(InspectionPlan.objects, plan.pk)
        ensure(rules.may_file_plan(actor, row))
        if not row.inspections.exclude(state=InspectionState.CALLED_OFF).exists():
            raise Refused(_("Not filed: the plan is empty."), code="plan-empty")
        move(row, PlanState.FILED, PLAN_MOVES)
        row.filed_by_id, row.filed_by_name, row.filed_at = actor.person_id, actor.person_name, at
        row.save()
        record("inspections.plan_filed", actor=actor, at=at, obj=row)
    return row


def approve_plan(
    *, plan: InspectionPlan, remark: str, actor: Actor, at: datetime
) -> InspectionPlan:
    """Approve; every inspection in it is then planned. Refused: limits passed without exception."""
    ensure(rules.may_approve_plan(actor, plan))
    words = fitted(InspectionPlan, "remark", remark, what=_("Not approved."))
    with acting(actor=actor, at=at):
        row = locked(InspectionPlan.objects, plan.pk)
        ensure(rules.may_approve_plan(actor, row))
        for inspection in row.inspections.exclude(state=InspectionState.CALLED_OFF):
            what = _("Not approved: “%(title)s” passes a limit.") % {"title": inspection.title}
            refuse_unexcused(inspection, what)
        move(row, PlanState.APPROVED, PLAN_MOVES)
        row.approved_by_name, row.approved_at = actor.person_name, at
        row.remark = words
        row.save()
        record("inspections.plan_approved", actor=actor, at=at, obj=row)
    return row


def return_plan(*, plan: InspectionPlan, remark: str, actor: Actor, at: datetime) -> InspectionPlan:
    """Give the plan back with a remark."""
    ensure(rules.may_approve_plan(actor, plan))
    what, missing = _("Not returned."), _("Say what has to be changed.")
    words = fitted(InspectionPlan, "remark", remark, what=what, missing=missing)
    with acting(actor=actor, at=at):
        row = locked(InspectionPlan.objects, plan.pk)
        ensure(rules.may_approve_plan(actor, row))
        move(row, PlanState.DRAFTED, PLAN_MOVES)
        row.remark = words
        row.save()
        after = {"reason": row.remark}
        record("inspections.plan_returned", actor=actor, at=at, obj=row, after=after)
    return row
