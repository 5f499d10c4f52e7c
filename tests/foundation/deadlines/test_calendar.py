"""Years without a notice, editions across New Year, and limits whose year is not written."""

from datetime import date

import pytest

from luoshi.foundation.deadlines.engine.calendar import SHIPPED_CALENDAR as CAL
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.compute import compute
from luoshi.foundation.deadlines.engine.editions import SHIPPED, edition
from luoshi.foundation.deadlines.engine.readings import other_reading, other_words
from luoshi.foundation.deadlines.engine.rule import CalendarDue, Once, RelativeDue


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2027-01-01", False),
        ("2027-05-03", True),
        ("2028-05-02", False),
        ("2023-05-02", True),
        ("2006-05-03", False),
        ("2027-10-01", False),
        ("1998-10-03", False),
        ("1997-10-03", True),
        ("2027-10-04", True),
    ],
)
def test_year_without_notice_rests_on_fixed_holidays(day: str, worked: bool) -> None:
    """R-CAL-2, R-CAL-3: weekends and the holidays of fixed date, as the Measures had them."""
    assert CAL.is_workday(date.fromisoformat(day)) == worked


def test_notice_may_move_the_december_before_it() -> None:
    """R-CAL-3: the 2019 notice made Monday 31 December 2018 a rest day, Saturday 29 worked."""
    old = edition(2018, 1, "国办发明电〔2017〕12号", "2017-11-30", "01-01 12-30", "02-11")
    extra = edition(2019, 1, "国办发明电〔2018〕15号", "2018-12-06", "01-01", "")
    rest, work = frozenset({date(2018, 12, 31)}), frozenset({date(2018, 12, 29)})
    new = type(extra)(2019, 1, extra.notice, extra.published, extra.rest | rest, work)
    calendar = Calendar([old, new])
    assert (calendar.is_workday(date(2018, 12, 31)), calendar.is_workday(date(2018, 12, 29))) == (
        False,
        True,
    )
    assert calendar.kind(date(2018, 12, 31)).notice == "国办发明电〔2018〕15号"


def test_two_editions_of_2015() -> None:
    """Features row 106, R-CAL-3: the first edition works on 3 September, the second rests; the
    newest counts."""
    first = Calendar([one for one in SHIPPED if (one.year, one.number) == (2015, 1)])
    assert (first.is_workday(date(2015, 9, 3)), CAL.is_workday(date(2015, 9, 3))) == (True, False)
    assert CAL.kind(date(2015, 9, 6)).makeup


@pytest.mark.parametrize(
    ("unit", "number", "start", "provisional"),
    [
        ("days", 15, "2026-12-25", True),
        ("days", 5, "2026-12-25", False),
        ("workdays", 300, "2025-12-20", True),
        ("months", 1, "2014-12-15", False),
        ("months", 1, "2014-11-27", True),
    ],
)
def test_only_consulted_years_make_a_date_provisional(
    unit: str, number: int, start: str, provisional: bool
) -> None:
    """R-CAL-3: marked when the count or the rolling looked at a year without a notice."""
    rule = Once(RelativeDue("receipt", "after", (unit, number)))
    due = compute(rule, {"receipt": date.fromisoformat(start)}, CAL)
    assert due.provisional == provisional


@pytest.mark.parametrize(
    ("document", "month", "day", "due"),
    [
        ("2025-12-20", 1, 10, "2026-01-12"),
        ("2026-03-10", 3, 5, "2026-03-05"),
        ("2026-01-05", 12, "end", "2026-12-31"),
        ("2026-01-05", 4, 31, "2026-04-30"),
        ("2028-02-01", 2, 29, "2028-02-29"),
        ("2026-02-01", 2, 29, "2026-02-28"),
    ],
)
def test_year_not_written_is_the_documents(
    document: str, month: int, day: int | str, due: str
) -> None:
    """R-CAL-1, reading README: the document's year, the next one only across New Year; a day the
    month does not have is its end."""
    found = compute(
        Once(CalendarDue(None, month, day)), {"document": date.fromisoformat(document)}, CAL
    )
    assert found.on.isoformat() == due
    assert "year_taken" in [step.kind for step in found.trace.steps]


@pytest.mark.parametrize(
    ("unit", "number", "due"),
    [("workdays", 3, "2026-02-13"), ("days", 3, "2026-02-22"), ("months", 1, "2026-01-25")],
)
def test_limits_before_an_event_are_never_moved_later(unit: str, number: int, due: str) -> None:
    """R-CAL-1: three days before a meeting stays before it; the trace names the working day."""
    rule = Once(RelativeDue("meeting", "before", (unit, number)))
    found = compute(rule, {"meeting": date(2026, 2, 25)}, CAL)
    assert found.on.isoformat() == due
    told = [step.on for step in found.trace.steps if step.kind == "before_rest"]
    assert told == ([] if CAL.is_workday(found.on) else [CAL.add_workdays(found.on, -1)])


def test_the_other_reading_of_fifteen_days() -> None:
    """ui.md 5.3, R-CAL-1: fifteen days from 9 February 2026 differ by ten days."""
    rule = Once(RelativeDue("receipt", "after", ("days", 15)))
    due = compute(rule, {"receipt": date(2026, 2, 9)}, CAL)
    other = other_reading(due.trace, CAL)
    assert other is not None
    assert (due.on, other.on) == (date(2026, 2, 24), date(2026, 3, 6))
    assert other_words(due.trace, other, "zh") == "若按工作日计：2026年3月6日（周五）"
