"""Properties of the deadline engine (security.md 11). A sample here; `make faults` draws 10,000
cases of each."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.foundation.deadlines.engine.calendar import SHIPPED_CALENDAR as CAL
from luoshi.foundation.deadlines.engine.calendar import Calendar, OutOfCalendar
from luoshi.foundation.deadlines.engine.compute import NoDate, compute, due_day
from luoshi.foundation.deadlines.engine.editions import SHIPPED, Edition
from luoshi.foundation.deadlines.engine.months import add_months
from luoshi.foundation.deadlines.engine.rule import ANCHORS, Once, RelativeDue, from_json
from luoshi.foundation.deadlines.engine.stops import recompute
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.foundation.deadlines.engine.wording import SENTENCES, lines
from tests.foundation.deadlines.strategies import CASES, DAYS, ONCE

DAY = timedelta(days=1)
UNITS = st.sampled_from(["days", "workdays", "months", "years"])
SIDES = st.sampled_from(["after", "before"])


def limit(unit: str, number: int, side: str = "after") -> Once:
    """So much after or before receipt."""
    return Once(RelativeDue("receipt", side, (unit, number)))


@given(ONCE, DAYS, st.integers(0, 20), st.booleans())
@CASES
def test_trace_recomputes_to_itself(raw: dict[str, Any], on: date, grace: int, roll: bool) -> None:
    """Features row 107, B2: a stored trace gives its own date, steps and notices again, and
    prints in both
    languages; a rule without a length has no date."""
    anchors: dict[str, date | datetime] = dict.fromkeys((*ANCHORS, "document"), on)
    try:
        due = compute(
            from_json(raw), anchors, CAL, roll=roll, grace_workdays=grace, provision="依据"
        )
    except (NoDate, OutOfCalendar):
        return
    trace = Trace.from_json(due.trace.to_json())
    again = recompute(trace, CAL)
    assert (again.at, again.trace) == (due.at, due.trace)
    assert {step.kind for step in trace.steps} <= set(SENTENCES)
    assert all(lines(trace, "zh")) and all(lines(trace, "en"))


@given(DAYS, st.integers(0, 120), UNITS, SIDES)
@CASES
def test_later_trigger_is_never_due_earlier(on: date, number: int, unit: str, side: str) -> None:
    """R-CAL-1: same rule and edition, a later trigger, not an earlier date."""
    number = number % 10 if unit == "years" else number
    rule = limit(unit, number, side)
    assert due_day(rule.due, {"receipt": on + DAY}, CAL) >= due_day(rule.due, {"receipt": on}, CAL)


@given(DAYS)
@CASES
def test_next_working_day_is_worked_and_nothing_between_is(on: date) -> None:
    """R-CAL-1, Civil Code 203: rolling stops at the first working day."""
    found = CAL.roll_forward(on)
    assert CAL.is_workday(found)
    assert [d for d in range((found - on).days) if CAL.is_workday(on + d * DAY)] == []


@given(DAYS, st.integers(0, 60), st.sampled_from(["days", "workdays", "months"]), SIDES)
@CASES
def test_skipped_days_are_the_rest_days_passed_over(
    on: date, number: int, unit: str, side: str
) -> None:
    """B2, R-CAL-3: each skipped day with its notice, and no other."""
    due = compute(limit(unit, number, side), {"receipt": on}, CAL)
    if unit == "workdays" and number:
        low, high = (on + DAY, due.on) if side == "after" else (due.on, on - DAY)
    else:
        low, high = due.raw, due.on - DAY
    days = [low + n * DAY for n in range((high - low).days + 1)]
    expected = [(d.isoformat(), CAL.kind(d).notice) for d in days if not CAL.is_workday(d)]
    assert list(due.trace.notices) == expected
    assert all(notice for _day, notice in expected)


@given(DAYS, st.integers(-400, 400))
@CASES
def test_working_days_against_slow_reference(start: date, number: int) -> None:
    """R-CAL-3: the prefix table against a day-by-day count."""
    day, left = start, abs(number)
    while left:
        day += DAY if number > 0 else -DAY
        left -= CAL.kind(day).worked
    assert CAL.add_workdays(start, number) == day


@given(st.dates(date(1992, 1, 1), date(2090, 12, 31)), st.integers(-300, 300))
@CASES
def test_months_keep_the_day_or_take_the_end(on: date, number: int) -> None:
    """R-CAL-1, Civil Code 202: the same date, else the end of the month, in leap years too."""
    found = add_months(on, number)
    assert (found.year - on.year) * 12 + found.month - on.month == number
    assert found.day == on.day or (found.day < on.day and (found + DAY).day == 1)


@given(DAYS, st.integers(1, 400))
@CASES
def test_hours_never_roll(on: date, number: int) -> None:
    """R-CAL-1, A7, Civil Code 201: hours count from the moment through every rest day."""
    event = datetime.combine(on, time(15, 10), tzinfo=UTC)
    due = compute(Once(RelativeDue("event", "after", ("hours", number))), {"event": event}, CAL)
    assert (due.at, due.provisional) == (event + timedelta(hours=number), False)


@given(st.sampled_from(SHIPPED), st.data())
@CASES
def test_make_up_days_are_working_days(edition: Edition, data: Any) -> None:
    """R-CAL-3: a limit ending on a make-up day stays there; a rest day of the notice rolls."""
    assert CAL.is_workday(data.draw(st.sampled_from(sorted(edition.work))))
    assert not CAL.is_workday(data.draw(st.sampled_from(sorted(edition.rest))))


YEAR_2027 = st.dates(date(2027, 1, 1), date(2027, 12, 31))


def with_2027(rest: set[date], work: set[date] = frozenset()) -> Calendar:
    """The shipped calendar and a notice for 2027."""
    one = Edition(2027, 1, "示例通知", date(2026, 11, 5), frozenset(rest), frozenset(work))
    return Calendar([*SHIPPED, one])


@given(st.sets(YEAR_2027, max_size=20), YEAR_2027, YEAR_2027, st.integers(0, 90), UNITS)
@CASES
def test_added_rest_day_never_moves_a_date_earlier(
    rest: set[date], extra: date, on: date, number: int, unit: str
) -> None:
    """R-CAL-3: more rest, not less time."""
    number = number % 3 if unit == "years" else number
    rule = limit(unit, number)
    before = due_day(rule.due, {"receipt": on}, with_2027(rest))
    assert due_day(rule.due, {"receipt": on}, with_2027(rest | {extra})) >= before


@given(YEAR_2027, st.sets(YEAR_2027, max_size=15), st.integers(0, 40), UNITS)
@CASES
def test_editions_that_agree_on_a_span_agree_on_its_dates(
    on: date, rest: set[date], number: int, unit: str
) -> None:
    """R-CAL-3: a notice about other days moves nothing inside the span that was consulted."""
    number = number % 2 if unit == "years" else number
    plain = with_2027(set())
    due = compute(limit(unit, number), {"receipt": on}, plain)
    outside = {day for day in rest if not on <= day <= due.on}
    assert compute(limit(unit, number), {"receipt": on}, with_2027(outside)).on == due.on


@given(DAYS, st.integers(1, 60), UNITS, st.integers(0, 9))
@CASES
def test_every_rule_against_a_slow_reference(on: date, number: int, unit: str, grace: int) -> None:
    """R-CAL-1: day by day, month by month, without the prefix table."""
    number = number % 5 + 1 if unit == "years" else number
    if unit == "workdays":
        raw, left = on, number
        while left:
            raw += DAY
            left -= CAL.kind(raw).worked
    elif unit == "days":
        raw = on + number * DAY
    else:
        count = on.year * 12 + on.month - 1 + number * (12 if unit == "years" else 1)
        first = date(count // 12, count % 12 + 1, 1)
        raw = min(first + (on.day - 1) * DAY, (first + 31 * DAY).replace(day=1) - DAY)
    for _day in range(grace):
        raw += DAY
        while not CAL.kind(raw).worked:
            raw += DAY
    while unit != "workdays" and not CAL.kind(raw).worked:
        raw += DAY
    due = compute(limit(unit, number), {"receipt": on}, CAL, grace_workdays=grace)
    assert due.on == raw


@pytest.mark.parametrize("number", [0, 1, 15, 36500])
def test_dates_beyond_the_table_are_refused(number: int) -> None:
    """R-CAL-3: outside 1990–2099 nothing is computed."""
    for unit in ("days", "workdays", "months", "years"):
        with pytest.raises(OutOfCalendar):
            compute(limit(unit, number), {"receipt": date(2100, 1, 1)}, CAL)
