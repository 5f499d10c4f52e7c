"""The daily report of a long event: what an office owes by when, by the deadline engine (row 57).

From the day after its first report, or after the event turned out to be a long one, until the final
report. A day nobody reported stays owed until somebody does: that report is as late as it is.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from luoshi.desks.information.domain.queries.clock import Met
from luoshi.desks.information.enums import EventState, Leg, Step
from luoshi.desks.information.models import Event, EventReport
from luoshi.foundation.core.time import at_clock, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.compute import Due, compute
from luoshi.foundation.deadlines.engine.rule import Once, RelativeDue

ONE_DAY = timedelta(days=1)
BASIS = "持续时间较长的突发事件每日{hour}时前报送日报"
DAILY = (Step.DAILY, Step.FINAL)


def due_of(day: date, hour: int) -> Due:
    """When the report of a day is due, with its explanation; hours never roll over holidays."""
    rule = Once(RelativeDue("issue", "after", ("hours", hour)))
    basis = BASIS.format(hour=hour)
    return compute(rule, {"issue": at_clock(day, time())}, current_calendar(), provision=basis)


def days_of(event: Event, own: Sequence[EventReport]) -> list[Met]:
    """The daily reports an office sent, each with the day it was owed, and the one it owes now.
    `own`: its reports of the event."""
    first = min((one.at for one in own if one.step == Step.FIRST), default=None)
    if not event.daily or event.daily_since is None or first is None:
        return []
    last = max(office_date(first), event.daily_since)
    found = []
    for one in sorted(own, key=sent_at):
        if one.step in DAILY:
            due = due_of(last + ONE_DAY, event.daily_hour)
            found.append(Met(Leg.DAILY, due.at, one.at))
            last = max(last, office_date(one.at))
    if event.state == EventState.OPEN:
        found.append(Met(Leg.DAILY, due_of(last + ONE_DAY, event.daily_hour).at, None))
    return found


def sent_at(one: EventReport) -> datetime:
    """The order of reports."""
    return one.at
