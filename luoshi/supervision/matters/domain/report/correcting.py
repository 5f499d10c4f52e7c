"""Correct an accepted report: a new report that names what it corrects, reviewed like every other.

Changes: the correcting report, sent at once; its share goes to review. The corrected one stays as
it was. Refused: reports not accepted, ended matters, no reason, nothing changed, a second
correction before the first is decided.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.report.composing import renewed
from luoshi.supervision.matters.domain.report.contents import Words
from luoshi.supervision.matters.domain.report.reporting import write
from luoshi.supervision.matters.domain.report.sending import heard
from luoshi.supervision.matters.domain.report.signing_off import waits_for_principal, words_of
from luoshi.supervision.matters.domain.transitions import REPORT_MOVES, locked, move
from luoshi.supervision.matters.enums import ReportState
from luoshi.supervision.matters.models import Assignment, Report, RollUpRow


def correct(*, report: Report, words: Words, reason: str, actor: Actor, at: datetime) -> Report:
    """Send a correction of an accepted report; a composed one takes the newest rows along."""
    ensure(rules.may_correct(actor, report))
    refuse_principal(report, actor, at)
    if not reason.strip():
        raise Invalid(
            _("Not corrected: no reason given."),
            {"correction_reason": [_("Say what was wrong; the reviewer reads these words.")]},
        )
    with acting(actor=actor, at=at):
        share = locked(Assignment.objects.select_related("matter"), report.assignment_id)
        report = locked(Report.objects, report.pk)
        report.assignment = share
        ensure(rules.may_correct(actor, report))
        refuse_again(report, words)
        made = Report(
            assignment=share,
            corrects=report,
            correction_reason=reason.strip(),
            round=report.round,
            final=report.final,
            files=report.files,
            created_at=at,
            saved_at=at,
            state=ReportState.SIGNING,
        )
        if errors := too_long(Report, {"correction_reason": made.correction_reason}):
            raise Invalid(_("Not corrected."), errors)
        put(made, report, words, actor, at)
        heard(made, at=at)
        after = {"receipt": made.receipt_number, "reason": made.correction_reason}
        before = {"receipt": report.receipt_number}
        record(
            "matters.corrected", actor=actor, at=at, obj=share.matter, before=before, after=after
        )
    return made


def put(made: Report, report: Report, words: Words, actor: Actor, at: datetime) -> None:
    """Write and send the correcting row with figures, duties it stands for, and rows."""
    made.submitted_at = at
    made.receipt_number = f"{office_date(at):%Y%m%d}-{made.pk.hex[:8].upper()}"
    if actor.role == Role.PRINCIPAL:
        made.signed_by_principal = actor.person_name
    move(made, ReportState.SUBMITTED, REPORT_MOVES)
    write(made, words, actor, at)
    rows = renewed(report, actor, at)
    for row in rows:
        row.report = made
    RollUpRow.objects.bulk_create(rows)


def refuse_principal(report: Report, actor: Actor, at: datetime) -> None:
    """Where the principal signs reports, a correction comes from the principal."""
    if waits_for_principal(report.assignment, actor, at):
        raise Forbidden(
            _("Not corrected."),
            _("In this office's matters the principal of the unit signs reports."),
            next_steps=(_("Ask the principal to send the correction."),),
            source="R-SUP-6",
            code="not-the-principal",
        )


def refuse_again(report: Report, words: Words) -> None:
    """Refuse a second correction while one is undecided or accepted, and one that says nothing
    new."""
    later = report.corrected_by.exclude(state=ReportState.RETURNED).first()
    if later is not None:
        raise Refused(
            _("Not corrected again: a correction of this report exists."),
            next_steps=(_("Open the correction; once accepted, correct that one."),),
            code="corrected-already",
        )
    before = words_of(report)
    same = (before.progress, before.state_change, before.problems, before.next_steps)
    now = (words.progress, words.state_change, words.problems, words.next_steps)
    figures = [{one.name: (one.value, one.measure) for one in w.figures} for w in (before, words)]
    same_words = same == now and before.summary == words.summary
    same_words &= words.percent in (None, before.percent)
    if same_words and figures[0] == figures[1]:
        raise Invalid(
            _("Not corrected: nothing was changed."),
            {"progress": [_("Change a figure or the text.")]},
        )
