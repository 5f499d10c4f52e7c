"""The unit rectifies: states root cause and measures, adds evidence, reports.

Refused: another unit, words without evidence (features row 27), a late report without the reason.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.attachments.domain.storing import Stored, store
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.notifications.domain.sending import Message
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.domain.telling import tell_office
from luoshi.supervision.inspections.domain.transitions import PROBLEM_MOVES
from luoshi.supervision.inspections.enums import ProblemState
from luoshi.supervision.inspections.models import Problem, RectificationReport
from luoshi.supervision.matters.domain.duty.lateness import lateness
from luoshi.supervision.matters.domain.transitions import locked, move

OWNER = "problem"


@dataclass(frozen=True)
class Measures:
    """Why it came about and what is done about it."""

    root_cause: str
    measures: str
    responsible_person: str


@dataclass(frozen=True)
class Done:
    """What the unit reports."""

    text: str
    state_change: str
    signed_by_principal: str


MISSING = {
    "root_cause": _("State the root cause."),
    "measures": _("State the measures."),
    "responsible_person": _("Name the responsible person."),
}


def state_measures(*, problem: Problem, measures: Measures, actor: Actor, at: datetime) -> Problem:
    """State root cause, measures and the person responsible; the rectification begins."""
    ensure(rules.may_rectify(actor, problem))
    words = {
        "root_cause": measures.root_cause.strip(),
        "measures": measures.measures.strip(),
        "responsible_person": measures.responsible_person.strip(),
    }
    errors = too_long(Problem, words)
    for name, text in words.items():
        if not text:
            errors[name] = [MISSING[name]]
    if errors:
        raise Invalid(_("Not saved: something is missing."), errors)
    with acting(actor=actor, at=at):
        row = locked(Problem.objects, problem.pk)
        ensure(rules.may_rectify(actor, row))
        if row.state == ProblemState.OPEN:
            move(row, ProblemState.RECTIFYING, PROBLEM_MOVES)
        before = {"measures": row.measures}
        for name, text in words.items():
            setattr(row, name, text)
        row.save()
        record(
            "inspections.measures_stated", actor=actor, at=at, obj=row, before=before, after=words
        )
    return row


def add_evidence(
    *, problem: Problem, stream: BinaryIO, name: str, actor: Actor, at: datetime
) -> Stored:
    """Attach a file as evidence of the rectification."""
    ensure(rules.may_rectify(actor, problem))
    with acting(actor=actor, at=at):
        row = locked(Problem.objects, problem.pk)
        ensure(rules.may_rectify(actor, row))
        stored = store(stream, name=name, actor=actor, at=at, owner_kind=OWNER, owner_id=row.pk)
        after = {"file": stored.attachment.name}
        record("inspections.evidence_added", actor=actor, at=at, obj=row, after=after)
    return stored


def refuse_gaps(problem: Problem, words: dict[str, str], last: RectificationReport | None) -> None:
    """Refuse a report without words, change, signature, or evidence newer than the last one."""
    errors = too_long(RectificationReport, words)
    if not words["text"]:
        errors["text"] = [_("Say what was done.")]
    if not words["state_change"]:
        errors["state_change"] = [_("Say what is different now: before and after, in figures.")]
    if not words["signed_by_principal"]:
        errors["signed_by_principal"] = [_("Name the principal who signed it.")]
    files = Attachment.objects.filter(owner_kind=OWNER, owner_id=problem.pk)
    if last is not None:
        files = files.filter(created_at__gt=last.sent_at)
    if not files.exists():
        errors["file"] = [_("Add evidence first: a photo, a document, a list.")]
    if errors:
        raise Invalid(_("Not sent: something is missing."), errors)


def report_rectification(
    *, problem: Problem, done: Done, actor: Actor, at: datetime
) -> RectificationReport:
    """Report the rectification for the check; a late one keeps its mark for ever."""
    ensure(rules.may_report_rectification(actor, problem))
    words = {name: getattr(done, name).strip() for name in Done.__dataclass_fields__}
    last = problem.reports.order_by("-round").first()
    refuse_gaps(problem, words, last)
    with acting(actor=actor, at=at):
        row = locked(Problem.objects, problem.pk)
        ensure(rules.may_report_rectification(actor, row))
        late = row.due_at <= at
        move(row, ProblemState.REPORTED, PROBLEM_MOVES)
        if late:
            amount, unit = lateness(row.due_at, at, hourly=False)
            row.late_amount, row.late_unit = max(amount, row.late_amount or 0), unit
        row.on_clock, row.attention_at, row.overdue_at = False, None, None
        row.save()
        made = RectificationReport.objects.create(
            problem=row,
            round=(last.round if last else 0) + 1,
            sent_by_id=actor.person_id,
            sent_by_name=actor.person_name,
            sent_at=at,
            late=late,
            **words,
        )
        message = Message(
            kind="problem",
            title_zh=f"整改情况待核查：{row.number} {row.description[:80]}",
            title_en=f"Rectification to check: {row.number}",
            url=f"/problems/{row.pk}/",
            key=f"rectified|{made.pk}",
        )
        tell_office(row.office_id, message, at=at)
        after = {"round": made.round, "late": late}
        record("inspections.rectification_reported", actor=actor, at=at, obj=row, after=after)
    return made
