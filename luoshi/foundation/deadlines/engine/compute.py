"""Compute a due instant from a rule, its anchors and a calendar, with the trace that explains it.

Start day not counted; hours from the moment and never rolled; months end on the same date, else
month end; a last day that is not worked rolls to the next working day; a day ends at 24:00
(R-CAL-1, Civil Code art. 200–203).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from luoshi.foundation.deadlines.engine.calendar import Calendar, OutOfCalendar
from luoshi.foundation.deadlines.engine.months import add_months, day_in_month, has_day
from luoshi.foundation.deadlines.engine.rule import (
    CalendarDue,
    DeadlineRule,
    DueSpec,
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
    day before rolling; `provisional`: a year without a notice was consulted; `bare`: the day a
    stopped clock moved it to, before rolling."""

    at: datetime
    on: date
    raw: date
    hourly: bool
    provisional: bool
    trace: Trace
    bare: date | None = None


@dataclass(frozen=True)
class Raw:
    """The day a rule names before grace and rolling. `counted`: by working days; `backwards`: a
    limit before its anchor, which no rest day moves later; `notes`: what was assumed on the way."""

    day: date
    anchor: str
    start: date | None = None
    length: str = ""
    counted: bool = False
    backwards: bool = False
    hour: int | None = None
    notes: tuple[Step, ...] = ()


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
    """The due date of a once-rule. Raises `NeedsAnchor` when its anchor is unknown, `NoDate` when
    the rule has no single date, `OutOfCalendar` when the date lies outside 1990–2099."""
    if not isinstance(rule, Once):
        raise NoDate("only a single limit has one date")
    due = rule.due
    if isinstance(due, RelativeDue) and due.offset and due.offset[0] in {"hours", "minutes"}:
        return from_moment(rule, due, anchors, calendar, provision)
    raw = raw_day(due, anchors, calendar)
    used = {raw.anchor: anchors[raw.anchor]} if raw.anchor in anchors else dict(anchors)
    trace = Trace(
        rule=rule.to_json(),
        anchors={key: civil(value).isoformat() for key, value in used.items()},
        roll=roll,
        grace=grace_workdays,
        due="",
        steps=(),
        notices=(),
        provision=provision,
    )
    return finish(raw, trace, calendar)


def due_day(due: DueSpec, anchors: Anchors, calendar: Calendar) -> date:
    """The day of a limit in days or longer, without the trace: for figures over many rows
    (security.md 11; 200,000 a second)."""
    raw = raw_day(due, anchors, calendar)
    return raw.day if raw.counted or raw.backwards else calendar.roll_forward(raw.day)


def anchor_of(name: str, anchors: Anchors) -> date | datetime:
    """The anchor's value or `NeedsAnchor`."""
    if name not in anchors:
        raise NeedsAnchor(name)
    return anchors[name]


def raw_day(due: DueSpec, anchors: Anchors, calendar: Calendar) -> Raw:
    """The day a limit names before rolling."""
    try:
        if isinstance(due, RelativeDue):
            return relative_day(due, anchors, calendar)
        return calendar_day(due, anchors)
    except OverflowError as error:
        raise OutOfCalendar(str(error)) from error


def relative_day(due: RelativeDue, anchors: Anchors, calendar: Calendar) -> Raw:
    """So much after or before an anchor; the start day is not counted. Nought working days are
    the anchor's own day, which rolls like any other."""
    start = civil(anchor_of(due.anchor, anchors))
    if due.offset is None:
        raise NoDate("the trigger has no length")
    unit, number = due.offset
    back = due.dir == "before"
    signed = -number if back else number
    if unit == "workdays":
        day = calendar.add_workdays(start, signed)
    elif unit == "days":
        day = start + timedelta(days=signed)
    else:
        day = add_months(start, signed * (12 if unit == "years" else 1))
    counted = unit == "workdays" and number > 0
    return Raw(day, due.anchor, start, f"{number} {unit}", counted, backwards=back)


def calendar_day(due: CalendarDue, anchors: Anchors) -> Raw:
    """The day a calendar limit names. A year that is not said is that of the plan, else the
    document's; a day more than half a year before the document is the next year's (a December
    notice that says 10 January)."""
    base, taken = anchors.get("document") or anchors.get("issue"), "year_taken"
    bare = due.year is None and due.week is None and isinstance(due.month, int)
    if bare and (planned := anchors.get("plan")):
        base, taken = planned, "year_planned"
    whole = isinstance(due.year, int) and isinstance(due.month, int) and due.week is None
    start = date.min if whole else civil(anchor_of("document", anchors) if base is None else base)
    if due.week is not None:
        monday = start - timedelta(days=start.weekday()) + timedelta(weeks=int(due.week))
        day = monday + timedelta(days=(due.weekday or 7) - 1)
        return Raw(day, "calendar", hour=due.hour)
    if isinstance(due.month, str):
        start = add_months(start.replace(day=1), int(due.month))
        month = start.month
    else:
        month = due.month or 12
    year = due.year if isinstance(due.year, int) else start.year + int(due.year or 0)
    day = day_in_month(year, month, due.day)
    notes: tuple[Step, ...] = ()
    if due.year is None and not isinstance(due.month, str):
        if add_months(day, 6) < start:
            day = day_in_month(year + 1, month, due.day)
        notes = (Step(taken, on=day, text=str(day.year), basis=""),)
    if not has_day(day.year, day.month, due.day):
        notes += (Step("clamped", on=day, text=f"{month}-{due.day}", basis=""),)
    return Raw(day, "calendar", hour=due.hour, notes=notes)


