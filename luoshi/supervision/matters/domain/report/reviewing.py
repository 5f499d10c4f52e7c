"""Review a report (审核): accept, or return for redo with a reason and a new limit (decision 5).

Changes: a `Review` row with the grade of evidence, the report, its duties, the share's state and
clock. Refused: tokens, whoever had a hand in the report, other offices, a report somebody else
decided in the meantime, figures that were corrected below meanwhile.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import end_of_day, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.duty.renewing import renew_staged
from luoshi.supervision.matters.domain.report.composing import mark_outdated, outdated
from luoshi.supervision.matters.domain.report.evidence import drawn_for_visit, proposed_for
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
    EvidenceGrade,
    ReportState,
    Verdict,
)
from luoshi.supervision.matters.models import Assignment, Report, Review
from luoshi.supervision.rulebook.domain.queries.settings import settings_of

LONGEST_REDO = timedelta(days=90)
ACTIONS = {
    Verdict.ACCEPTED: "matters.accepted",
    Verdict.RETURNED: "matters.returned",
    Verdict.SUPPLEMENT: "matters.supplement_asked",
}


@dataclass(frozen=True)
class Graded:
    """The grade the reviewer settles on; another than the proposed one says why (B8)."""

    grade: int | None = None
    note: str = ""


def accept(
    *,
    report: Report,
    actor: Actor,
    at: datetime,
    remark: str = "",
    graded: Graded = Graded(),
    despite_outdated: bool = False,
) -> Review:
    """Accept a submitted report; its duties are fulfilled. A composed report that a unit below
    has meanwhile corrected is accepted only knowingly (B17)."""
    return decide(
        report,
        Verdict.ACCEPTED,
        Decided(remark, graded=graded, despite_outdated=despite_outdated),
        actor=actor,
        at=at,
    )


def return_for_redo(
    *,
    report: Report,
    reason: str,
    actor: Actor,
    at: datetime,
    redo_at: datetime | None = None,
) -> Review:
    """Return a submitted report; the reason is mandatory. The redo limit is the office's number
    of working days unless the reviewer sets another one."""
    if not reason.strip():
        raise Invalid(
            _("Not returned: no reason given."),
            {"reason": [_("Say what is missing; the unit reads these words.")]},
        )
    if redo_at is not None and not at < redo_at <= at + LONGEST_REDO:
        raise Invalid(
            _("Not returned."),
            {"redo_on": [_("Choose a date from today on, within 90 days.")]},
        )
    return decide(report, Verdict.RETURNED, Decided(reason, redo_at=redo_at), actor=actor, at=at)


@dataclass(frozen=True)
class Decided:
    """What a decision carries."""

    reason: str
    redo_at: datetime | None = None
    graded: Graded = Graded()
    despite_outdated: bool = False


def ask_to_supplement(*, report: Report, reason: str, actor: Actor, at: datetime) -> Review:
    """Ask a unit without command relation to supplement its report (商请补充): the same way back,
    but no return is counted (decision 9)."""
    if not reason.strip():
        raise Invalid(
            _("Not asked: nothing said."),
            {"reason": [_("Say what you kindly ask for; the unit reads these words.")]},
        )
    return decide(report, Verdict.SUPPLEMENT, Decided(reason), actor=actor, at=at)


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


def decide(report: Report, verdict: str, decided: Decided, *, actor: Actor, at: datetime) -> Review:
    """Take the one decision on a report, under the lock of its share."""
    ensure(rules.may_review(actor, report))
    with acting(actor=actor, at=at):
        assignment = locked(Assignment.objects.select_related("matter"), report.assignment_id)
        report = locked(Report.objects.select_related("assignment__matter"), report.pk)
        ensure(rules.may_review(actor, report))
        fitting(report, verdict)
        returned = verdict in VERDICT_AGAIN
        redo = (decided.redo_at or redo_limit(assignment, at)) if returned else None
        if not returned and not decided.despite_outdated:
            refuse_outdated(report)
        move(report, ReportState.RETURNED if returned else ReportState.ACCEPTED, REPORT_MOVES)
        report.save(update_fields=("state",))
        for duty in report.duties.select_for_update():
            move(duty, DutyState.RETURNED if returned else DutyState.ACCEPTED, DUTY_MOVES)
            duty.redo_due_at = redo or duty.redo_due_at
            duty.save(update_fields=("state", "redo_due_at"))
        review = Review(
            report=report,
            verdict=verdict,
            reason=decided.reason.strip(),
            redo_due_at=redo,
            reviewer_id=actor.person_id,
            reviewer_name=actor.person_name,
            reviewed_at=at,
        )
        grade(review, decided.graded)
        review.save()
        assignment.returns += int(verdict == Verdict.RETURNED)
        if not returned:
            renew_staged(report)
        move(assignment, state_after(assignment), ASSIGNMENT_MOVES)
        refresh(assignment, at=at)
        record(
            ACTIONS[Verdict(verdict)],
            actor=actor,
            at=at,
            obj=assignment.matter,
            after={
                "receipt": report.receipt_number,
                "unit": str(assignment.unit),
                "reason": review.reason,
                "evidence": review.evidence,
                "drawn": review.drawn,
            },
        )
        if not returned:
            mark_outdated(report, actor=actor, at=at)
    return review


def grade(review: Review, graded: Graded) -> None:
    """Write the proposed grade and the settled one; refuses another grade without a note."""
    review.evidence_proposed = proposed_for(review.report)
    review.evidence = graded.grade or review.evidence_proposed
    review.evidence_note = graded.note.strip()
    percent = settings_of(review.report.assignment.matter.office_id).spot_percent
    review.drawn = drawn_for_visit(review.report, percent)
    errors = dict(too_long(Review, {"evidence_note": review.evidence_note}))
    if review.evidence not in EvidenceGrade.values:
        errors["evidence"] = [_("Choose one of the five grades.")]
    if review.evidence != review.evidence_proposed and not review.evidence_note:
        errors["evidence_note"] = [_("Say what bears out another grade than the proposed one.")]
    if unvisited(review):
        errors["evidence_note"] = [
            _("Drawn for a check on site: give grade 4 and what was seen, or say why nobody went.")
        ]
    if errors:
        raise Invalid(_("Not accepted: something is missing."), errors)


def unvisited(review: Review) -> bool:
    """Whether a report drawn for a visit is accepted on paper without a word on it (B8)."""
    kept = review.verdict == Verdict.ACCEPTED and review.drawn
    return kept and review.evidence < EvidenceGrade.ON_SITE and not review.evidence_note


def refuse_outdated(report: Report) -> None:
    """Refuse to accept figures that a unit below has corrected, unless that is known."""
    changed = outdated(report)
    if changed:
        raise Refused(
            _("Not accepted: a unit below has corrected a figure this report used."),
            _(", ").join(
                f"{one.row.unit_name} {one.row.name} {number(one.row.value)} → {number(one.value)}"
                for one in changed
            ),
            next_steps=(
                _("Return it for new figures, or accept it knowingly with the box ticked."),
            ),
            source="B17",
            code="outdated",
        )


def number(value: Decimal | None) -> str:
    """A figure without needless zeros."""
    return "—" if value is None else f"{value.normalize():f}"


def redo_limit(assignment: Assignment, at: datetime) -> datetime:
    """24:00 of the n-th working day after the return."""
    return workdays_later(settings_of(assignment.matter.office_id).redo_workdays, at)


def workdays_later(days: int, at: datetime) -> datetime:
    """24:00 of the n-th working day after `at`."""
    return end_of_day(current_calendar().add_workdays(office_date(at), days))


def state_after(assignment: Assignment) -> AssignmentState:
    """Where the share stands once a report is decided: other reports may still wait."""
    if assignment.reports.filter(state=ReportState.SUBMITTED).exists():
        return AssignmentState.UNDER_REVIEW
    if assignment.duties.filter(state=DutyState.RETURNED).exists():
        return AssignmentState.RETURNED
    return AssignmentState.IN_PROGRESS
