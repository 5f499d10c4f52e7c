"""Make rows of the occurrences that come near. Part of the acts that call it.

A missed night is caught up: everything between the last row and today is made, and the key of the
period makes a row once, whoever comes second (architecture.md, "State").
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.supervision.commitments.domain.occurring import (
    Coming,
    coming,
    near,
    period_days,
    terms_of,
)
from luoshi.supervision.commitments.enums import OccurrenceState
from luoshi.supervision.commitments.models import Commitment, CommitmentVersion, Occurrence


def draw(commitment: Commitment, at: datetime) -> int:
    """Make what is near a row, say from when each one is missed and when to look again; returns how
    many are new. The commitment is locked by the caller."""
    today, calendar = office_date(at), current_calendar()
    before = commitment.occurrences.count()
    looks: list[date] = []
    following: list[datetime] = []
    ahead = False
    for version in commitment.versions.effective().order_by("starts_on"):
        if ahead and version.starts_on > today:
            looks.append(version.starts_on)
            continue
        found = computed(version, today, calendar)
        made = near(found, today)
        put_rows(commitment, version, made)
        following += [one.due.at for one in found]
        if made:
            last = max(one.opens_on for one in made)
            ahead = last > today
            version.drawn_to = last
            version.save(update_fields=("drawn_to",))
            looks += [last] if len(found) > len(made) else []
    commitment.draw_on = min(looks, default=None)
    commitment.save(update_fields=("draw_on",))
    date_misses(commitment, following)
    return commitment.occurrences.count() - before


def computed(version: CommitmentVersion, today: date, calendar: Calendar) -> list[Coming]:
    """The occurrences of a version from its last row on, at least one beyond the next one ahead;
    none of a version whose days are over and whose rows are made."""
    terms = terms_of(version)
    drawn = version.drawn_to
    if version.ends_on is not None and drawn is not None and drawn > version.ends_on:
        return []
    until = max(today, version.starts_on) + timedelta(days=3 * period_days(terms.rule))
    return coming(terms, until=until, calendar=calendar, after=drawn)


def put_rows(commitment: Commitment, version: CommitmentVersion, made: Iterable[Coming]) -> None:
    """Rows of what is near; what a change took away and a later change brings back is owed again,
    what is settled stays settled."""
    rows = [row_of(one, commitment, version) for one in made]
    Occurrence.objects.bulk_create(rows, ignore_conflicts=True)
    by_key = {row.key: row for row in rows}
    gone = commitment.occurrences.filter(state=OccurrenceState.DROPPED, key__in=by_key)
    for row in gone:
        again = by_key[row.key]
        again.pk, again.moved_from_at = row.pk, row.due_at
        again.save(force_update=True)


def row_of(one: Coming, commitment: Commitment, version: CommitmentVersion) -> Occurrence:
    """A computed occurrence as a row that is not kept yet."""
    row = Occurrence(
        commitment=commitment, version=version, office_id=commitment.office_id, key=one.key
    )
    fill(row, one)
    return row


def fill(row: Occurrence, one: Coming) -> None:
    """The columns that the engine says."""
    row.opens_on, row.raw_on, row.due_on = one.opens_on, one.due.raw, one.due.on
    row.due_at, row.hourly, row.trace = one.due.at, one.due.hourly, one.due.trace.to_json()
    row.on_clock, row.attention_at, row.overdue_at = True, one.attention_at, one.due.at


def date_misses(commitment: Commitment, following: list[datetime]) -> None:
    """Each open one is missed when the next one falls due; the last one of an ended commitment
    stays overdue until somebody says what became of it."""
    rows = list(commitment.occurrences.filter(state=OccurrenceState.OPEN).order_by("due_at"))
    if not rows:
        return
    later = commitment.occurrences.counted().filter(due_at__gt=rows[0].due_at)
    limits = sorted({*following, *later.values_list("due_at", flat=True)})
    for row in rows:
        row.missed_at = next((limit for limit in limits if limit > row.due_at), None)
    Occurrence.objects.bulk_update(rows, ("missed_at",))
