"""The test vectors of regulations.md 4.9, with the article beside each step."""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest

from luoshi.foundation.deadlines.engine.calendar import SHIPPED_CALENDAR as CAL
from luoshi.foundation.deadlines.engine.compute import compute
from luoshi.foundation.deadlines.engine.open_hours import ladder_instant, next_open
from luoshi.foundation.deadlines.engine.periods import occurrences
from luoshi.foundation.deadlines.engine.rule import Once, RelativeDue, from_json
from luoshi.foundation.deadlines.engine.wording import lines

VECTORS = [
    ("2026-01-30", "days", 15, "2026-02-14"),
    ("2026-02-01", "days", 15, "2026-02-24"),
    ("2026-02-09", "days", 15, "2026-02-24"),
    ("2026-02-09", "workdays", 15, "2026-03-06"),
    ("2026-01-30", "workdays", 15, "2026-02-27"),
    ("2026-09-17", "days", 15, "2026-10-08"),
    ("2026-09-17", "workdays", 15, "2026-10-14"),
    ("2026-01-31", "months", 1, "2026-02-28"),
    ("2026-09-02", "months", 1, "2026-10-08"),
    ("2014-11-27", "months", 1, "2014-12-29"),
    ("2026-01-20", "days", 30, "2026-02-24"),
    ("2026-03-20", "months", 3, "2026-06-22"),
    ("2026-03-20", "months", 6, "2026-09-20"),
]
ARTICLES = {"days": "第二百条", "workdays": "国务院年度放假通知", "months": "第二百零二条"}


def limit(unit: str, number: int) -> Once:
    """So much after receipt."""
    return Once(RelativeDue("receipt", "after", (unit, number)))


@pytest.mark.parametrize(("start", "unit", "number", "due"), VECTORS)
def test_vector(start: str, unit: str, number: int, due: str) -> None:
    """R-CAL-1, R-CAL-3, A2, A3: start day not counted, roll forward, make-up days work."""
    found = compute(limit(unit, number), {"receipt": date.fromisoformat(start)}, CAL)
    assert found.on.isoformat() == due
    said = lines(found.trace, "zh")
    cited = [text.rpartition("（")[2].rstrip("）") for text in said]
    assert cited[0] == "《民法典》第二百零一条第一款"
    assert cited[1].removeprefix("《民法典》") == ARTICLES[unit]
    assert cited[-1] == "《民法典》第二百零三条第二款"
    rolled = [text for text in said if "顺延至" in text]
    assert all(text.endswith("（《民法典》第二百零三条第一款）") for text in rolled)
    assert len(rolled) == (unit != "workdays" and found.raw != found.on)


@pytest.mark.parametrize(
    ("month", "due"), [(3, "2026-04-08"), (6, "2026-07-07"), (9, "2026-10-13")]
)
def test_quarter_reports_due_five_working_days_later(month: int, due: str) -> None:
    """TR-01, TR-04: last day of the quarter + 5 working days."""
    rule = from_json({"type": "recurring", "every": "quarter"})
    start = date(2026, month - 2, 1)
    found = occurrences(rule, start=start, until=start, calendar=CAL, grace_workdays=5)
    assert [one.due.on.isoformat() for one in found] == [due]


def test_young_first_quarter_is_skipped() -> None:
    """A5: a quarter that ends less than 30 days after the decision is skipped."""
    rule = from_json({"type": "recurring", "every": "quarter"})
    found = occurrences(
        rule, start=date(2026, 3, 10), until=date(2026, 6, 30), calendar=CAL, skip_first_days=30
    )
    assert [one.key for one in found] == ["2026Q2"]


def test_half_year_summaries_due_in_july_and_january() -> None:
    """TR-05: 15 July and 15 January."""
    points = [{"month": 7, "day": 15}, {"month": 1, "day": 15}]
    rule = from_json({"type": "dates", "points": points})
    found = occurrences(rule, start=date(2026, 3, 1), until=date(2026, 12, 31), calendar=CAL)
    assert [one.key for one in found] == ["2026-07-15", "2027-01-15"]


def test_hours_never_roll() -> None:
    """R-CAL-1, A7: two hours from the event end at 01:10 on a rest day."""
    event = datetime(2026, 2, 17, 15, 10, tzinfo=UTC)
    found = compute(Once(RelativeDue("event", "after", ("hours", 2))), {"event": event}, CAL)
    assert (found.at, found.hourly) == (event + timedelta(hours=2), True)


def test_editions_agree_with_an_independent_package() -> None:
    """R-CAL-3: 2024, 2025 and 2026 day by day against chinesecalendar."""
    day = date(2024, 1, 1)
    differing = []
    while day < date(2027, 1, 1):
        if CAL.is_workday(day) != chinese_calendar.is_workday(day):
            differing.append(day)
        day += timedelta(days=1)
    assert differing == []


@pytest.mark.parametrize(("year", "days"), [(2015, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_the_year(year: int, days: int) -> None:
    """R-CAL-3: the totals; 2015 by its second edition (3–5 September rest, 6 September worked)."""
    total = CAL.workdays_between(date(year - 1, 12, 31), date(year, 12, 31))
    assert total == days


def test_quiet_hours_hold_until_the_next_open_minute() -> None:
    """S3-68, B7: evening, noon and festival wait."""
    evening = datetime(2026, 2, 14, 11, 0, tzinfo=UTC)
    assert next_open(evening, CAL).isoformat() == "2026-02-24T08:30:00+08:00"
    noon = datetime(2026, 3, 6, 4, 30, tzinfo=UTC)
    assert next_open(noon, CAL).isoformat() == "2026-03-06T14:00:00+08:00"


def test_ladder_begins_on_the_first_working_morning() -> None:
    """R-SUP-5: one working day after a Friday's limit is Monday 08:30."""
    limit_at = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)
    assert ladder_instant(limit_at, 1, CAL).isoformat() == "2026-03-09T08:30:00+08:00"
