"""The daily report of a long event is owed every day by the deadline engine (row 57, R-CAL-1)."""

from datetime import datetime, timedelta

import pytest
import time_machine

from luoshi.desks.information.domain.queries.clock import DEFAULT
from luoshi.desks.information.domain.urgent.limiting import set_limits
from luoshi.desks.information.domain.urgent.reporting import report
from luoshi.desks.information.domain.urgent.taking_in import correct, take_in
from luoshi.desks.information.models import Event, LimitVersion
from luoshi.supervision.matters.enums import Light
from tests.desks.information.ground import MINUTE, NIGHT, Night, first, flood, make_night
from tests.desks.information.test_pages import client_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FIVE = NIGHT + timedelta(hours=17, minutes=50)  # 17:00 of the next day, in the Spring Festival


@pytest.fixture
def night() -> Night:
    return make_night()


def reported(night: Night, *, daily: bool = True) -> Event:
    """A long event of the city, of which the province knows."""
    event = take_in(flood(daily=daily), actor=night.city, at=NIGHT + 24 * MINUTE)
    report(event=event, writing=first(), actor=night.city, at=NIGHT + 25 * MINUTE)
    event.refresh_from_db()
    return event


def daily(night: Night, event: Event, at: datetime, number: int, step: str = "daily") -> Event:
    """One report of a day."""
    text = f"第{number}天：水位继续下降，险情平稳可控。"
    writing = first(step=step, text=text, late_reason="断网")
    report(event=event, writing=writing, actor=night.city, at=at)
    event.refresh_from_db()
    return event


def test_every_day_is_owed_until_the_final_report(night: Night) -> None:
    """Row 57, R-CAL-1: by 17:00 of each day after the first report, holidays as well; the light and
    the list know; with the final report nothing is owed any more."""
    event = reported(night)
    assert (event.next_leg, event.next_due_at) == ("daily", FIVE)
    assert event.light(FIVE - 40 * MINUTE) == Light.GREEN
    assert event.light(FIVE - 20 * MINUTE) == Light.YELLOW
    assert event.light(FIVE) == Light.RED
    assert Event.objects.over(FIVE).count() == 1
    event = daily(night, event, FIVE - MINUTE, 1)
    assert event.next_due_at == FIVE + DAY
    assert not event.findings.exists()
    event = daily(night, event, FIVE + DAY - MINUTE, 2, "final")
    assert (event.state, event.next_due_at) == ("closed", None)
    assert not event.findings.exists()


def test_a_day_nobody_reported_is_a_finding(night: Night) -> None:
    """R-INF-3, row 57: the clock writes down how late; what a day is reported later owes the next
    day again; the ladder's own lateness stays what it was."""
    event = reported(night)
    event = daily(night, event, FIVE + 2 * DAY - MINUTE, 1)
    found = event.findings.get()
    assert (found.fault, found.leg, found.automatic) == ("late", "daily", True)
    assert found.minutes == 2 * 24 * 60 - 1
    assert (event.next_due_at, event.late_minutes) == (FIVE + 3 * DAY, 0)


def test_an_event_that_turns_out_long_owes_from_the_next_day(night: Night) -> None:
    """Row 56: nobody is late for days on which nobody knew that it would be long."""
    event = reported(night, daily=False)
    assert (event.next_leg, event.next_due_at) == ("", None)
    at = FIVE + 3 * DAY
    long = flood(daily=True)
    event = correct(event, long, revision=event.revision, actor=night.city, at=at)
    assert event.next_due_at == FIVE + 4 * DAY
    short = flood(daily=False)
    event = correct(event, short, revision=event.revision, actor=night.city, at=at)
    assert (event.next_due_at, event.daily_since) == (None, None)


def test_the_page_shows_the_days_and_how_they_are_counted(night: Night) -> None:
    """Row 57: each day with its limit and when it was met; the limit explained."""
    event = daily(night, reported(night), FIVE - MINUTE, 1)
    with time_machine.travel(FIVE + DAY + MINUTE, tick=False):
        city = client_of(night.city)
        answer = city.get(f"/urgent/{event.pk}/")
        days = [one for one in answer.context["legs"] if "minutes" not in one]
        assert [one["light"] for one in days] == [Light.RED, Light.GREEN]
        assert "每日17时前报送日报" in answer.content.decode()
        rows = city.get("/urgent/?show=over").context["page"].rows
        assert [row.pk for row in rows] == [event.pk]


def test_an_office_sets_the_hour_of_its_daily_reports(night: Night) -> None:
    """Row 57: versioned with the ladder of limits; an event taken in before keeps its hour; what is
    no full hour is refused by its field; whoever sets the limits alone keeps the hour."""
    before, page = reported(night), "/urgent/limits/"
    cells = {"city--phone": "60", "city--top": "120", "reason": "值班工作规定"}
    with time_machine.travel(NIGHT + 26 * MINUTE, tick=False):
        chief = client_of(night.world.chief)
        assert chief.get(page).context["values"]["daily_hour"] == 17
        for wrong in ("0", "24", "17:30", "五"):
            answer = chief.post(page, cells | {"daily_hour": wrong})
            assert answer.status_code == 422
            assert answer.context["values"]["daily_hour"] == wrong
        both = chief.post(page, cells | {"daily_hour": "24", "reason": " "})
        assert set(both.context["refusal"].errors) == {"daily_hour", "reason"}
        assert not LimitVersion.objects.exists()
        assert chief.post(page, cells | {"daily_hour": "20"}).status_code == 302
    given = {
        "limits": DEFAULT,
        "reason": "复核",
        "actor": night.world.chief,
        "at": NIGHT + 27 * MINUTE,
    }
    assert set_limits(**given).daily_hour == 20
    event = reported(night)
    before.refresh_from_db()
    assert (before.next_due_at, event.next_due_at) == (FIVE, FIVE + timedelta(hours=3))
    with time_machine.travel(NIGHT + 30 * MINUTE, tick=False):
        assert (
            "每日20时前报送日报"
            in client_of(night.city).get(f"/urgent/{event.pk}/").content.decode()
        )
