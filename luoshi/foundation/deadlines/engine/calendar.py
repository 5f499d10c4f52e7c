"""Working-day arithmetic in O(1) by a prefix table over 1990–2099 (R-CAL-1…3).

A day is worked when the newest edition of a year says so (a year's notice may also move the last
days of December before it), else Monday to Friday; a year without a notice rests on the holidays
of fixed date too (R-CAL-2). Dates outside the table raise `OutOfCalendar`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.foundation.deadlines.engine.editions import SHIPPED, Edition, fixed_holidays

FIRST = date(1990, 1, 1)
LAST = date(2099, 12, 31)
WEEKEND_NOTICE = "周末"
HOLIDAYS_NOTICE = "《全国年节及纪念日放假办法》"


class OutOfCalendar(ValueError):
    """The date lies outside 1990–2099."""


@dataclass(frozen=True)
class DayKind:
    """Whether a day is worked, and the notice that says so."""

    worked: bool
    notice: str
    makeup: bool = False


WEEKEND_ORDINALS = (6, 0)
WORKDAY = DayKind(worked=True, notice="")
WEEKEND = DayKind(worked=False, notice=WEEKEND_NOTICE)
HOLIDAY = DayKind(worked=False, notice=HOLIDAYS_NOTICE)


class Calendar:
    """The working days of an office; build it once and share it."""

    def __init__(self, editions: Iterable[Edition] = SHIPPED) -> None:
        newest: dict[int, Edition] = {}
        for one in sorted(editions, key=lambda e: (e.year, e.number)):
            newest[one.year] = one
        self.editions = newest
        self.named: dict[date, DayKind] = {}
        for one in newest.values():
            rest = DayKind(worked=False, notice=one.notice)
            makeup = DayKind(worked=True, notice=one.notice, makeup=True)
            self.named |= dict.fromkeys(one.rest, rest) | dict.fromkeys(one.work, makeup)
        self.base = FIRST.toordinal()
        self.before: list[int] = [0]
        self.worked_days: list[int] = []
        unlike = self.unlike_the_week()
        for ordinal in range(self.base, LAST.toordinal() + 1):
            if unlike.get(ordinal, ordinal % 7 not in WEEKEND_ORDINALS):
                self.worked_days.append(ordinal)
            self.before.append(len(self.worked_days))

    def unlike_the_week(self) -> dict[int, bool]:
        """Worked or not, of the days that do not simply follow the week."""
        fixed = {
            date(year, month, day).toordinal(): False
            for year in range(FIRST.year, LAST.year + 1)
            if year not in self.editions
            for month, day in fixed_holidays(year)
        }
        return fixed | {day.toordinal(): kind.worked for day, kind in self.named.items()}

    def kind(self, on: date) -> DayKind:
        """Worked or not, and why."""
        named = self.named.get(on)
        if named is not None:
            return named
        if on.year not in self.editions and (on.month, on.day) in fixed_holidays(on.year):
            return HOLIDAY
        return WEEKEND if on.weekday() >= 5 else WORKDAY

    def index(self, on: date) -> int:
        """Position in the prefix table."""
        position = on.toordinal() - self.base
        if not 0 <= position < len(self.before) - 1:
            raise OutOfCalendar(f"{on.isoformat()} is outside {FIRST.year}–{LAST.year}")
        return position

    def is_workday(self, on: date) -> bool:
        """True on a working day."""
        i = self.index(on)
        return self.before[i + 1] > self.before[i]

    def is_provisional(self, on: date) -> bool:
        """True when no notice for the year is known (R-CAL-3)."""
        return on.year not in self.editions

    def unknown_years(self, start: date, end: date) -> tuple[int, ...]:
        """The years from `start` to `end`, either way round, for which no notice is known."""
        low, high = sorted((start.year, end.year))
        return tuple(year for year in range(low, high + 1) if year not in self.editions)

    def numbers(self, start: date, end: date) -> dict[str, int]:
        """The edition of each year from `start` to `end`; 0 = none was known (R-CAL-3)."""
        low, high = sorted((start.year, end.year))
        known = self.editions
        return {str(y): known[y].number if y in known else 0 for y in range(low, high + 1)}

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
        position = self.before[self.index(on)]
        if position == len(self.worked_days):
            raise OutOfCalendar(on.isoformat())
        return date.fromordinal(self.worked_days[position])

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
