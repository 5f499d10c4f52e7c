"""Stopped clocks in the pure engine: properties of security.md 11."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.foundation.deadlines.engine.calendar import SHIPPED_CALENDAR
from luoshi.foundation.deadlines.engine.compute import ZONE, Due, compute
from luoshi.foundation.deadlines.engine.periods import period_start
from luoshi.foundation.deadlines.engine.rule import Once, RelativeDue
from luoshi.foundation.deadlines.engine.stops import Stop, carried, recompute
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.foundation.deadlines.engine.wording import lines

STARTS = st.dates(date(2025, 1, 1), date(2026, 10, 1))
UNITS = st.sampled_from(["days", "workdays", "months", "hours"])
SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), max_size=4)


def moment(on: date, hour: int = 10) -> datetime:
    """An instant of a day in the office's zone."""
    return datetime(on.year, on.month, on.day, hour, tzinfo=ZONE)


def due_of(start: date, unit: str, number: int) -> Due:
    """A limit counted from a receipt."""
    rule = Once(RelativeDue("receipt", "after", (unit, number)))
    return compute(rule, {"receipt": moment(start)}, SHIPPED_CALENDAR)


def stops_of(start: date, spans: list[tuple[int, int]]) -> list[Stop]:
    """Stops one behind the other, each given by its gap and its length in days."""
    found, at = [], moment(start)
    for gap, length in spans:
        begin = at + timedelta(days=gap)
        at = begin + timedelta(days=length)
        found.append(Stop(begin, at).since(moment(start)))
    return found


@given(STARTS, UNITS, st.integers(1, 40), SPANS)
@settings(max_examples=10_000, deadline=None)
def test_stops_commute_with_recomputation(
    start: date, unit: str, number: int, spans: list[tuple[int, int]]
) -> None:
    """B2, features row 20: the stored trace, read back and computed again, gives the same date; a
    stop never makes a limit earlier; the order in which stops are handed in does not matter."""
    bare, stops = due_of(start, unit, number), stops_of(start, spans)
    due = carried(bare, stops, SHIPPED_CALENDAR)
    assert due.at >= bare.at
    trace = Trace.from_json(due.trace.to_json())
    assert recompute(trace, SHIPPED_CALENDAR).at == due.at
    assert carried(bare, reversed(stops), SHIPPED_CALENDAR).at == due.at
    one_by_one = bare
    for stop in stops:
        one_by_one = carried(
            recompute(one_by_one.trace, SHIPPED_CALENDAR), [stop], SHIPPED_CALENDAR
        )
    assert one_by_one.at == due.at
    assert len(lines(trace, "zh")) == len(lines(trace, "en"))


@given(STARTS, UNITS, st.integers(5, 40), st.integers(1, 4), st.integers(2, 30), st.integers(1, 29))
@settings(max_examples=10_000, deadline=None)
def test_a_stop_cut_in_two_is_the_same_stop(
    start: date, unit: str, number: int, gap: int, length: int, cut: int
) -> None:
    """Features row 20: resuming and stopping again at the same minute changes nothing."""
    bare = due_of(start, unit, number)
    begin = moment(start) + timedelta(days=gap)
    end = begin + timedelta(days=length)
    middle = begin + timedelta(days=min(cut, length - 1))
    whole = carried(bare, [Stop(begin, end)], SHIPPED_CALENDAR)
    halves = carried(bare, [Stop(begin, middle), Stop(middle, end)], SHIPPED_CALENDAR)
    assert halves.at == whole.at


def test_period_keys_name_their_first_day() -> None:
    """TR-01, TR-05: 2026Q2, 2026H2, 2026, 2026-03, 2026-03b, a week's first day; others none."""
    assert [
        period_start(key)
        for key in ("2026Q2", "2026H2", "2026", "2026-03", "2026-03b", "2026-03-02", "-", "end")
    ] == [
        date(2026, 4, 1),
        date(2026, 7, 1),
        date(2026, 1, 1),
        date(2026, 3, 1),
        date(2026, 3, 16),
        date(2026, 3, 2),
        None,
        None,
    ]
