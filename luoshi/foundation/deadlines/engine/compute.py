"""Compute a due instant from a rule, its anchors and a calendar, with the trace that explains it.

Start day not counted; hours from the moment and never rolled; months end on the same date, else
month end; a last day that is not worked rolls to the next working day; a day ends at 24:00
(R-CAL-1, Civil Code art. 200–203).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.months import add_months, day_in_month
from luoshi.foundation.deadlines.engine.rule import (
    CalendarDue,
    DeadlineRule,
    Once,
    RelativeDue,
)
from luoshi.foundation.deadlines.engine.trace import Step, Trace

ZONE = ZoneInfo("Asia/Shanghai")
Anchors = Mapping[str, date | datetime]


class NeedsAnchor(LookupError):
    """The rule's anchor has no date yet; `anchor` names it."""

    def __init__(self, anchor: str) -> None:
        super().__init__(anchor)
        self.anchor = anchor


class NoDate(ValueError):
    """The rule has no single date (vague, recurring, a trigger without length)."""


@dataclass(frozen=True)
class Due:
    """`at`: the instant the limit passes (exclusive, UTC-aware); `on`: its civil date; `raw`: the
    day before rolling; `provisional`: a year without a notice was touched; `bare`: the day a
    stopped clock moved it to, before rolling."""

    at: datetime
    on: date
    raw: date
    hourly: bool
    provisional: bool
    trace: Trace
    bare: date | None = None


def civil(value: date | datetime) -> date:
    """The civil date of an anchor."""
    return value.astimezone(ZONE).date() if isinstance(value, datetime) else value


def midnight_after(on: date) -> datetime:
    """24:00 of a day."""
    return datetime.combine(on + timedelta(days=1), time(0), tzinfo=ZONE)


def compute(
    rule: DeadlineRule,
    anchors: Anchors,
    calendar: Calendar,
    *,
    roll: bool = True,
    grace_workdays: int = 0,
    provision: str = "",
) -> Due:
    """The due date of a once-rule. Raises `NeedsAnchor` when its anchor is unknown and `NoDate`
    when the rule has no single date."""
    if not isinstance(rule, Once):
        raise NoDate("only a single limit has one date")
    due = rule.due
    if isinstance(due, RelativeDue):
        if due.offset and due.offset[0] in {"hours", "minutes"}:
            return from_moment(rule, due, anchors, calendar, provision)
        raw, counted, start = relative_day(due, anchors, calendar)
        name = due.anchor
    else:
        raw, counted, start = calendar_day(due, anchors), False, None
        name = "calendar"
    return finish(
        rule,
        calendar,
        anchors=anchors,
        name=name,
        start=start,
        raw=raw,
        counted=counted,
        roll=roll,
        grace=grace_workdays,
        provision=provision,
        hour=due.hour if isinstance(due, CalendarDue) else None,
    )


def anchor_of(name: str, anchors: Anchors) -> date | datetime:
    """The anchor's value or `NeedsAnchor`."""
    if name not in anchors:
        raise NeedsAnchor(name)
    return anchors[name]


def relative_day(due: RelativeDue, anchors: Anchors, calendar: Calendar) -> tuple[date, bool, date]:
    """The raw day, whether it came from counting working days, and the start day."""
    start = civil(anchor_of(due.anchor, anchors))
    if due.offset is None:
        raise NoDate("the trigger has no length")
    unit, number = due.offset
    signed = -number if due.dir == "before" else number
    if unit == "workdays":
        return calendar.add_workdays(start, signed), True, start
    if unit == "days":
        return start + timedelta(days=signed), False, start
    return add_months(start, signed * (12 if unit == "years" else 1)), False, start