def from_moment(
    rule: Once, due: RelativeDue, anchors: Anchors, calendar: Calendar, provision: str
) -> Due:
    """Hours and minutes count from the moment and never roll (decision 4); an anchor without a
    clock time counts from 00:00 of its day, and the trace says so."""
    moment = anchor_of(due.anchor, anchors)
    notes: tuple[Step, ...] = ()
    if not isinstance(moment, datetime):
        notes = (Step("no_clock", on=moment, text="", basis=due.anchor),)
        moment = datetime.combine(moment, time(0), tzinfo=ZONE)
    unit, number = due.offset or ("hours", 0)
    length = timedelta(hours=number) if unit == "hours" else timedelta(minutes=number)
    at = moment + (-length if due.dir == "before" else length)
    on = civil(at)
    calendar.index(on)
    local, end = moment.astimezone(ZONE), at.astimezone(ZONE)
    steps = (
        Step("start_moment", on=civil(moment), text=f"{local:%Y-%m-%d %H:%M}", basis=due.anchor),
        *notes,
        Step("add", on=on, text=f"{number} {unit}", basis=provision),
        Step("hour_due", on=on, text=f"{end:%Y-%m-%d %H:%M}", basis="R-CAL-1"),
    )
    trace = Trace(
        rule=rule.to_json(),
        anchors={due.anchor: civil(moment).isoformat() if notes else local.isoformat()},
        roll=False,
        grace=0,
        due=end.isoformat(),
        steps=steps,
        notices=(),
        provision=provision,
    )
    return Due(at, on, on, hourly=True, provisional=False, trace=trace)


def finish(raw: Raw, trace: Trace, calendar: Calendar) -> Due:
    """Add grace, roll, and write the steps, the skipped days and the editions consulted."""
    base = calendar.add_workdays(raw.day, trace.grace)
    rolls = trace.roll and not raw.counted and not raw.backwards
    on = calendar.roll_forward(base) if rolls else base
    calendar.index(on)
    skipped = skipped_days(raw, base, on, calendar)
    first = raw.start if raw.counted and raw.start else raw.day
    consulted = bool(raw.counted or rolls or trace.grace)
    unknown = calendar.unknown_years(first, on) if consulted else ()
    steps = opening(raw, trace)
    if trace.grace:
        steps.append(Step("grace", on=base, text=f"{trace.grace} workdays", basis=trace.provision))
    kind = calendar.kind(on)
    if on != base:
        steps.append(Step("roll", on=on, text=str(len(skipped)), basis="R-CAL-1"))
    elif kind.makeup and rolls:
        steps.append(Step("makeup", on=on, text="", basis=kind.notice))
    elif not kind.worked and raw.backwards:
        steps.append(Step("before_rest", on=calendar.add_workdays(on, -1), text="", basis=""))
    if unknown:
        years = "、".join(str(year) for year in unknown)
        steps.append(Step("provisional", on=on, text=years, basis="R-CAL-3"))
    at = midnight_after(on)
    if raw.hour is not None:
        at = datetime.combine(on, time(0), tzinfo=ZONE) + timedelta(hours=raw.hour)
    steps.append(Step("ends", on=on, text=f"{24 if raw.hour is None else raw.hour}:00", basis=""))
    whole = replace(
        trace,
        due=at.isoformat(),
        steps=tuple(steps),
        notices=skipped,
        editions=calendar.numbers(first, on) if consulted else {},
    )
    return Due(at, on, raw.day, raw.hour is not None, bool(unknown), whole)


def opening(raw: Raw, trace: Trace) -> list[Step]:
    """The first steps: where counting starts, what was assumed, the day the limit names."""
    steps = list(raw.notes)
    if raw.start is not None:
        steps.insert(0, Step("start", on=raw.start, text="", basis=raw.anchor))
    steps.append(Step("add", on=raw.day, text=raw.length, basis=trace.provision))
    return steps


def skipped_days(raw: Raw, base: date, on: date, calendar: Calendar) -> tuple[tuple[str, str], ...]:
    """Every day that was passed over because it is not worked, with the notice that says so."""
    day = timedelta(days=1)
    spans = []
    if raw.counted and raw.start is not None:
        spans.append((raw.start, on) if on >= raw.start else (on, raw.start - day))
    if base != raw.day:
        spans.append((raw.day, base))
    if on != base:
        spans.append((base - day, on - day))
    found = dict(pair for low, high in spans for pair in calendar.rest_days(low, high))
    return tuple((day.isoformat(), notice) for day, notice in sorted(found.items()))
