"""Note that an occurrence was kept: when, what was done, with evidence where that is asked.

Changes: the occurrence is kept; what took place after its limit is late for ever. Refused: by who
is not responsible, what is still to come or lies before the period, what took place when the next
one was due already (this one is missed), no evidence where it counts only with evidence, twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.time import date_text, office_date
from luoshi.supervision.commitments import rules
from luoshi.supervision.commitments.domain.locking import locked_occurrence
from luoshi.supervision.commitments.enums import OccurrenceState
from luoshi.supervision.commitments.models import Occurrence
from luoshi.supervision.matters.domain.duty.lateness import lateness

OWNER = "occurrence"
NOT_NOTED = _("Not noted.")


@dataclass(frozen=True)
class Kept:
    """When it took place (None = now), what was done, and files by name as evidence."""

    at: datetime | None = None
    note: str = ""
    files: Sequence[tuple[str, BinaryIO]] = ()


def keep(*, occurrence: Occurrence, kept: Kept, actor: Actor, at: datetime) -> Occurrence:
    """It took place."""
    ensure(rules.may_keep(actor, occurrence))
    note = fitted(Occurrence, "note", kept.note, what=NOT_NOTED)
    when = kept.at or at
    with acting(actor=actor, at=at):
        row = locked_occurrence(occurrence)
        ensure(rules.may_keep(actor, row))
        errors = untimely(row, when, at)
        if row.version.evidence and not kept.files:
            errors["file"] = [_("This one counts as kept only with evidence: add a file.")]
        if errors:
            raise Invalid(NOT_NOTED, errors)
        for name, stream in kept.files:
            store(stream, name=name, actor=actor, at=at, owner_kind=OWNER, owner_id=row.pk)
        settle_kept(row, when, note=note, reference="", by=actor.person_name, at=at)
        after = {"when": when.isoformat(), "text": note, "late": bool(row.late_amount)}
        record("commitments.kept", actor=actor, at=at, obj=row, after=after)
    return row


def untimely(row: Occurrence, when: datetime, at: datetime) -> dict[str, list[Text]]:
    """What is wrong with the moment it took place."""
    if when > at:
        return {"kept_at": [_("This is still to come: give a time not after now.")]}
    if office_date(when) < row.opens_on:
        day = date_text(row.opens_on, get_language() or "zh-hans")
        why = _("Its period begins on %(day)s: this lies before it.")
        return {"kept_at": [why % {"day": day}]}
    if row.missed_at is not None and when >= row.missed_at:
        why = _("By then the next one was due, so this one is missed. It can only be excused.")
        return {"kept_at": [why]}
    return {}


def settle_kept(
    row: Occurrence, when: datetime, *, note: str, reference: str, by: str, at: datetime
) -> None:
    """Write that it was kept; part of the caller's act."""
    row.state, row.kept_at = OccurrenceState.KEPT, when
    row.noted_at, row.noted_by_name, row.note = at, by, note
    row.reference = reference
    if when >= row.due_at:
        row.late_amount, row.late_unit = lateness(row.due_at, when, hourly=row.hourly)
    row.on_clock, row.attention_at, row.overdue_at = False, None, None
    row.save()