def calendar_day(due: CalendarDue, anchors: Anchors) -> date:
    """The day a calendar limit names; a missing year is the document's."""
    base = anchors.get("document") or anchors.get("issue")
    if due.week is not None:
        start = civil(anchor_of("document", anchors) if base is None else base)
        monday = start - timedelta(days=start.weekday()) + timedelta(weeks=int(due.week))
        return monday + timedelta(days=(due.weekday or 7) - 1)
    year, month = due.year, due.month
    if not isinstance(year, int) or not isinstance(month, int):
        start = civil(anchor_of("document", anchors) if base is None else base)
        if isinstance(month, str):
            moved = add_months(start.replace(day=1), int(month))
            return day_in_month(moved.year, moved.month, due.day)
        year = year if isinstance(year, int) else start.year + int(year or 0)
        month = month or 12
    return day_in_month(year, month, due.day)


def from_moment(
    rule: Once, due: RelativeDue, anchors: Anchors, calendar: Calendar, provision: str
) -> Due:
    """Hours and minutes count from the moment and never roll (decision 4)."""
    moment = anchor_of(due.anchor, anchors)
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(0), tzinfo=ZONE)
    unit, number = due.offset or ("hours", 0)
    length = timedelta(hours=number) if unit == "hours" else timedelta(minutes=number)
    at = moment + (-length if due.dir == "before" else length)
    on = civil(at)
    local, end = moment.astimezone(ZONE), at.astimezone(ZONE)
    steps = (
        Step("start_moment", on=civil(moment), text=f"{local:%Y-%m-%d %H:%M}", basis=due.anchor),
        Step("add", on=on, text=f"{number} {unit}", basis=provision),
        Step("hour_due", on=on, text=f"{end:%Y-%m-%d %H:%M}", basis="R-CAL-1"),
    )
    trace = Trace(
        rule=rule.to_json(),
        anchors={due.anchor: local.isoformat()},
        roll=False,
        grace=0,
        due=end.isoformat(),
        steps=steps,
        notices=(),
        provision=provision,
    )
    return Due(at, on, on, hourly=True, provisional=False, trace=trace)


def finish(
    rule: Once,
    calendar: Calendar,
    *,
    anchors: Anchors,
    name: str,
    start: date | None,
    raw: date,
    counted: bool,
    roll: bool,
    grace: int,
    provision: str,
    hour: int | None,
) -> Due:
    """Add grace, roll, and write the trace."""
    base = calendar.add_workdays(raw, grace) if grace else raw
    before = isinstance(rule.due, RelativeDue) and rule.due.dir == "before"
    rolls = roll and not counted and not before
    on = calendar.roll_forward(base) if rolls else base
    steps = []
    if start is not None:
        steps.append(Step("start", on=start, text="", basis=name))
    length = next(iter(rule.due.to_json().get("offset", {}).items()), None)
    steps.append(
        Step("add", on=raw, text=f"{length[1]} {length[0]}" if length else "", basis=provision)
    )
    if grace:
        steps.append(Step("grace", on=base, text=f"{grace} workdays", basis=provision))
    skipped: tuple[tuple[str, str], ...] = ()
    if counted and start is not None:
        low, high = min(start, on), max(start, on)
        skipped = tuple((d.isoformat(), n) for d, n in calendar.rest_days(low, high))
    elif on != base:
        span = calendar.rest_days(base - timedelta(days=1), on - timedelta(days=1))
        skipped = tuple((d.isoformat(), n) for d, n in span)
        steps.append(Step("roll", on=on, text=str(len(skipped)), basis="R-CAL-1"))
    elif rolls and calendar.kind(on).makeup:
        steps.append(Step("makeup", on=on, text="", basis=calendar.kind(on).notice))
    provisional = any(calendar.is_provisional(d) for d in {raw, on, start or on})
    if provisional:
        steps.append(Step("provisional", on=on, text=str(on.year), basis="R-CAL-3"))
    at = (
        datetime.combine(on, time(0), tzinfo=ZONE) + timedelta(hours=hour)
        if hour is not None
        else midnight_after(on)
    )
    used = {name: anchors[name]} if name in anchors else dict(anchors)
    trace = Trace(
        rule=rule.to_json(),
        anchors={key: civil(value).isoformat() for key, value in used.items()},
        roll=roll,
        grace=grace,
        due=at.isoformat(),
        steps=tuple(steps),
        notices=skipped,
        provision=provision,
    )
    return Due(at, on, raw, hourly=hour is not None, provisional=provisional, trace=trace)
