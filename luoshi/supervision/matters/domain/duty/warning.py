"""When a limit turns yellow: working days before a day limit, a quarter of its time (at most half
an hour) before an hour limit (ui.md 3)."""

from datetime import datetime, time, timedelta

from luoshi.foundation.core.time import at_clock
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.compute import Due

HOUR_WARNING = timedelta(minutes=30)


def warn_instant(
    due: Due, trigger_at: datetime | None, calendar: Calendar, workdays: int
) -> datetime:
    """The instant attention is wanted from."""
    if due.hourly and trigger_at is not None:
        return due.at - min(HOUR_WARNING, (due.at - trigger_at) / 4)
    return at_clock(calendar.add_workdays(due.on, -workdays), time(0))
