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
    return carried(without_stops(trace, calendar), stops_of(trace), calendar)


def stops_of(trace: Trace) -> list[Stop]:
    """The stops a stored trace took out of its time."""
    return [
        Stop(datetime.fromisoformat(start), datetime.fromisoformat(end))
        for start, end in trace.stops
    ]


def without_stops(trace: Trace, calendar: Calendar) -> Due:
    """The date of a stored trace as if the clock had never stood still: the original limit."""
    anchors: dict[str, date | datetime] = {}
    for name, text in trace.anchors.items():
        moment = "T" in text
        anchors[name] = datetime.fromisoformat(text) if moment else date.fromisoformat(text)
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
            by_hours = offset_units(due.trace) & {"hours", "minutes"}
            due = by_moment(due, stop) if by_hours else by_days(due, stop, calendar)
    return due


def offset_units(trace: Trace) -> set[str]:
    """The unit the rule counts in: days, workdays, months, hours …; empty for a calendar date."""
    return set(trace.rule.get("due", {}).get("offset") or {})


def rolls(trace: Trace) -> bool:
    """Whether a landing on a rest day rolls forward: not by working days, not backwards."""
    backwards = trace.rule.get("due", {}).get("dir") == "before"
    return trace.roll and not backwards and "workdays" not in offset_units(trace)


def midnight(on: date) -> datetime:
    """00:00 of a day."""
    return midnight_after(on - timedelta(days=1))


def length(first: date, last: date, calendar: Calendar, *, workdays: bool) -> int:
    """Days from `first` up to but without `last`, in the rule's own days."""
    if workdays:
        day = timedelta(days=1)
        return calendar.workdays_between(first - day, last - day)
    return (last - first).days


def by_days(due: Due, stop: Stop, calendar: Calendar) -> Due:
    """Move a day limit; a landing on a rest day rolls forward as the rule's own last day would,
    and a limit with a clock time keeps it."""
    workdays = "workdays" in offset_units(due.trace)
    unit = "workdays" if workdays else "days"
    first, last = civil(stop.start), civil(stop.end)
    lost = length(first, last, calendar, workdays=workdays)
    if lost == 0:
        return due
    left = length(first, due.on + timedelta(days=1), calendar, workdays=workdays)
    bare = due.bare or due.on
    moved = calendar.add_workdays(bare, lost) if workdays else bare + timedelta(days=lost)
    on = calendar.roll_forward(moved) if rolls(due.trace) else moved
    at = midnight(on) + (due.at - midnight(due.on))
    steps = [
        Step("stop", on=first, text=f"{left} {unit}", basis=""),
        Step("resume", on=last, text=f"{lost} {unit}", basis=""),
        Step("carry", on=moved, text="", basis=""),
    ]
    if on != moved:
        steps.append(Step("roll", on=on, text="", basis="R-CAL-1"))
    steps.extend(replace(step, on=on) for step in due.trace.steps if step.kind == "ends")
    consulted = workdays or rolls(due.trace)
    trace = explained(due.trace, stop, at, steps)
    editions = {**trace.editions, **(calendar.numbers(first, on) if consulted else {})}
    return replace(
        due,
        at=at,
        on=on,
        bare=moved,
        provisional=due.provisional or (consulted and bool(calendar.unknown_years(first, on))),
        trace=replace(trace, editions=editions),
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
        steps=(*(step for step in trace.steps if step.kind != "ends"), *steps),
        stops=(*trace.stops, stop.pair()),
    )
