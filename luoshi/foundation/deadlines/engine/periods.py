"""Recurring rules → the duties of a span: one `Occurrence` per period, with its own trace.

A quarter that ends less than `skip_first_days` after the start is skipped (A5). Rolled dates may
leave their period; `key` names the period, so a duty is made once. "Twice a year" without dates is
two duties of the year, both by its end. Rules of every hour have no days, and rules of every term
need the term's dates.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.compute import Due, calendar_day, compute
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
Term = tuple[date, date]


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


@dataclass(frozen=True)
class Point:
    """A day a rule names inside a period, before rolling."""

    key: str
    day: date
    partial: bool = False
    hour: int | None = None


def spans(rule: Recurring, start: date, until: date, term: Term | None) -> Iterator[Span]:
    """The periods that end on or after `start` and begin on or before `until`."""
    if rule.every in MONTHS:
        yield from month_spans(MONTHS[rule.every] * rule.n, start, until)
    elif rule.every == "half_month":
        yield from joined(half_months(start, until), rule.n)
    elif rule.every in {"week", "day"}:
        length = (7 if rule.every == "week" else 1) * rule.n
        first = start - timedelta(days=start.weekday() if rule.every == "week" else 0)
        while first <= until:
            yield Span(first.isoformat(), first, first + timedelta(days=length - 1))
            first += timedelta(days=length)
    elif rule.every == "term" and term is not None and term[1] >= start and term[0] <= until:
        yield Span(f"T{term[0]:%Y-%m}", *term)


def joined(halves: Iterator[Span], n: int) -> Iterator[Span]:
    """Every n half months as one period."""
    for first in halves:
        last = first
        for _number in range(n - 1):
            last = next(half_months(last.last + timedelta(days=1), date.max))
        yield Span(first.key, first.first, last.last)
        for _number in range(n - 1):
            next(halves, None)


def month_spans(width: int, start: date, until: date) -> Iterator[Span]:
    """Periods of `width` months, aligned to the calendar year."""
    month = (start.month - 1) // width * width + 1 if width <= 12 else 1
    first = date(start.year, month, 1)
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


def points_of(rule: Recurring, span: Span, start: date, calendar: Calendar) -> list[Point]:
    """The days a period asks for; none named = its last day, as often as the rule says. Months
    beyond the period's own length are months of the year ("half-yearly, by 20 June and 20
    December"): each belongs to the period that holds it."""
    width = MONTHS.get(rule.every, 12) * rule.n
    moments = [dict(moment) for moment in rule.at]
    of_year = any(int(at.get("month", 1)) > width for at in moments)
    if of_year:
        months = range(span.first.month, span.last.month + 1)
        moments = [at for at in moments if int(at.get("month", 0)) in months]
    found = [(moment_day(at, span, calendar, of_year), at.get("hour")) for at in moments]
    if not rule.at:
        found = [(span.last, None)] * rule.times
    single = len(found) == 1
    return [
        Point(
            span.key if single else f"{span.key}.{number}",
            day,
            span.first < start,
            int(hour) if hour is not None else None,
        )
        for number, (day, hour) in enumerate(found, start=1)
    ]


def moment_day(at: Mapping[str, Any], span: Span, calendar: Calendar, of_year: bool) -> date:
    """One named day: weekday, n-th working day, month with day, in this or the next month; a clock
    time alone is one of the period's last day."""
    first, last = span.first, span.last
    if at.get("next"):
        first = span.last + timedelta(days=1)
        last = month_end(first.year, first.month)
    if "month" in at:
        month = int(at["month"])
        first = date(first.year, month, 1) if of_year else add_months(first, month - 1)
        last = month_end(first.year, first.month)
    if "weekday" in at:
        return first + timedelta(days=(int(at["weekday"]) - first.weekday() - 1) % 7)
    if "workday" in at:
        number = int(at["workday"])
        if number < 0:
            return calendar.add_workdays(last + timedelta(days=1), number)
        return calendar.add_workdays(first - timedelta(days=1), number)
    if "day" in at or "month" in at or at.get("next"):
        return day_in_month(first.year, first.month, at.get("day"))
    return last


def occurrences(
    rule: DeadlineRule,
    *,
    start: date,
    until: date,
    calendar: Calendar,
    roll: bool = True,
    grace_workdays: int = 0,
    skip_first_days: int = 0,
    provision: str = "",
    term: Term | None = None,
) -> list[Occurrence]:
    """The duties of periods beginning in [start, until]; empty for rules without periods."""
    found: dict[str, Occurrence] = {}
    for point in days_of(rule, start, until, calendar, term):
        if point.day < start or (point.day - start).days < skip_first_days:
            continue
        day = point.day
        due = compute(
            Once(CalendarDue(day.year, day.month, day.day, point.hour)),
            {"document": start},
            calendar,
            roll=roll,
            grace_workdays=grace_workdays,
            provision=provision,
        )
        found.setdefault(point.key, Occurrence(point.key, due, point.partial))
    return list(found.values())


def days_of(
    rule: DeadlineRule, start: date, until: date, calendar: Calendar, term: Term | None
) -> Iterator[Point]:
    """Every day the rule names, in order."""
    if isinstance(rule, Recurring):
        for span in spans(rule, start, until, term):
            yield from points_of(rule, span, start, calendar)
    elif isinstance(rule, Dates):
        years = range(start.year, until.year + 2)
        named = {point_day(point, year, start) for year in years for point in rule.points}
        for day, hour in sorted(named, key=lambda one: (one[0], one[1] or 0)):
            if start <= day and (day <= until or add_months(day, -6) <= until):
                yield Point(day.isoformat(), day, hour=hour)
    elif isinstance(rule, Period) and rule.end is not None:
        raw = calendar_day(rule.end, {"document": start})
        yield Point("end", raw.day, hour=raw.hour)


def point_day(point: str | CalendarDue, year: int, start: date) -> tuple[date, int | None]:
    """A named or written point of a year, with its clock time. One without a year comes every
    year; one with a year, a week or a relative month only once, seen from the start."""
    if isinstance(point, str):
        return date(year, *NAMED[point]), None
    if point.year is None and isinstance(point.month, int):
        return day_in_month(year, point.month, point.day), point.hour
    return calendar_day(point, {"document": start}).day, point.hour
