"""When a recurring commitment falls due, by the deadline engine (TR-22, S2-35, R-CAL-1)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_zone
from luoshi.foundation.deadlines.engine.calendar import SHIPPED_CALENDAR, Calendar
from luoshi.foundation.deadlines.engine.editions import Edition
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.supervision.commitments.domain.occurring import Terms, coming
from luoshi.supervision.commitments.domain.rhythm import Choice, rhythm_of


def days(words: str, start: date, until: date, calendar: Calendar = SHIPPED_CALENDAR) -> list[date]:
    """The days a rhythm falls due on."""
    terms = Terms(rhythm_of(Choice(words=words), ""), "制度", 1, start)
    return [one.due.on for one in coming(terms, until=until, calendar=calendar)]


def test_a_friday_that_is_a_holiday_rolls_and_the_next_friday_stays() -> None:
    """TR-22, R-CAL-1: Friday 1 May 2026 is a holiday to the 5th: the session is due on Wednesday 6
    May, the next one on Friday 8 May as ever."""
    found = days("每周五", date(2026, 4, 20), date(2026, 5, 10))
    assert found == [date(2026, 4, 24), date(2026, 5, 6), date(2026, 5, 8)]


def test_a_make_up_day_is_worked_and_does_not_roll() -> None:
    """R-CAL-1: Saturday 9 May 2026 is a make-up day; the Saturdays beside it roll to Monday."""
    found = days("每周六", date(2026, 5, 9), date(2026, 5, 16))
    assert found == [date(2026, 5, 9), date(2026, 5, 18)]


@pytest.mark.parametrize(
    ("words", "start", "until", "wanted"),
    [
        # day 31 of a shorter month is its last day (Civil Code art. 202); 31 Jan, 28 Feb are rests
        ("每月31日前", (2026, 3, 1), (2026, 4, 30), [(2026, 3, 31), (2026, 4, 30)]),
        ("每月31日前", (2026, 2, 1), (2026, 2, 28), [(2026, 2, 28)]),  # a Saturday that is worked
        ("每月29日前", (2028, 2, 1), (2028, 2, 29), [(2028, 2, 29)]),  # a leap year
        ("每月最后一个工作日", (2026, 12, 1), (2026, 12, 31), [(2026, 12, 31)]),
        ("每月第1个工作日前", (2026, 10, 1), (2026, 10, 31), [(2026, 10, 8)]),
        # the year's end: Thursday 31 December; 1 January is a holiday of every year
        ("每月1日前", (2026, 12, 31), (2027, 1, 31), [(2027, 1, 4)]),
        ("每周五", (2025, 12, 29), (2026, 1, 2), [(2026, 1, 4)]),  # 1–3 January, 4 January worked
        ("每季度末", (2026, 1, 1), (2026, 6, 30), [(2026, 3, 31), (2026, 6, 30)]),
        ("每两周周五", (2026, 4, 13), (2026, 5, 20), [(2026, 4, 17), (2026, 5, 6), (2026, 5, 15)]),
    ],
)
def test_months_leap_years_and_the_turn_of_the_year(
    words: str, start: Any, until: Any, wanted: Any
) -> None:
    """TR-22: what the engine's rules make of the edges of months and years."""
    assert days(words, date(*start), date(*until)) == [date(*one) for one in wanted]


def test_a_daily_report_never_rolls() -> None:
    """TR-22 with an hour: a daily report at 17:00 is due at 17:00 of each of the five days of May
    holidays, not five times on the sixth."""
    terms = Terms(rhythm_of(Choice(words="每日17时"), ""), "制度", 1, date(2026, 5, 1))
    found = coming(terms, until=date(2026, 5, 5), calendar=SHIPPED_CALENDAR)
    assert [one.due.at.astimezone(office_zone()) for one in found] == [
        datetime(2026, 5, day, 17, tzinfo=office_zone()) for day in range(1, 6)
    ]
    # yellow as an hour limit: the smaller of half an hour and a quarter of the day (ui.md 3)
    assert found[0].due.at - found[0].attention_at == timedelta(minutes=30)


