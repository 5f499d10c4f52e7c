"""Working-day arithmetic in O(1) by a prefix table over 1990–2099 (R-CAL-1…3).

A day is worked when its year's newest edition says so, else Monday to Friday; 1 January rests.
Dates outside the table raise `OutOfCalendar`.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.foundation.deadlines.engine.editions import SHIPPED, Edition

FIRST = date(1990, 1, 1)
LAST = date(2099, 12, 31)
WEEKEND_NOTICE = "周末"
NEW_YEAR_NOTICE = "《全国年节及纪念日放假办法》"


class OutOfCalendar(ValueError):
    """The date lies outside 1990–2099."""


@dataclass(frozen=True)
class DayKind:
    """Whether a day is worked, and the notice that says so."""

    worked: bool
    notice: str
    makeup: bool = False


class Calendar:
    """The working days of an office; build it once and share it."""

    def __init__(self, editions: Iterable[Edition] = SHIPPED) -> None:
        newest: dict[int, Edition] = {}
        for one in sorted(editions, key=lambda e: (e.year, e.number)):
            newest[one.year] = one
        self.editions = newest
        self.base = FIRST.toordinal()
        self.before: list[int] = [0]
        self.worked_days: list[int] = []
        for ordinal in range(self.base, LAST.toordinal() + 1):
            if self.kind(date.fromordinal(ordinal)).worked:
                self.worked_days.append(ordinal)
            self.before.append(len(self.worked_days))

    def kind(self, on: date) -> DayKind:
        """Worked or not, and why."""
        known = self.editions.get(on.year)
        if known is not None and on in known.rest:
            return DayKind(worked=False, notice=known.notice)
        if known is not None and on in known.work:
            return DayKind(worked=True, notice=known.notice, makeup=True)
        if on.weekday() >= 5:
            return DayKind(worked=False, notice=WEEKEND_NOTICE)
        if known is None and (on.month, on.day) == (1, 1):
            return DayKind(worked=False, notice=NEW_YEAR_NOTICE)
        return DayKind(worked=True, notice="")

    def index(self, on: date) -> int:
        """Position in the prefix table."""
        if not FIRST <= on <= LAST:
            raise OutOfCalendar(f"{on.isoformat()} is outside {FIRST.year}–{LAST.year}")
        return on.toordinal() - self.base

    def is_workday(self, on: date) -> bool:
        """True on a working day."""
        i = self.index(on)
        return self.before[i + 1] > self.before[i]

    def is_provisional(self, on: date) -> bool:
        """True when no notice for the year is known (R-CAL-3)."""
        return on.year not in self.editions

    def add_workdays(self, on: date, number: int) -> date:
        """The `number`-th working day after `on`, which is not counted; negative counts back."""
        if number == 0:
            return on
        i = self.index(on)
        position = self.before[i + 1] + number - 1 if number > 0 else self.before[i] + number
        if not 0 <= position < len(self.worked_days):
            raise OutOfCalendar(f"{number} working days from {on.isoformat()}")
        return date.fromordinal(self.worked_days[position])

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when end is earlier."""
        return self.before[self.index(end) + 1] - self.before[self.index(start) + 1]

    def roll_forward(self, on: date) -> date:
        """`on` itself when worked, else the next working day (Civil Code art. 203)."""
        self.index(on)
        found = bisect_left(self.worked_days, on.toordinal())
        if found == len(self.worked_days):
            raise OutOfCalendar(on.isoformat())
        return date.fromordinal(self.worked_days[found])

    def rest_days(self, start: date, end: date) -> list[tuple[date, str]]:
        """The days that are not worked after `start` up to and including `end`, with notices."""
        found = []
        day = start + timedelta(days=1)
        while day <= end:
            kind = self.kind(day)
            if not kind.worked:
                found.append((day, kind.notice))
            day += timedelta(days=1)
        return found


SHIPPED_CALENDAR = Calendar()
