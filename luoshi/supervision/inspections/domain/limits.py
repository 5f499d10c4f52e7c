"""Dates of this room, all through the deadline engine: a limit typed as a date rolls off rest days;
a review is asked for within ten working days and decided within fifteen, the office's default."""

from datetime import date, datetime, time

from luoshi.foundation.core.time import at_clock
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.compute import Due, compute
from luoshi.foundation.deadlines.engine.rule import CalendarDue, Once, RelativeDue

WARNING_WORKDAYS = 3
ASK_WORKDAYS = 10
DECIDE_WORKDAYS = 15


def due_of(limit_on: date) -> Due:
    """The limit of a rectification: 24:00 of the day, rolled off a rest day."""
    rule = Once(CalendarDue(limit_on.year, limit_on.month, limit_on.day))
    return compute(rule, {}, current_calendar(), provision="整改时限")


def warning_of(due: Due) -> datetime:
    """The instant from which the limit wants attention."""
    return at_clock(current_calendar().add_workdays(due.on, -WARNING_WORKDAYS), time(0))


def workdays_after(start: datetime, number: int, provision: str) -> Due:
    """24:00 of the n-th working day after an event; its own day is not counted."""
    rule = Once(RelativeDue("receipt", "after", ("workdays", number)))
    return compute(rule, {"receipt": start}, current_calendar(), provision=provision)
