"""Office hours for notices: quiet hours 18:00–08:30, 12:00–14:00 and rest days (rules.md 2.11)."""

from datetime import date, datetime, time, timedelta

from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.compute import ZONE

OPEN = ((time(8, 30), time(12, 0)), (time(14, 0), time(18, 0)))


def next_open(at: datetime, calendar: Calendar) -> datetime:
    """`at` itself when the office is open, else the next open minute."""
    local = at.astimezone(ZONE)
    day = local.date()
    if calendar.is_workday(day):
        for opens, closes in OPEN:
            if local.time() < opens:
                return datetime.combine(day, opens, tzinfo=ZONE)
            if local.time() < closes:
                return at
    return first_morning(calendar.add_workdays(day, 1))


def first_morning(on: date) -> datetime:
    """08:30 of a day."""
    return datetime.combine(on, OPEN[0][0], tzinfo=ZONE)


def ladder_instant(limit: datetime, workdays: int, calendar: Calendar) -> datetime:
    """08:30 of the working day `workdays` after the day the limit belongs to; negative = before,
    1 = the first working morning after the limit."""
    day = (limit.astimezone(ZONE) - timedelta(microseconds=1)).date()
    return first_morning(calendar.add_workdays(day, workdays))
