"""Write a line into the duty log; settle what was open about it (R-DUT-3).

Changes: a line that is never changed again, open or not; later who settled it, when, how. Refused:
no words, nobody named, a time in the future or more than two days back, not on duty.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.duty import rules
from luoshi.desks.duty.enums import NoteKind
from luoshi.desks.duty.models import LogNote
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted, too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text

OLDEST = timedelta(days=2)
NOT_NOTED = _("Not written down.")
WORDS = ("who", "text", "phone", "given_to")


@dataclass(frozen=True)
class Line:
    """What happened. `at`: None = now; `pending`: something is still to do."""

    kind: str
    who: str
    text: str
    at: datetime | None = None
    phone: str = ""
    given_to: str = ""
    pending: bool = False


def note(line: Line, *, actor: Actor, at: datetime) -> LogNote:
    """A new line."""
    ensure(rules.may_write_books(actor, at))
    checked(line, at)
    words = {name: getattr(line, name) for name in WORDS}
    with acting(actor=actor, at=at):
        row = LogNote.objects.create(
            office_id=actor.unit_id,
            kind=line.kind,
            at=line.at or at,
            pending=line.pending,
            noted_by_name=actor.person_name,
            noted_at=at,
            **{name: value.strip() for name, value in words.items()},
        )
        record("duty.noted", actor=actor, at=at, obj=row, after={"text": row.text[:100]})
    return row


def checked(line: Line, at: datetime) -> None:
    """Refuse what nobody could read later, and times that cannot be."""
    errors: dict[str, list[Text]] = too_long(LogNote, {name: getattr(line, name) for name in WORDS})
    happened = line.at or at
    if line.kind not in NoteKind.values:
        errors["kind"] = [_("Choose one of the list.")]
    if not line.who.strip():
        errors["who"] = [_("Say who called, came or instructed.")]
    if not line.text.strip():
        errors["text"] = [_("Say what it was about.")]
    if happened > at:
        errors["at"] = [_("This is still to come: give a time not after now.")]
    elif happened < at - OLDEST:
        errors["at"] = [_("More than two days ago: the log is kept while on duty.")]
    if errors:
        raise Invalid(NOT_NOTED, errors)


def settle(line: LogNote, *, outcome: str, actor: Actor, at: datetime) -> LogNote:
    """What was open is done."""
    ensure(rules.may_settle(actor, line, at))
    words = fitted(
        LogNote,
        "outcome",
        outcome,
        what=_("Not settled."),
        missing=pgettext_lazy("duty log", "Say what was done."),
    )
    with acting(actor=actor, at=at):
        row = LogNote.objects.select_for_update().get(pk=line.pk)
        ensure(rules.may_settle(actor, row, at))
        row.settled_at, row.settled_by_name, row.outcome = at, actor.person_name, words
        row.save()
        record("duty.settled", actor=actor, at=at, obj=row, after={"reason": words})
    return row
