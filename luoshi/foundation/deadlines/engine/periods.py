"""Recurring rules → the duties of a span: one `Occurrence` per period, with its own trace.

A quarter that ends less than `skip_first_days` after the start is skipped (A5). Rolled dates may
leave their period; `key` names the period, so a duty is made once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.compute import Due, compute
from luoshi.foundation.deadlines.engine.months import add_months, day_in_month, month_end
from luoshi.foundation.deadlines.engine.rule import (
    CalendarDue,
    Dates,
    DeadlineRule,
    Once,
    Period,
    Recurring,
)

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
NAMED = {"mid_year": (6, 30), "year_end": (12, 31)}


@dataclass(frozen=True)
class Span:
    """One period: its key, first and last day."""

    key: str
    first: date
    last: date


@dataclass(frozen=True)
class Occurrence:
    """A dated duty of one period; `partial`: the period had begun before the rule took effect."""

    key: str
    due: Due
    partial: bool


def spans(rule: Recurring, start: date, until: date) -> Iterator[Span]:
    """The periods that end on or after `start` and begin on or before `until`."""
    if rule.every in MONTHS:
        yield from month_spans(MONTHS[rule.every] * rule.n, start, until)
    elif rule.every == "half_month":
        yield from half_months(start, until)
    elif rule.every in {"week", "day"}:
        length = (7 if rule.every == "week" else 1) * rule.n
        first = start - timedelta(days=start.weekday() if rule.every == "week" else 0)
        while first <= until:
            yield Span(first.isoformat(), first, first + timedelta(days=length - 1))
            first += timedelta(days=length)


def month_spans(width: int, start: date, until: date) -> Iterator[Span]:
    """Periods of `width` months, aligned to the calendar year."""
    first = date(start.year, (start.month - 1) // width * width + 1, 1) if width <= 12 else start
    while first <= until:
        end = add_months(first, width - 1)
        last = month_end(end.year, end.month)
        yield Span(month_key(first, width), first, last)
        first = last + timedelta(days=1)


def month_key(first: date, width: int) -> str:
    """2026-03, 2026Q1, 2026H1 or 2026."""
    names = {3: f"{first.year}Q{(first.month + 2) // 3}", 12: str(first.year)}
    names[6] = f"{first.year}H{1 if first.month < 7 else 2}"
    return names.get(width, f"{first:%Y-%m}")


def period_start(key: str) -> date | None:
    """The first day of the period a key names (2026Q1, 2026H1, 2026, 2026-03, 2026-03a, a week's
    first day); None for a key that names no period."""
    head = key.split(".", 1)[0]
    year, rest = head[:4], head[4:]
    if not year.isdigit():
        return None
    if rest in {"", "Q1", "Q2", "Q3", "Q4", "H1", "H2"}:
        width = {"Q": 3, "H": 6}.get(rest[:1], 0)
        return date(int(year), (int(rest[1:] or 1) - 1) * width + 1, 1)
    parts = rest.strip("-").rstrip("ab").split("-")
    if not all(part.isdigit() for part in parts):
        return None
    day = int(parts[1]) if len(parts) > 1 else 16 if rest.endswith("b") else 1
    return date(int(year), int(parts[0]), day)


def half_months(start: date, until: date) -> Iterator[Span]:
    """1–15 and 16–end of each month."""
    first = start.replace(day=1 if start.day <= 15 else 16)
    while first <= until:
        early = first.day == 1
        last = first.replace(day=15) if early else month_end(first.year, first.month)
        yield Span(f"{first:%Y-%m}{'a' if early else 'b'}", first, last)
        first = last + timedelta(days=1)


def moments_of(rule: Recurring, span: Span, calendar: Calendar) -> list[date]:
    """The days inside (or after) a period that the rule names; none named = its last day."""
    if not rule.at:
        return [span.last]
    return [moment_day(dict(moment), span, calendar) for moment in rule.at]


def moment_day(at: Mapping[str, Any], span: Span, calendar: Calendar) -> date:
    """One named day: weekday, day, month with day, n-th working day, or in the next month."""
    first = span.first
    if "weekday" in at:
        return first + timedelta(days=(int(at["weekday"]) - first.weekday() - 1) % 7)
    if "workday" in at:
        number = int(at["workday"])
        if number < 0:
            return calendar.add_workdays(span.last + timedelta(days=1), number)
        return calendar.add_workdays(first - timedelta(days=1), number)
    if at.get("next"):
        first = span.last + timedelta(days=1)
    month = add_months(first, int(at.get("month", 1)) - 1)
    return day_in_month(month.year, month.month, at.get("day"))


def occurrences(
    rule: DeadlineRule,
    *,
    start: date,
    until: date,
    calendar: Calendar,
    grace_workdays: int = 0,
    skip_first_days: int = 0,
    provision: str = "",
) -> list[Occurrence]:
    """The duties of periods beginning in [start, until]; empty for rules without periods."""
    found = []
    for key, raw, partial in days_of(rule, start, until, calendar):
        if raw < start or (raw - start).days < skip_first_days:
            continue
        once = Once(CalendarDue(raw.year, raw.month, raw.day))
        due = compute(
            once,
            {"document": start},
            calendar,
            grace_workdays=grace_workdays,
            provision=provision,
        )
        found.append(Occurrence(key, due, partial))
    return found


def days_of(
    rule: DeadlineRule, start: date, until: date, calendar: Calendar
) -> Iterator[tuple[str, date, bool]]:
    """(key, raw day, partial) of every period or point."""
    if isinstance(rule, Recurring):
        for span in spans(rule, start, until):
            days = moments_of(rule, span, calendar)
            for number, day in enumerate(days):
                key = span.key if len(days) == 1 else f"{span.key}.{number + 1}"
                yield key, day, span.first < start
    elif isinstance(rule, Dates):
        for year in range(start.year, until.year + 2):
            for point in rule.points:
                day = point_day(point, year)
                if start <= day and (day <= until or add_months(day, -6) <= until):
                    yield day.isoformat(), day, False
    elif isinstance(rule, Period) and rule.end is not None:
        due = compute(Once(rule.end), {"document": start}, calendar, roll=False)
        yield "end", due.raw, False


def point_day(point: str | CalendarDue, year: int) -> date:
    """A named or written point of a year."""
    if isinstance(point, str):
        return date(year, *NAMED[point])
    month = point.month if isinstance(point.month, int) else 12
    return day_in_month(point.year if isinstance(point.year, int) else year, month, point.day)
