"""The watch room as one answer of the API (features rows 56, 62–65; S3-89)."""

from datetime import date, timedelta

import pytest

from luoshi.desks.duty.domain.periods.declaring import Wish, declare
from luoshi.desks.duty.domain.watch.noting import Line, note
from luoshi.desks.information.domain.urgent.taking_in import take_in
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.calling import Caller
from tests.desks.duty.ground import Ground
from tests.desks.information.ground import MINUTE, NIGHT, flood
from tests.story import actor

pytestmark = pytest.mark.django_db
MOST = 24  # whatever there is; the page of the watch room asks as often


@pytest.fixture
def ground() -> Ground:
    return Ground()


def test_one_answer_says_what_the_page_shows(ground: Ground) -> None:
    """S3-89, rows 56, 62: who is there here and below, the event with the minutes that are left,
    the unit nobody checked, what is missing of a sensitive period, the last lines."""
    ground.published()
    take_in(flood(), actor=ground.keeper, at=NIGHT + 25 * MINUTE)
    note(Line("call_in", "气象台", "水位平稳", pending=True), actor=ground.keeper, at=NIGHT)
    wish = Wish("春节", "通知", date(2026, 2, 16), date(2026, 2, 23), daily=True)
    declare(wish, actor=ground.chief, at=NIGHT - timedelta(days=2))
    caller = Caller(ground.keeper, NIGHT + 70 * MINUTE)
    caller.get("/watch")
    found, few = caller.counted("/watch")
    assert {one["post"] for one in found["own"]["there"]} == {"leader", "officer"}
    assert all(one["phone"] == "13900001111" for one in found["own"]["there"])
    assert "010101" in [one["unit"]["code"] for one in found["below"]]
    (event,) = found["events"]
    assert (event["title"], event["next_leg"], event["minutes_left"]) == ("河堤管涌", "phone", -10)
    assert event["light"] == "red"
    assert found["checks_due"][0]["last_at"] is None
    (period,) = found["periods"]
    assert [one["code"] for one in period["missing"]] == [
        one["unit"]["code"] for one in found["below"]
    ]
    assert (found["open_lines"], found["last_lines"][0]["text"]) == (1, "水位平稳")
    assert found["last_lines"][0]["open"]
    for number in range(3):
        note(Line("call_in", "气象台", f"水位{number}"), actor=ground.keeper, at=NIGHT)
        take_in(flood(title=f"险情{number}"), actor=ground.keeper, at=NIGHT + 30 * MINUTE)
    many, again = caller.counted("/watch")
    assert (len(many["events"]), len(many["last_lines"])) == (4, 4)
    assert few == again <= MOST


def test_who_does_not_keep_the_books_is_refused(ground: Ground) -> None:
    """S3-89: a liaison's token is refused; a county sees its own room, nobody else's events."""
    take_in(flood(), actor=ground.keeper, at=NIGHT + 25 * MINUTE)
    assert Caller(ground.world.liaison, NIGHT + 40 * MINUTE).get("/watch")[0] == 403
    county = actor("xia", "夏雨", Unit.objects.get(code="010101"), Role.DUTY_OFFICER)
    found = Caller(county, NIGHT + 40 * MINUTE).get("/watch")[1]
    assert (found["own"]["unit"]["code"], found["events"]) == ("010101", [])
