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
from luoshi.foundation.core.refusals import Invalid, Refused
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
    VERDICT_AGAIN,
    AssignmentState,
    DutyState,
    ReportState,
    Verdict,
)
from luoshi.supervision.matters.models import Assignment, Report, Review
from luoshi.supervision.rulebook.domain.queries.settings import settings_of

ACTIONS = {
    Verdict.ACCEPTED: "matters.accepted",
    Verdict.RETURNED: "matters.returned",
    Verdict.SUPPLEMENT: "matters.supplement_asked",
}


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


def ask_to_supplement(*, report: Report, reason: str, actor: Actor, at: datetime) -> Review:
    """Ask a unit without command relation to supplement its report (商请补充): the same way back,
    but no return is counted (decision 9)."""
    if not reason.strip():
        raise Invalid(
            _("Not asked: nothing said."),
            {"reason": [_("Say what you kindly ask for; the unit reads these words.")]},
        )
    return decide(report, Verdict.SUPPLEMENT, reason=reason, actor=actor, at=at)


def fitting(report: Report, verdict: str) -> None:
    """Refuse an order where only a request is possible, and a request where a return is meant."""
    kindly = report.assignment.courteous
    if verdict == Verdict.RETURNED and kindly:
        raise Refused(
            _("Not returned: this unit cannot be ordered to redo its report."),
            _("There is no command relation between the two units."),
            next_steps=(_("Ask it to supplement the report."),),
            source="S2-90",
            code="no-command",
        )
    if verdict == Verdict.SUPPLEMENT and not kindly:
        raise Refused(
            _("Not asked: this unit's reports are returned for redo."),
            _("A return counts; a request would hide it."),
            next_steps=(_("Return it for redo with the reason."),),
            source="S2-90",
            code="returns-count",
        )


def decide(report: Report, verdict: str, *, reason: str, actor: Actor, at: datetime) -> Review:
    """Take the one decision on a report, under the lock of its share."""
    ensure(rules.may_review(actor, report))
    with acting(actor=actor, at=at):
        assignment = locked(Assignment.objects.select_related("matter"), report.assignment_id)
        report = locked(Report.objects.select_related("assignment__matter"), report.pk)
        ensure(rules.may_review(actor, report))
        fitting(report, verdict)
        returned = verdict in VERDICT_AGAIN
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
        assignment.returns += int(verdict == Verdict.RETURNED)
        move(assignment, state_after(assignment), ASSIGNMENT_MOVES)
        refresh(assignment, at=at)
        record(
            ACTIONS[Verdict(verdict)],
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
