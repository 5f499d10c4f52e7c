"""What the watch room shows at an instant: duty here and one level down with telephones, urgent
events that run with their clocks, checks due, daily reports owed, the last lines of the log. The
same number of queries whatever there is (ui.md 1; features rows 56, 62–65)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from luoshi.desks.duty.domain.queries.daily import Below, below
from luoshi.desks.duty.domain.queries.due import DueCheck, checks_due
from luoshi.desks.duty.domain.queries.now import There, on_duty_in
from luoshi.desks.duty.domain.queries.offices import next_below
from luoshi.desks.duty.models import LogNote, SensitivePeriod
from luoshi.desks.information.enums import Leg
from luoshi.desks.information.models import Event
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.enums import Light

MOST_EVENTS, LAST_LINES = 30, 6
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Post:
    """A unit and who is on duty in it."""

    unit: Unit
    there: Sequence[There]

    @property
    def leaders(self) -> list[There]:
        """Duty leaders; none where the roster has none at this hour."""
        return [one for one in self.there if one.post == "leader"]

    @property
    def officers(self) -> list[There]:
        """Duty officers."""
        return [one for one in self.there if one.post == "officer"]


@dataclass(frozen=True)
class Clock:
    """An event that runs: its light, its next limit, minutes left (negative = over)."""

    event: Event
    light: Light
    leg: Any
    left: int | None


@dataclass(frozen=True)
class Owed:
    """A period this office declared, and the units that have not reported today."""

    period: SensitivePeriod
    missing: Sequence[Below]


@dataclass(frozen=True)
class Room:
    """All of it."""

    own: Post
    below: Sequence[Post]
    events: Sequence[Clock]
    checks: Sequence[DueCheck]
    owed: Sequence[Owed]
    running: Sequence[SensitivePeriod]
    open_lines: int
    lines: Sequence[LogNote]


def room(office: Unit, at: datetime) -> Room:
    """As it is at this instant."""
    units = next_below(office)
    there = on_duty_in([office.pk, *(unit.pk for unit in units)], at)
    today = office_date(at)
    periods = list(
        SensitivePeriod.objects.filter(
            office=office, revoked_at=None, starts_on__lte=today, ends_on__gte=today
        ).select_related("office")
    )
    notes = LogNote.objects.filter(office=office)
    return Room(
        own=Post(office, there.get(office.pk, [])),
        below=[Post(unit, there.get(unit.pk, [])) for unit in units],
        events=clocks(office, at),
        checks=checks_due(office, at, units),
        owed=[
            Owed(one, [unit for unit in below(one, today) if unit.report is None])
            for one in periods
            if one.daily and not one.from_code
        ],
        running=periods,
        open_lines=notes.waiting().count(),
        lines=list(notes.order_by("-at", "id")[:LAST_LINES]),
    )


def clocks(office: Unit, at: datetime) -> list[Clock]:
    """Events that run, the one whose limit passes first on top, those without a limit last."""
    rows = Event.objects.filter(office=office).running().order_by("next_due_at", "-happened_at")
    found = []
    for row in rows[:MOST_EVENTS]:
        left = (row.next_due_at - at) // MINUTE if row.next_due_at else None
        leg = Leg(row.next_leg).label if row.next_leg else ""
        found.append(Clock(row, row.light(at), leg, left))
    return found
