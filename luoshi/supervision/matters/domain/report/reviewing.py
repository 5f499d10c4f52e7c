"""Review a report (审核): accept, or return for redo with a reason and a new limit (decision 5).

Changes: a `Review` row, the report, its duties, the share's state and clock. Refused: tokens, the
writer, other offices, a report somebody else decided in the meantime.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import end_of_day, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.share.summarising import refresh
from luoshi.supervision.matters.domain.transitions import (
    ASSIGNMENT_MOVES,
    DUTY_MOVES,
    REPORT_MOVES,
    locked,
    move,
)
from luoshi.supervision.matters.enums import (
    AssignmentState,
    DutyState,
    ReportState,
    Verdict,
)
from luoshi.supervision.matters.models import Assignment, Report, Review
from luoshi.supervision.rulebook.domain.queries.settings import settings_of


def accept(*, report: Report, actor: Actor, at: datetime, remark: str = "") -> Review:
    """Accept a submitted report; its duties are fulfilled."""
    return decide(report, Verdict.ACCEPTED, reason=remark, actor=actor, at=at)


def return_for_redo(*, report: Report, reason: str, actor: Actor, at: datetime) -> Review:
    """Return a submitted report; the reason is mandatory, the redo limit is the office's number
    of working days."""
    if not reason.strip():
        raise Invalid(
            _("Not returned: no reason given."),
            {"reason": [_("Say what is missing; the unit reads these words.")]},
        )
    return decide(report, Verdict.RETURNED, reason=reason, actor=actor, at=at)


def decide(report: Report, verdict: str, *, reason: str, actor: Actor, at: datetime) -> Review:
    """Take the one decision on a report, under the lock of its share."""
    ensure(rules.may_review(actor, report))
    with acting(actor=actor, at=at):
        assignment = locked(Assignment.objects.select_related("matter"), report.assignment_id)
        report = locked(Report.objects.select_related("assignment__matter"), report.pk)
        ensure(rules.may_review(actor, report))
        returned = verdict == Verdict.RETURNED
        redo = redo_limit(assignment, at) if returned else None
        move(report, ReportState.RETURNED if returned else ReportState.ACCEPTED, REPORT_MOVES)
        report.save(update_fields=("state",))
        for duty in report.duties.select_for_update():
            move(duty, DutyState.RETURNED if returned else DutyState.ACCEPTED, DUTY_MOVES)
            duty.redo_due_at = redo or duty.redo_due_at
            duty.save(update_fields=("state", "redo_due_at"))
        review = Review.objects.create(
            report=report,
            verdict=verdict,
            reason=reason.strip(),
            redo_due_at=redo,
            reviewer_id=actor.person_id,
            reviewer_name=actor.person_name,
            reviewed_at=at,
        )
        assignment.returns += int(returned)
        move(assignment, state_after(assignment), ASSIGNMENT_MOVES)
        refresh(assignment, at=at)
        record(
            "matters.returned" if returned else "matters.accepted",
            actor=actor,
            at=at,
            obj=assignment.matter,
            after={"receipt": report.receipt_number, "reason": reason.strip()},
        )
    return review


def redo_limit(assignment: Assignment, at: datetime) -> datetime:
    """24:00 of the n-th working day after the return."""
    days = settings_of(assignment.matter.office_id).redo_workdays
    return end_of_day(current_calendar().add_workdays(office_date(at), days))


def state_after(assignment: Assignment) -> AssignmentState:
    """Where the share stands once a report is decided: other reports may still wait."""
    if assignment.reports.filter(state=ReportState.SUBMITTED).exists():
        return AssignmentState.UNDER_REVIEW
    if assignment.duties.filter(state=DutyState.RETURNED).exists():
        return AssignmentState.RETURNED
    return AssignmentState.IN_PROGRESS
