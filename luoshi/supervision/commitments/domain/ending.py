"""End a commitment on a day.

Changes: its last day; open occurrences whose day lies after it fall away, earlier ones stay open.
Refused: by others, without a reason, a day before today, twice.
"""

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.commitments import rules
from luoshi.supervision.commitments.domain.drawing import draw
from luoshi.supervision.commitments.domain.locking import locked
from luoshi.supervision.commitments.enums import OccurrenceState
from luoshi.supervision.commitments.models import Commitment, Occurrence

NOT_ENDED = _("Not ended.")


def end(
    *, commitment: Commitment, on: date | None, reason: str, actor: Actor, at: datetime
) -> Commitment:
    """Its last day is `on` (None = today)."""
    ensure(rules.may_end(actor, commitment, at))
    words = fitted(
        Commitment,
        "end_reason",
        reason,
        what=NOT_ENDED,
        missing=_("Say why it ends."),
        field="reason",
    )
    last = on or office_date(at)
    if last < office_date(at):
        raise Invalid(NOT_ENDED, {"on": [_("It ends today or later; what was owed is owed.")]})
    with acting(actor=actor, at=at):
        row = locked(commitment)
        ensure(rules.may_end(actor, row, at))
        close(row, last, words, actor, at)
    return row


def end_with_unit(*, unit: Unit, into: Unit, actor: Actor, at: datetime) -> None:
    """An office that goes into another ends with what it undertook; the other one undertakes its
    own. Part of the merger's act."""
    for row in Commitment.objects.filter(office=unit, ended_at=None).order_by("pk"):
        close(locked(row), office_date(at), f"机构合并，并入{into}", actor, at)


def close(row: Commitment, last: date, reason: str, actor: Actor, at: datetime) -> None:
    """Write the last day; part of the caller's act."""
    row.ends_on = last if row.ends_on is None else min(last, row.ends_on)
    row.ended_at, row.ended_by_name, row.end_reason = at, actor.person_name, reason
    row.save()
    lasting = Q(ends_on=None) | Q(ends_on__gt=row.ends_on)
    row.versions.filter(lasting).update(ends_on=row.ends_on)
    fell = fall_away(row, row.ends_on)
    draw(row, at)
    after = {"on": row.ends_on.isoformat(), "reason": reason, "dropped": fell}
    record("commitments.ended", actor=actor, at=at, obj=row, after=after)


def fall_away(commitment: Commitment, last: date) -> int:
    """Open occurrences of later days are owed no more; returns how many."""
    rows = Occurrence.objects.filter(commitment=commitment, state=OccurrenceState.OPEN)
    return rows.filter(raw_on__gt=last).update(
        state=OccurrenceState.DROPPED, on_clock=False, attention_at=None, overdue_at=None
    )
