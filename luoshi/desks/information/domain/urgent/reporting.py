"""Report in writing: first, follow-ups that say only what is new, daily, final (R-INF-2, row 57).

Changes: a report, kept as it was sent; the way of the event; its end with the final one. It goes to
the next level at once: into its book where that office is here, else through the exchange; past a
level the office between gets a copy. Where nobody is above, the final report stays in the office's
own book and ends the event. Refused: out of order, without text or signer, what an earlier report
says already, after a limit has passed without a reason, facts that do not fit together.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.urgent.counting import next_report, recount
from luoshi.desks.information.domain.urgent.ending import ends_here
from luoshi.desks.information.domain.urgent.phoning import above_of, locked
from luoshi.desks.information.domain.urgent.receiving import deliver
from luoshi.desks.information.enums import EventState, Step
from luoshi.desks.information.models import Event, EventReport
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused, Text

SENTENCE = re.compile(r"[^。！？!?\n]+")
LONG_ENOUGH = 12  # shorter sentences are phrases everybody uses
ONLY_NEW = (Step.UPDATE, Step.DAILY)


@dataclass(frozen=True)
class Writing:
    """What is written. `late_reason`: why a limit passed, asked once it has."""

    step: str
    text: str
    signer: str
    contact: str = ""
    late_reason: str = ""


def report(*, event: Event, writing: Writing, actor: Actor, at: datetime) -> EventReport:
    """Send it to the next level; at the top the final one is written for the book."""
    ensure(rules.may_tell(actor, event))
    with acting(actor=actor, at=at):
        row = locked(event)
        ensure(rules.may_tell(actor, row))
        to = None if writing.step == Step.FINAL and ends_here(row) else above_of(row)
        own = list(row.reports.filter(unit_code=row.office.code).order_by("at"))
        if to is not None:
            in_order(writing.step, own, row)
        checked(writing, own, row, at)
        made = EventReport.objects.create(
            event=row,
            step=writing.step,
            number=next_report(row, row.office.code, writing.step),
            text=writing.text.strip(),
            unit_code=row.office.code,
            unit_name=str(row.office),
            receiver_name=str(to or ""),
            signer=writing.signer.strip(),
            contact=writing.contact.strip(),
            by_name=actor.person_name,
            at=at,
        )
        row.late_reason = row.late_reason or writing.late_reason.strip()
        if writing.step == Step.FINAL:
            row.state, row.ended_at = EventState.CLOSED, at
        row.save(update_fields=("late_reason", "state", "ended_at"))
        if to is not None:
            deliver(row, made, to, actor=actor, at=at)
        if row.daily:
            row.refresh_from_db()  # what was told above came back to this row
            recount(row, at=at)
        after = {"unit": made.receiver_name, "step": made.step, "number": made.number}
        record("information.reported", actor=actor, at=at, obj=row, after=after)
    return made


def in_order(step: str, own: list[EventReport], event: Event) -> None:
    """A chain begins with one first report; daily reports belong to events that need them."""
    first = any(one.step == Step.FIRST for one in own)
    if step not in Step.values:
        raise Invalid(_("Not sent."), {"step": [_("Choose one of the list.")]})
    if step == Step.FIRST and first:
        raise Refused(
            _("Not sent: the first report has been sent."),
            next_steps=(_("Send a follow-up with what is new."),),
            source="R-INF-2",
            code="first-sent",
        )
    if step != Step.FIRST and not first:
        raise Refused(
            _("Not sent: the first report comes first."),
            next_steps=(_("Send the first report."),),
            source="R-INF-2",
            code="no-first",
        )
    if step == Step.DAILY and not event.daily:
        raise Invalid(
            _("Not sent."),
            {"step": [_("Daily reports belong to events marked as long ones.")]},
        )


def checked(writing: Writing, own: list[EventReport], event: Event, at: datetime) -> None:
    """Refuse what cannot be sent as it is."""
    errors: dict[str, list[Text]] = {}
    errors |= too_long(
        EventReport,
        {"text": writing.text, "signer": writing.signer, "contact": writing.contact},
    )
    errors |= too_long(Event, {"late_reason": writing.late_reason})
    if not writing.text.strip():
        errors["text"] = [_("Write what is known: time, place, what, casualties, measures.")]
    if not writing.signer.strip():
        errors["signer"] = [_("Name the leader who signs the report.")]
    said = repeated(writing.text, own) if writing.step in ONLY_NEW else []
    if said:
        errors["text"] = [
            _("An earlier report says this already: “%(words)s”. Say only what is new.")
            % {"words": said[0][:60]}
        ]
    over = event.next_due_at is not None and event.next_due_at < at
    if over and not event.late_reason and not writing.late_reason.strip():
        errors["late_reason"] = [_("A limit has passed: say why.")]
    if errors:
        raise Invalid(_("Not sent: something is missing."), errors)


def repeated(text: str, earlier: list[EventReport]) -> list[str]:
    """Sentences of some length that stand in an earlier report, word for word (R-INF-2)."""
    known = {words for one in earlier for words in sentences(one.text)}
    return [words for words in sentences(text) if words in known]


def sentences(text: str) -> list[str]:
    """Sentences long enough to say something, without blanks."""
    found = ("".join(one.split()) for one in SENTENCE.findall(text))
    return [one for one in found if len(one) >= LONG_ENOUGH]
