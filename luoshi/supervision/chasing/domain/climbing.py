"""Which levels of the ladder a duty has reached at an instant, and when the next one comes
(rules.md 2.11)."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from luoshi.foundation.core.time import end_of_day, office_date
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.open_hours import ladder_instant
from luoshi.supervision.chasing.domain.dues import Due
from luoshi.supervision.chasing.domain.laddering import Ladders
from luoshi.supervision.chasing.enums import LADDER, Level, Step

Ladder = tuple[Step, ...]
Rungs = tuple[tuple[Step, datetime], ...]


class Climb:
    """The ladders in force by one calendar. What many duties share, a limit of the same office, is
    climbed once."""

    def __init__(self, calendar: Calendar, ladders: Ladders) -> None:
        self.calendar, self.ladders = calendar, ladders
        self.basis = basis_of(calendar, ladders)
        self.known: dict[tuple[datetime, bool, bool, UUID | None], Rungs] = {}

    def of(self, due: Due) -> Rungs:
        """Every level of the duty with the instant it stands for, in order."""
        office = due.office_id if due.office_id in self.ladders.own else None
        ladder = self.ladders.at(due.office_id)
        if by_hours(due):
            return tuple(climbed(due, self.calendar, ladder))
        key = (due.ladder_from, due.born_late, due.courteous, office)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = tuple(climbed(due, self.calendar, ladder))
        return found

    def next_level(self, due: Due, at: datetime) -> datetime | None:
        """When the duty reaches its next level, if it has one more."""
        return min([stands for _step, stands in self.of(due) if stands > at], default=None)

    def horizon(self, at: datetime) -> datetime:
        """No limit in days after this instant has reached a level at `at`."""
        lead = max(-ladder[0].workdays for ladder in (LADDER, *self.ladders.own.values()))
        return end_of_day(self.calendar.add_workdays(office_date(at), lead))


def basis_of(calendar: Calendar, ladders: Ladders) -> str:
    """A short name of what levels are computed with: another edition of the calendar or another
    version of any ladder gives another one, whatever a sweep that still runs writes meanwhile."""
    editions = [f"{year}.{one.number}" for year, one in sorted(calendar.editions.items())]
    versions = [f"{office}.{version}" for office, version in ladders.versions]
    return hashlib.sha256(",".join(editions + versions).encode()).hexdigest()[:16]


def by_hours(due: Due) -> bool:
    """Whether the levels are parts of a limit in hours; a redo limit is a day like any other."""
    return due.hourly and due.redo_due_at is None


def stands_for(step: Step, due: Due, calendar: Calendar) -> datetime | None:
    """The instant a level stands for, or None where the level does not exist for the duty: a
    limit that had passed when the work was given is not announced any more. Hour
    rules: half of the limit, the limit, twice the limit."""
    if not by_hours(due):
        if due.born_late and step.workdays < 0:
            return None
        return ladder_instant(due.ladder_from, step.workdays, calendar)
    if due.trigger_at is None:
        return None
    length = due.limit - due.trigger_at
    halves = {Level.L0: 1, Level.L1: 2, Level.L2: 4}
    if step.level not in halves:
        return None
    return due.trigger_at + length / 2 * halves[step.level]


def climbed(due: Due, calendar: Calendar, ladder: Ladder) -> Iterator[tuple[Step, datetime]]:
    """Every level of the duty with its instant, in order. Without command relation the ladder ends
    at L2 (S2-90)."""
    for step in ladder:
        if due.courteous and step.level > Level.L2:
            return
        stands = stands_for(step, due, calendar)
        if stands is not None:
            yield step, stands
