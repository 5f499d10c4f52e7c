"""Write and send a report (报送). One report may fulfil several duties when it carries their
contents (decision 7); a report without a change of state, a figure or a file is refused (S3-131).

Changes: the report, the duties it fulfils with their late marks, the share's state and clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.duty.lateness import mark_late
from luoshi.supervision.matters.domain.indexing import index_report
from luoshi.supervision.matters.domain.share.summarising import refresh
from luoshi.supervision.matters.domain.transitions import (
    ASSIGNMENT_MOVES,
    DUTY_MOVES,
    REPORT_MOVES,
    locked,
    move,
)
from luoshi.supervision.matters.enums import (
    DUTY_AWAITING_UNIT,
    AssignmentState,
    DutyState,
    ReportState,
)
from luoshi.supervision.matters.models import Assignment, Report, ReportDuty, ReportFigure
from luoshi.supervision.rulebook.enums import Content, DutyKind

MOST = Decimal(10) ** 14
TEXTS = (
    "progress",
    "state_change",
    "problems",
    "next_steps",
    "summary",
    "late_reason",
    "signed_by_principal",
)


@dataclass(frozen=True)
class Figure:
    """A named figure with its unit of measure."""

    name: str
    value: Decimal
    measure: str = ""


@dataclass(frozen=True)
class Words:
    """What the unit writes; empty parts stay empty."""

    progress: str = ""
    state_change: str = ""
    problems: str = ""
    next_steps: str = ""
    summary: str = ""
    late_reason: str = ""
    signed_by_principal: str = ""
    figures: Sequence[Figure] = ()

    def carries(self, content: str) -> bool:
        """Whether the part a duty asks for is there."""
        if content == Content.FIGURES:
            return bool(self.figures)
        return bool(str(getattr(self, content)).strip())


def save_draft(
    *, assignment: Assignment, words: Words, revision: int, actor: Actor, at: datetime
) -> Report:
    """Create or overwrite the share's one draft. Refused: a draft somebody else saved meanwhile."""
    ensure(rules.may_report(actor, assignment))
    with acting(actor=actor, at=at):
        assignment = locked(Assignment.objects, assignment.pk)
        ensure(rules.may_report(actor, assignment))
        report = Report.objects.filter(assignment=assignment, state=ReportState.DRAFT).first()
        if report is None:
            returned = Report.objects.filter(assignment=assignment, state=ReportState.RETURNED)
            last = returned.order_by("-round").first()
            report = Report(
                assignment=assignment,
                follows=last,
                round=last.round + 1 if last else 1,
                created_at=at,
            )
        elif report.revision != revision:
            raise Invalid(
                _("%(name)s saved this draft meanwhile. Your text is kept.")
                % {"name": report.written_by_name},
                {"revision": [_("Compare the two versions, then save again.")]},
                code="edited-meanwhile",
            )
        write(report, words, actor, at)
        record("matters.draft_saved", actor=actor, at=at, obj=report)
    return report


def write(report: Report, words: Words, actor: Actor, at: datetime) -> None:
    """Put the words and figures into the report row."""
    texts = {name: getattr(words, name).strip() for name in TEXTS}
    errors = too_long(Report, texts)
    if any(not fits(figure.value) for figure in words.figures):
        errors["figure_value"] = [_("Give figures below 100,000,000,000,000.")]
    if errors:
        raise Invalid(_("Not saved: something does not fit."), errors)
    for name, text in texts.items():
        setattr(report, name, text)
    report.written_by_id, report.written_by_name = actor.person_id, actor.person_name
    report.saved_at = at
    report.revision += 1
    report.save()
    earlier = previous_figures(report.assignment)
    report.figures.all().delete()
    ReportFigure.objects.bulk_create(
        ReportFigure(
            report=report,
            name=figure.name,
            value=figure.value,
            measure=figure.measure,
            previous=earlier.get(figure.name),
        )
        for figure in words.figures
    )


def fits(value: Decimal) -> bool:
    """Whether a figure fits its column."""
    return value.is_finite() and abs(value) < MOST


