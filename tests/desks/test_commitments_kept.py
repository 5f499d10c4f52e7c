"""What desks do keeps what the office undertook (TR-22): the month's score sheet by publishing it,
the daily report of a sensitive period by sending it."""

from datetime import date, time

import pytest

from luoshi.desks.duty.domain.periods.declaring import Wish, declare
from luoshi.desks.duty.domain.watch.reporting import DAYS, report
from luoshi.desks.information.domain.running.scoring import SHEETS, publish_sheet
from luoshi.foundation.core.time import at_clock
from tests.desks.duty.ground import Ground
from tests.story import make_world
from tests.supervision.commitments.ground import DAILY, MONDAY, SHEET, noon, on, run, undertaken

pytestmark = pytest.mark.django_db


def test_a_published_sheet_keeps_the_month_it_was_owed_in() -> None:
    """TR-22, B22: the sheet of April is owed by 5 May, which rolls to the first working day after
    the holiday; another month's sheet keeps nothing."""
    world = make_world()
    row = undertaken(world, SHEET, kind=SHEETS)
    run(noon(2026, 5, 2))
    owed = row.occurrences.get(key="2026-05")
    publish_sheet(month=date(2026, 2, 1), actor=world.chief, at=noon(2026, 5, 6))
    owed.refresh_from_db()
    assert owed.kept_at is None
    publish_sheet(month=date(2026, 4, 1), actor=world.chief, at=noon(2026, 5, 6))
    owed.refresh_from_db()
    assert owed.kept_at == noon(2026, 5, 6)


def test_the_days_report_keeps_its_day() -> None:
    """TR-22, R-DUT-7: a report sent at four keeps the day that falls due at five."""
    ground = Ground()
    row = undertaken(ground.world, DAILY, kind=DAYS)
    day = date(2026, 4, 14)
    run(at_clock(day, time(8)))
    period = declare(
        Wish("防汛", "指挥部令", day, date(2026, 4, 20)), actor=ground.chief, at=MONDAY
    )
    at = at_clock(day, time(16))
    report(period, day=day, nothing=True, text="", actor=ground.keeper, at=at)
    assert on(row, 2026, 4, 14).kept_at == at
