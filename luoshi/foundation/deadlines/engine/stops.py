"""A stopped clock (中止计时): the time left at the stop runs on from the day the clock resumes.

Spans are stored in the trace, so that computing a date again gives the same date. The day of the
stop and the days until the day before resuming do not count; hour rules move by the exact span. A
stop that begins after the limit has passed changes nothing: lateness stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.compute import (
    ZONE,
    Anchors,
    Due,
    civil,
    compute,
    midnight_after,
)
from luoshi.foundation.deadlines.engine.rule import from_json
from luoshi.foundation.deadlines.engine.trace import Step, Trace


@dataclass(frozen=True)
class Stop:
    """The clock stood still in [start, end)."""

    start: datetime
    end: datetime

    def since(self, begin: date | datetime) -> "Stop":
        """The part of the stop after the limit began to run."""
        first = begin if isinstance(begin, datetime) else midnight_after(begin)
        return Stop(max(self.start, first), self.end)

    def pair(self) -> tuple[str, str]:
        """As the trace stores it."""
        return self.start.astimezone(ZONE).isoformat(), self.end.astimezone(ZONE).isoformat()


def recompute(trace: Trace, calendar: Calendar) -> Due:
    """The date of a stored trace computed again from its own rule, anchors and stops (B2)."""
    anchors: dict[str, date | datetime] = {}
    for name, text in trace.anchors.items():
        moment = "T" in text
        anchors[name] = datetime.fromisoformat(text) if moment else date.fromisoformat(text)
    due = again(trace, anchors, calendar)
    stops = (
        Stop(datetime.fromisoformat(start), datetime.fromisoformat(end))
        for start, end in trace.stops
    )
    return carried(due, stops, calendar)


def again(trace: Trace, anchors: Anchors, calendar: Calendar) -> Due:
    """The date without its stops."""
    return compute(
        from_json(trace.rule),
        anchors,
        calendar,
        roll=trace.roll,
        grace_workdays=trace.grace,
        provision=trace.provision,
    )


def carried(due: Due, stops: Iterable[Stop], calendar: Calendar) -> Due:
    """The due date with the stops taken out of its time; the trace explains the time left. Stops
    that end before they begin, or begin after the limit, are dropped."""
    for stop in sorted(stops, key=lambda one: one.start):
        if stop.end > stop.start and stop.start < due.at:
            due = by_moment(due, stop) if due.hourly else by_days(due, stop, calendar)
    return due


def counts_workdays(trace: Trace) -> bool:
    """Whether the rule counts working days."""
    return "workdays" in trace.rule.get("due", {}).get("offset", {})


def length(first: date, last: date, calendar: Calendar, *, workdays: bool) -> int:
    """Days from `first` up to but without `last`, in the rule's own days."""
    if workdays:
        day = timedelta(days=1)
        return calendar.workdays_between(first - day, last - day)
    return (last - first).days


def by_days(due: Due, stop: Stop, calendar: Calendar) -> Due:
    """Move a day limit; a landing on a rest day rolls forward unless working days are counted."""
    workdays = counts_workdays(due.trace)
    unit = "workdays" if workdays else "days"
    first, last = civil(stop.start), civil(stop.end)
    lost = length(first, last, calendar, workdays=workdays)
    if lost == 0:
        return due
    left = length(first, due.on + timedelta(days=1), calendar, workdays=workdays)
    bare = due.bare or due.on
    moved = calendar.add_workdays(bare, lost) if workdays else bare + timedelta(days=lost)
    on = moved if workdays or not due.trace.roll else calendar.roll_forward(moved)
    steps = [
        Step("stop", on=first, text=f"{left} {unit}", basis=""),
        Step("resume", on=last, text=f"{lost} {unit}", basis=""),
        Step("carry", on=moved, text="", basis=""),
    ]
    if on != moved:
        steps.append(Step("roll", on=on, text="", basis="R-CAL-1"))
    return replace(
        due,
        at=midnight_after(on),
        on=on,
        bare=moved,
        provisional=due.provisional or calendar.is_provisional(on),
        trace=explained(due.trace, stop, midnight_after(on), steps),
    )


def by_moment(due: Due, stop: Stop) -> Due:
    """Move an hour limit by the exact span."""
    at = due.at + (stop.end - stop.start)
    steps = [
        Step("stop", on=civil(stop.start), text=minutes(due.at - stop.start), basis=""),
        Step("resume", on=civil(stop.end), text=minutes(stop.end - stop.start), basis=""),
        Step("hour_due", on=civil(at), text=f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}", basis=""),
    ]
    return replace(due, at=at, on=civil(at), trace=explained(due.trace, stop, at, steps))


def minutes(span: timedelta) -> str:
    """A span in whole minutes, as the trace words amounts."""
    return f"{int(span.total_seconds() // 60)} minutes"


def explained(trace: Trace, stop: Stop, at: datetime, steps: list[Step]) -> Trace:
    """The trace with one more stop."""
    return replace(
        trace,
        due=at.astimezone(ZONE).isoformat(),
        steps=(*trace.steps, *steps),
        stops=(*trace.stops, stop.pair()),
    )
