"""Entering a notice: who may, what is refused, what it moves (R-CAL-3)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid
from luoshi.foundation.deadlines.domain.editions import Notice, add_edition
from luoshi.foundation.deadlines.domain.queries.current import calendar_as_of, current_calendar
from luoshi.foundation.deadlines.engine.compute import compute
from luoshi.foundation.deadlines.engine.editions import SHIPPED, days, spans
from luoshi.foundation.deadlines.engine.rule import Once, RelativeDue
from luoshi.foundation.deadlines.engine.stops import recompute
from luoshi.foundation.deadlines.models import CalendarEdition

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 5, 1, 0, tzinfo=UTC)
ADMIN = Actor(kind="person", person_name="系统管理员", role="system_admin")
TYPED = Notice(
    year="2027",
    notice="国办发明电〔2026〕9号",
    published_on="2026-11-04",
    rest="2027-01-01/2027-01-03\n2027-02-05/2027-02-11，2027-10-01至2027-10-07",
    work="2027-01-31、2027-02-13",
)


def test_notice_makes_dates_certain_and_leaves_an_entry() -> None:
    """Features row 106, R-CAL-3: a provisional date becomes certain; the stored trace still
    recomputes under what was known then."""
    rule = Once(RelativeDue("receipt", "after", ("workdays", 5)))
    before = compute(rule, {"receipt": date(2027, 2, 4)}, current_calendar())
    row = add_edition(typed=TYPED, actor=ADMIN, at=AT)
    after = compute(rule, {"receipt": date(2027, 2, 4)}, current_calendar())
    assert (before.on, before.provisional) == (date(2027, 2, 11), True)
    assert (after.on, after.provisional) == (date(2027, 2, 17), False)
    assert recompute(before.trace, calendar_as_of(before.trace.editions)).trace == before.trace
    assert (row.number, Entry.objects.get().action) == (1, "deadlines.edition_added")


def test_second_notice_of_a_shipped_year_is_the_next_edition() -> None:
    """Features row 106, R-CAL-3: 2026 has a shipped first edition; the next one is its second
    and counts."""
    typed = replace(TYPED, year="2026", rest="2026-01-01/2026-01-03 ,2026-12-25", work="2026-12-27")
    assert add_edition(typed=typed, actor=ADMIN, at=AT).number == 2
    assert not current_calendar().is_workday(date(2026, 12, 25))
    assert current_calendar().kind(date(2026, 12, 27)).makeup


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"year": "27"}, "year"),
        ({"notice": " "}, "notice"),
        ({"published_on": "2026-11-31"}, "published_on"),
        ({"rest": ""}, "rest"),
        ({"rest": "2027-02-30"}, "rest"),
        ({"rest": "2027-02-11/2027-02-05"}, "rest"),
        ({"rest": "2026-11-01"}, "rest"),
        ({"work": "2027-02-06"}, "work"),
        ({"work": "2027-02-15"}, "work"),
    ],
)
def test_what_no_notice_says_is_refused(changed: dict[str, str], field: str) -> None:
    """R-CAL-3: a slip of the typist is found before it moves a date."""
    with pytest.raises(Invalid) as refusal:
        add_edition(typed=replace(TYPED, **changed), actor=ADMIN, at=AT)
    assert list(refusal.value.errors) == [field]
    assert CalendarEdition.objects.count() == 0


def test_only_the_system_administrator_enters_notices() -> None:
    """Security.md 4: nobody else moves every date of the office."""
    with pytest.raises(Forbidden):
        add_edition(typed=TYPED, actor=replace(ADMIN, role="security_admin"), at=AT)


def test_spans_are_read_back_as_the_same_days() -> None:
    """R-CAL-3: an edition is shown as it is typed; every shipped one is read back unchanged."""
    for one in SHIPPED:
        for found in (one.rest, one.work):
            assert days(one.year, " ".join(spans(found))) == found
    assert spans([date(2027, 2, 6), date(2027, 2, 5), date(2027, 2, 14)]) == [
        "02-05/02-06",
        "02-14",
    ]