def test_resuming_from_a_known_period_gives_the_same_days() -> None:
    """Catching up from the last row, whatever the rhythm's length, meets the days computed from
    the beginning."""
    start = date(2026, 1, 7)
    for words in (
        "每周五",
        "每两周周五",
        "每月5日前",
        "每2个月5日前",
        "每季度末",
        "每半年",
        "每日17时",
    ):
        terms = Terms(rhythm_of(Choice(words=words), ""), "制度", 1, start)
        whole = coming(terms, until=date(2027, 3, 1), calendar=SHIPPED_CALENDAR)
        for place in (0, 1, len(whole) // 2):
            known = whole[place].opens_on
            rest = coming(terms, until=date(2027, 3, 1), calendar=SHIPPED_CALENDAR, after=known)
            keys = [(one.key, one.due.at) for one in whole[place:]]
            assert [(one.key, one.due.at) for one in rest] == keys, words


@pytest.mark.parametrize(
    ("choice", "zh"),
    [
        (Choice(words="每周五开展理论学习"), "每周五前"),
        (Choice(words="每月5日前报送上月得分表"), "每月5日前"),
        (Choice(words="每天下午5点"), "每日17时前"),
        (Choice(how="week", weekday="5"), "每周五前"),
        (Choice(how="week", weekday="5", hour="15"), "每周五15时前"),
        (Choice(how="month_day", number="5"), "每月5日前"),
        (Choice(how="month_workday", number="3"), "每月第3个工作日前"),
        (Choice(how="day", hour="17"), "每日17时前"),
    ],
)
def test_written_or_chosen_it_is_one_rule_and_is_shown_back(choice: Choice, zh: str) -> None:
    """TR-22: the office's words and the form make the same rule of the engine."""
    assert phrase(rhythm_of(choice, ""), "zh") == zh


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        (Choice(words=""), "words"),
        (Choice(words="经常学习"), "words"),
        (Choice(words="签收后15日内"), "words"),
        (Choice(words="每周五、每月5日"), "words"),
        (Choice(words="每小时"), "words"),
        (Choice(words="每届"), "words"),
        (Choice(words="每两年"), "words"),
        (Choice(words="每5个月"), "words"),
        (Choice(words="每日17时30分前"), "words"),
        (Choice(words="每个工作日17时"), "words"),
        (Choice(how="week", weekday="8"), "weekday"),
        (Choice(how="month_day", number="32"), "number"),
        (Choice(how="month_workday", number="九"), "number"),
        (Choice(how="day"), "hour"),
        (Choice(how="day", hour="25"), "hour"),
        (Choice(how="sometimes"), "how"),
    ],
)
def test_what_the_engine_cannot_compute_as_written_is_refused(choice: Choice, field: str) -> None:
    """Ask, never guess: the refusal stands beside the field."""
    with pytest.raises(Invalid) as refused:
        rhythm_of(choice, "")
    assert list(refused.value.errors) == [field]


def test_a_provisional_year_says_so() -> None:
    """R-CAL-3: a year without a notice is provisional; with its notice the day moves."""
    terms = Terms(rhythm_of(Choice(words="每月7日前"), ""), "制度", 1, date(2028, 2, 1))
    until = date(2028, 2, 28)
    before = coming(terms, until=until, calendar=SHIPPED_CALENDAR)[0]
    rest = frozenset({date(2028, 2, 7), date(2028, 2, 8)})
    notice = Edition(2028, 1, "放假通知", date(2027, 11, 1), rest, frozenset())
    later = coming(terms, until=until, calendar=Calendar([notice]))[0]
    assert (before.due.on, before.due.provisional) == (date(2028, 2, 7), True)
    assert (later.due.on, later.due.provisional) == (date(2028, 2, 9), False)