def previous_figures(assignment: Assignment) -> dict[str, Decimal]:
    """The last value sent for each named figure of this share."""
    rows = ReportFigure.objects.filter(report__assignment=assignment)
    rows = rows.exclude(report__state=ReportState.DRAFT).order_by("report__submitted_at")
    return {row.name: row.value for row in rows}


def lacking(duty: ReportDuty, words: Words) -> list[str]:
    """Parts this duty asks for that the words do not carry."""
    return [str(Content(part).label) for part in duty.content if not words.carries(part)]


def submit(
    *, assignment: Assignment, duty_ids: Sequence[UUID], words: Words, actor: Actor, at: datetime
) -> Report:
    """Send the report, ticking the duties it fulfils. Refused: no duty, missing contents, no
    evidence of change, lateness without a reason."""
    ensure(rules.may_report(actor, assignment))
    with acting(actor=actor, at=at):
        assignment = locked(Assignment.objects.select_related("matter"), assignment.pk)
        ensure(rules.may_report(actor, assignment))
        duties = duties_to_fulfil(assignment, duty_ids)
        draft = Report.objects.filter(assignment=assignment, state=ReportState.DRAFT).first()
        files = attached(draft)
        refuse_gaps(duties, words, files=files, at=at)
        report = draft or save_draft(
            assignment=assignment, words=words, revision=0, actor=actor, at=at
        )
        if draft is not None:
            write(report, words, actor, at)
        send(report, duties, words, files=files, at=at)
        move(assignment, AssignmentState.UNDER_REVIEW, ASSIGNMENT_MOVES)
        assignment.last_heard_at = at
        refresh(assignment, at=at)
        matter = assignment.matter
        matter.latest_progress = report.progress[:160]
        matter.save(update_fields=("latest_progress",))
        index_report(report)
        record(
            "matters.reported",
            actor=actor,
            at=at,
            obj=matter,
            after={"receipt": report.receipt_number, "duties": [d.title_zh for d in duties]},
        )
    return report


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


def attached(draft: Report | None) -> int:
    """How many files hang on the draft."""
    if draft is None:
        return 0
    return Attachment.objects.filter(owner_kind="report", owner_id=draft.pk).count()


def refuse_gaps(duties: Sequence[ReportDuty], words: Words, *, files: int, at: datetime) -> None:
    """Collect everything that is missing and refuse once."""
    errors: dict[str, list[object]] = {}
    if not (words.state_change.strip() or words.figures or files):
        errors["state_change"] = [
            _("No change is stated. Give a change of state, a figure or an attachment.")
        ]
    for duty in duties:
        for part in lacking(duty, words):
            errors.setdefault("duties", []).append(
                _("“%(title)s” also asks for: %(part)s.") % {"title": duty.title_zh, "part": part}
            )
    late = [duty for duty in duties if duty.due_at and (duty.redo_due_at or duty.due_at) <= at]
    if late and not words.late_reason.strip():
        errors["late_reason"] = [
            _("This report is late and the late mark stays. Give the reason; you can still send.")
        ]
    if errors:
        raise Invalid(_("Not sent yet: something is missing."), errors)  # type: ignore[arg-type]


def send(
    report: Report, duties: Sequence[ReportDuty], words: Words, *, files: int, at: datetime
) -> None:
    """Move report and duties, and write the late marks."""
    move(report, ReportState.SUBMITTED, REPORT_MOVES)
    report.submitted_at, report.files = at, files
    report.final = any(duty.kind == DutyKind.FINAL for duty in duties)
    report.receipt_number = f"{office_date(at):%Y%m%d}-{report.pk.hex[:8].upper()}"
    for duty in duties:
        move(duty, DutyState.SUBMITTED, DUTY_MOVES)
        duty.submitted_at = at
        report.late = mark_late(duty, at=at, reason=words.late_reason) or report.late
        duty.save()
    report.save()
    report.duties.set(duties)


def drafts_of(actor: Actor) -> Q:
    """Condition: drafts of the actor's own unit."""
    return Q(state=ReportState.DRAFT, assignment__unit_id=actor.unit_id)
