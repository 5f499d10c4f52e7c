"""Recurring rules, named points and spans → the duties of a period."""

from datetime import date
from typing import Any

import pytest

from luoshi.foundation.deadlines.engine.calendar import SHIPPED_CALENDAR as CAL
from luoshi.foundation.deadlines.engine.periods import occurrences
from luoshi.foundation.deadlines.engine.rule import from_json


def due(raw: dict[str, Any], start: str, until: str, **more: Any) -> list[tuple[str, str]]:
    """(period, date) pairs."""
    found = occurrences(
        from_json(raw),
        start=date.fromisoformat(start),
        until=date.fromisoformat(until),
        calendar=CAL,
        **more,
    )
    return [(one.key, one.due.on.isoformat()) for one in found]


def every(unit: str, **more: Any) -> dict[str, Any]:
    """A recurring rule."""
    return {"type": "recurring", "every": unit, **more}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (every("half_month"), [("2026-03a", "2026-03-16"), ("2026-03b", "2026-03-31")]),
        (every("half_month", n=2), [("2026-03a", "2026-03-31")]),
        (
            every("week", at={"weekday": 5}, n=2),
            [
                ("2026-03-02", "2026-03-06"),
                ("2026-03-16", "2026-03-20"),
                ("2026-03-30", "2026-04-03"),
            ],
        ),
        (every("month", at={"workday": -1}), [("2026-03", "2026-03-31")]),
        (every("month", at={"next": True, "day": 5}), [("2026-03", "2026-04-07")]),
        (every("quarter", at={"month": 1, "day": 10}), []),
        (every("quarter", at={"month": 3, "day": "mid"}), [("2026Q1", "2026-03-20")]),
        (every("month", times=2), [("2026-03.1", "2026-03-31"), ("2026-03.2", "2026-03-31")]),
        (every("year", at={"month": 3, "day": "end"}), [("2026", "2026-03-31")]),
        (every("hour", n=2), []),
        (every("term"), []),
    ],
)
def test_periods_of_march(raw: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """R-CAL-1, TR-01: each kind of period that touches March 2026, with its dates."""
    assert due(raw, "2026-03-02", "2026-03-31") == expected


def test_months_of_the_year_belong_to_their_half() -> None:
    """TR-05: "half-yearly, by 20 June and 20 December" is one date in each half, none twice."""
    at = [{"month": 6, "day": 20}, {"month": 12, "day": 20}]
    found = due(every("half_year", at=at), "2026-01-01", "2026-12-31")
    assert found == [("2026H1", "2026-06-22"), ("2026H2", "2026-12-21")]


def test_clock_time_alone_is_of_the_same_day() -> None:
    """R-CAL-1: daily by 17:00 is due each day at 17:00, not at the end of the month."""
    found = occurrences(
        from_json(every("day", at={"hour": 17})),
        start=date(2026, 3, 4),
        until=date(2026, 3, 5),
        calendar=CAL,
    )
    assert [one.due.at.isoformat() for one in found] == [
        "2026-03-04T17:00:00+08:00",
        "2026-03-05T17:00:00+08:00",
    ]


def test_term_has_one_period() -> None:
    """R-CAL-1: once a term is due by the term's end, when its dates are known."""
    term = (date(2022, 3, 1), date(2027, 2, 28))
    assert due(every("term"), "2026-03-01", "2026-12-31", term=term) == [("T2022-03", "2027-03-01")]


def test_written_year_comes_once_and_no_year_every_year() -> None:
    """TR-05: a point with a year is one date."""
    points = [{"year": 2026, "month": 6, "day": "end"}, "year_end"]
    found = due({"type": "dates", "points": points}, "2026-03-01", "2027-12-31")
    assert [day for _key, day in found] == ["2026-06-30", "2026-12-31", "2027-12-31"]


def test_span_is_due_at_its_end() -> None:
    """R-CAL-1: from … to … is due at the end, rolled; an open span has no date."""
    end = {"anchor": "calendar", "year": 2026, "month": 6, "day": 20}
    span = {"type": "period", "from": "now", "to": end}
    assert due(span, "2026-03-01", "2026-12-31") == [("end", "2026-06-22")]
    assert due({**span, "to": None}, "2026-03-01", "2026-12-31") == []


def test_two_yearly_periods_align_to_the_year() -> None:
    """R-CAL-1: every second year ends on 31 December."""
    assert due(every("year", n=2), "2026-03-10", "2026-12-31") == [("2026-01", "2027-12-31")]
