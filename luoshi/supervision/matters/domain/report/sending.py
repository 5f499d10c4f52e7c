"""Send a report: report and duties move, late marks are written, the share's clock follows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.supervision.matters.domain.duty.lateness import mark_late
from luoshi.supervision.matters.domain.indexing import index_report
from luoshi.supervision.matters.domain.share.stages import stages_of
from luoshi.supervision.matters.domain.share.summarising import refresh
from luoshi.supervision.matters.domain.transitions import (
    ASSIGNMENT_MOVES,
    DUTY_MOVES,
    REPORT_MOVES,
    move,
)
from luoshi.supervision.matters.enums import (
    DUTY_AWAITING_UNIT,
    AssignmentState,
    DutyState,
    ReportState,
)
from luoshi.supervision.matters.models import Assignment, Report, ReportDuty
from luoshi.supervision.rulebook.enums import DutyKind


def duties_to_fulfil(assignment: Assignment, ids: Sequence[UUID]) -> list[ReportDuty]:
    """The ticked duties, locked; refuses unknown and already fulfilled ones."""
    rows = ReportDuty.objects.select_for_update(of=("self",)).filter(assignment=assignment)
    duties = list(rows.filter(pk__in=ids).order_by("due_at", "pk"))
    if not duties or len(duties) != len(set(ids)):
        raise Invalid(
            _("Not sent: choose what this report fulfils."),
            {"duties": [_("Tick at least one open report duty.")]},
        )
    for duty in duties:
        if duty.state == DutyState.WITHDRAWN:
            raise Invalid(
                _("Not sent: what is asked for changed meanwhile. Your text is kept."),
                {"duties": [_("“%(title)s” is no longer asked for.") % {"title": duty.title_zh}]},
                next_steps=(_("Tick what this report fulfils now, then send it."),),
                code="duty-withdrawn",
            )
        if duty.state not in DUTY_AWAITING_UNIT:
            raise Refused(
                _("Not sent: “%(title)s” has been sent already.") % {"title": duty.title_zh},
                next_steps=(_("Reload the page to see what happened."),),
                code="duty-already-sent",
            )
    return duties


def fulfilled(assignment: Assignment, ids: Sequence[UUID], percent: int | None) -> list[ReportDuty]:
    """The ticked duties; none for a report of planned progress while no report is owed: a quarter
    asks for at least one (S3-52), and who is behind plan says when it is not any more (R-SUP-5)."""
    if not ids and percent is not None and between_periods(assignment):
        return []
    return duties_to_fulfil(assignment, ids)


def between_periods(assignment: Assignment) -> bool:
    """Whether a share held against a plan owes no report now, but perhaps its final one."""
    if not stages_of(assignment):
        return False
    owed = assignment.duties.filter(state__in=DUTY_AWAITING_UNIT)
    return not owed.exclude(kind=DutyKind.FINAL).exists()


def attached(draft: Report | None) -> int:
    """How many files hang on the draft."""
    if draft is None:
        return 0
    return Attachment.objects.filter(owner_kind="report", owner_id=draft.pk).count()


def send(report: Report, duties: Sequence[ReportDuty], *, actor: Actor, at: datetime) -> None:
    """Send the written report for these duties, under the lock of its share."""
    move(report, ReportState.SUBMITTED, REPORT_MOVES)
    report.submitted_at, report.files = at, attached(report)
    report.final = any(duty.kind == DutyKind.FINAL for duty in duties)
    report.receipt_number = f"{office_date(at):%Y%m%d}-{report.pk.hex[:8].upper()}"
    for duty in duties:
        move(duty, DutyState.SUBMITTED, DUTY_MOVES)
        duty.submitted_at = at
        report.late = mark_late(duty, at=at, reason=report.late_reason) or report.late
        duty.save()
    report.save()
    report.duties.set(duties)
    heard(report, at=at)
    after = {"receipt": report.receipt_number, "duties": [d.title_zh for d in duties]}
    record("matters.reported", actor=actor, at=at, obj=report.assignment.matter, after=after)


def heard(report: Report, *, at: datetime) -> None:
    """The share goes to review, its silence ends, and the matter shows what was said last."""
    share = report.assignment
    move(share, AssignmentState.UNDER_REVIEW, ASSIGNMENT_MOVES)
    share.last_heard_at = at
    refresh(share, at=at)
    matter = share.matter
    matter.latest_progress = report.progress[:160]
    matter.save(update_fields=("latest_progress",))
    index_report(report)
