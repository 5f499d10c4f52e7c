"""Write and send a report (报送). One report may fulfil several duties when it carries their
contents (decision 7); a report without a change of state, a figure or a file is refused (S3-131).

Changes: the report, its editors, the duties it fulfils with their late marks, the share's state
and clock. Where the office asks for the principal's signature, sending puts it before the
principal (`signing_off`).
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.report.contents import (
    TEXTS,
    Figure,
    Words,
    fits,
    misread,
    named_figures,
    refuse_gaps,
)
from luoshi.supervision.matters.domain.report.sending import attached, fulfilled, send
from luoshi.supervision.matters.domain.report.signing_off import put_forward, waits_for_principal
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import REPORT_UNSENT, ReportState
from luoshi.supervision.matters.models import Assignment, Report, ReportEditor, ReportFigure

__all__ = ["Figure", "Words", "save_draft", "submit"]


def save_draft(
    *, assignment: Assignment, words: Words, revision: int, actor: Actor, at: datetime
) -> Report:
    """Create or overwrite the share's one draft. Refused: a draft somebody else saved meanwhile."""
    ensure(rules.may_report(actor, assignment))
    with acting(actor=actor, at=at):
        assignment = locked(Assignment.objects, assignment.pk)
        ensure(rules.may_report(actor, assignment))
        report = unsent(assignment)
        refuse_signing(report)
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
            raise edited_meanwhile(report)
        write(report, words, actor, at)
        record("matters.draft_saved", actor=actor, at=at, obj=report)
    return report


def edited_meanwhile(report: Report) -> Invalid:
    """Somebody went on from another version; neither text is lost."""
    return Invalid(
        _("%(name)s saved this draft meanwhile. Your text is kept.")
        % {"name": report.written_by_name},
        {"revision": [_("Compare the two versions, then save again.")]},
        code="edited-meanwhile",
    )


def refuse_overwriting(draft: Report | None, revision: int | None, actor: Actor) -> None:
    """Sending writes the form over the draft; what somebody else saved since the form was opened
    would be gone. One's own page may have saved itself while it was being sent."""
    if draft is None or revision in (None, draft.revision):
        return
    if draft.written_by_id != actor.person_id:
        raise edited_meanwhile(draft)


def write(report: Report, words: Words, actor: Actor, at: datetime) -> None:
    """Put the words and figures into the report row."""
    texts = {name: getattr(words, name).strip() for name in TEXTS}
    errors = too_long(Report, texts)
    if any(not fits(figure.value) for figure in words.figures):
        errors["figure_value"] = [_("Give figures below 100,000,000,000,000.")]
    errors |= misread(words)
    if errors:
        raise Invalid(_("Not saved: something does not fit."), errors)
    for name, text in texts.items():
        setattr(report, name, text)
    report.percent, report.hours = words.percent, words.hours
    report.written_by_id, report.written_by_name = actor.person_id, actor.person_name
    report.saved_at = at
    report.revision += 1
    report.save()
    note_editor(report, actor, at)
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


def note_editor(report: Report, actor: Actor, at: datetime) -> None:
    """Remember who had a hand in the report: none of them reviews it (decision 5)."""
    if actor.person_id is not None:
        named = {"person_name": actor.person_name, "saved_at": at}
        ReportEditor.objects.update_or_create(
            report=report, person_id=actor.person_id, defaults=named
        )


def unsent(assignment: Assignment) -> Report | None:
    """The share's report that is not sent yet: a draft, or one before the principal."""
    return Report.objects.filter(assignment=assignment, state__in=REPORT_UNSENT).first()


def refuse_signing(report: Report | None) -> None:
    """A report before the principal is changed by nobody until it is signed or given back."""
    if report is not None and report.state == ReportState.SIGNING:
        raise Refused(
            _("Not saved: the report waits for the principal's signature."),
            next_steps=(_("Take it back first if it should say something else."),),
            source="R-SUP-6",
            code="waits-for-principal",
        )


def previous_figures(assignment: Assignment) -> dict[str, Decimal]:
    """The last value sent for each named figure of this share."""
    rows = ReportFigure.objects.filter(report__assignment=assignment)
    rows = rows.exclude(report__state__in=REPORT_UNSENT).order_by("report__submitted_at")
    return {row.name: row.value for row in rows}


def submit(
    *,
    assignment: Assignment,
    duty_ids: Sequence[UUID],
    words: Words,
    actor: Actor,
    at: datetime,
    revision: int | None = None,
) -> Report:
    """Send the report, ticking the duties it fulfils. Refused: no duty (but for planned progress
    while none is owed), missing contents, no evidence of change, lateness without a reason; over a
    draft that somebody else saved after `revision`, the one the sender began from."""
    ensure(rules.may_report(actor, assignment))
    with acting(actor=actor, at=at):
        assignment = locked(Assignment.objects.select_related("matter"), assignment.pk)
        ensure(rules.may_report(actor, assignment))
        duties = fulfilled(assignment, duty_ids, words.percent)
        draft = unsent(assignment)
        refuse_signing(draft)
        refuse_overwriting(draft, revision, actor)
        named = named_figures(assignment.matter)
        refuse_gaps(duties, words, named=named, files=attached(draft), at=at)
        report = draft or save_draft(
            assignment=assignment, words=words, revision=0, actor=actor, at=at
        )
        report.assignment = assignment
        if draft is not None:
            write(report, words, actor, at)
        if waits_for_principal(assignment, actor, at):
            put_forward(report, duties, actor=actor, at=at)
        else:
            if actor.role == Role.PRINCIPAL:
                report.signed_by_principal = actor.person_name
            send(report, duties, actor=actor, at=at)
    return report
