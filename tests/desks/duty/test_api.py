"""Rosters, leave and swaps by API: the verbs of the pages, by token (S3-89…92; rows 62, 63)."""

from datetime import date, timedelta
from itertools import chain
from typing import Any
from uuid import uuid4

import pytest

from luoshi.desks.duty.domain.roster import swapping
from luoshi.desks.duty.models import DutyPerson, KnownShift, Leave, Shift, Swap
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.calling import Caller, pages
from tests.desks.duty.ground import FIRST, HOUR, NOW, Ground
from tests.story import actor

pytestmark = pytest.mark.django_db
MOST = 8
DAY = timedelta(days=1)
LATER = date(2026, 2, 5)


@pytest.fixture
def ground() -> Ground:
    return Ground()


@pytest.fixture
def keeper(ground: Ground) -> Caller:
    return Caller(ground.keeper, NOW)


def a_swap(ground: Ground, of: str) -> tuple[Shift, DutyPerson]:
    """A shift of somebody, and a person without an account who can take it over."""
    rows = Shift.objects.filter(person=ground.people[of], day__gt=LATER)
    for mine in rows.select_related("roster", "person", "office"):
        for one in DutyPerson.objects.filter(office=ground.office, account=None):
            if mine.post in one.posts and not swapping.fits(mine, one, None):
                return mine, one
    raise AssertionError("nobody can take it over")


def test_people_are_listed_with_leave_that_is_not_over(ground: Ground, keeper: Caller) -> None:
    """S3-89: the list as its page shows it; leave is noted once, a published shift stands in its
    way, what is gone is not found."""
    ground.published()
    path = f"/duty/people/{ground.people['施洋'].pk}/leaves"
    body = {"starts_on": "2026-03-10", "ends_on": "2026-03-12", "kind": "training"}
    status, made = keeper.send(path, body, key="leave-0001")
    assert (status, made["kind"]) == (201, "training")
    assert keeper.send(path, body, key="leave-0001") == (201, made)
    assert Leave.objects.count() == 1
    rows = {row["name"]: row for row in keeper.get("/duty/people", limit=100)[1]["items"]}
    assert len(rows) == 13
    assert rows["施洋"]["leaves"] == [made]
    assert rows["施洋"]["phone"] == "13900001111"
    refused = keeper.send(path, body | {"starts_on": "2026-02-01", "ends_on": "2026-02-28"})
    assert (refused[0], refused[1]["type"]) == (409, "luoshi:on-duty-then")
    assert keeper.send(path, body | {"ends_on": "2026-03-09"})[1]["errors"].keys() == {"ends_on"}
    for change in ({"kind": "strike"}, {"starts_on": "0001-01-01"}, {"ends_on": "9999-12-31"}):
        assert keeper.send(path, body | change)[0] == 422
    gone = f"/duty/leaves/{made['id']}"
    assert Caller(ground.world.officer, NOW).send(gone, "", method="DELETE")[0] == 403
    assert keeper.send(gone, "", method="DELETE") == (204, None)
    assert keeper.send(gone, "", method="DELETE")[0] == 404
    assert Entry.objects.filter(action="duty.leave_removed").count() == 1


def test_a_roster_is_read_with_its_state_and_its_shifts_page_by_page(
    ground: Ground, keeper: Caller
) -> None:
    """R-DUT-4: the state moves as on the page; the shifts come in order, none twice, none left."""
    row = ground.in_turn()
    draft = keeper.get(f"/duty/rosters/{row.pk}")[1]
    assert (draft["state"], draft["approved_at"], draft["hours"]) == ("draft", None, {})
    row.delete()
    row = ground.published()
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        part = keeper.get(f"/duty/rosters/{row.pk}", limit=25, cursor=cursor)[1]
        found += part["shifts"]
        cursor = part["next"]
        if not cursor:
            break
    assert (part["state"], part["approved_by"]) == ("published", "陈远")
    assert part["hours"] == {"leader": 672, "officer": 672}
    stored = Shift.objects.order_by("starts_at", "post", "pk").values_list("pk", flat=True)
    assert [one["id"] for one in found] == [str(pk) for pk in stored]
    assert found[0]["person"] == ground.shift(FIRST, found[0]["post"]).person.name  # type: ignore[union-attr]
    assert [one["id"] for one in keeper.get("/duty/rosters")[1]["items"]] == [str(row.pk)]
    assert keeper.get(f"/duty/rosters/{uuid4()}")[0] == 404


def test_who_is_on_duty_between_two_days_here_and_below(ground: Ground, keeper: Caller) -> None:
    """Row 62: published shifts that touch the days; the county's as its node told it; telephones
    for who reads the books of duty alone."""
    ground.published()
    county = Unit.objects.get(short_name="安澜县")
    start = ground.shift(FIRST).starts_at
    KnownShift.objects.create(
        unit=county, post="officer", starts_at=start, ends_at=start + DAY, name="夏雨", phone="139"
    )
    days = {"starts_on": "2026-02-01", "ends_on": "2026-02-02"}
    status, own = keeper.get("/duty/shifts", **days)
    assert status == 200
    assert [(row["post"], row["unit"]["code"]) for row in own["items"]] == [
        ("leader", ground.office.code),
        ("officer", ground.office.code),
    ] * 2
    assert {row["phone"] for row in own["items"]} == {"13900001111"}
    both = keeper.get("/duty/shifts", below=True, **days)[1]["items"]
    (theirs,) = [row for row in both if row["unit"]["code"] == county.code]
    assert (theirs["name"], theirs["phone"], theirs["shift_id"]) == ("夏雨", "139", None)
    night = keeper.get("/duty/shifts", starts_on="2026-02-03")[1]
    assert night["ends_on"] == "2026-02-03"
    first = min(row["starts_at"] for row in night["items"])
    assert first.startswith("2026-02-02T")  # who came the evening or morning before is still there
    clerk = actor("lv", "吕文", ground.office, Role.DOCUMENT_CLERK)
    reading = Caller(clerk, NOW)
    assert {row["phone"] for row in reading.get("/duty/shifts", **days)[1]["items"]} == {None}
    assert reading.get("/duty/shifts", below=True, **days)[0] == 403
    long = keeper.get("/duty/shifts", starts_on="2026-02-01", ends_on="2026-03-04")
    assert long[1]["errors"].keys() == {"ends_on"}
    back = keeper.get("/duty/shifts", starts_on="2026-02-02", ends_on="2026-02-01")
    assert back[1]["errors"].keys() == {"ends_on"}
    assert keeper.get("/duty/shifts", starts_on="2026-02-31")[0] == 422
    seen, cursor = [], ""
    while cursor is not None:
        part = keeper.get("/duty/shifts", below=True, limit=3, cursor=cursor, **days)[1]
        seen += part["items"]
        cursor = part["next"]
    assert seen == both
    ground.shift(FIRST).roster.shifts.update(person=None)
    assert keeper.get("/duty/shifts", **days)[1]["items"] == []


def test_a_swap_is_asked_agreed_and_approved(ground: Ground, keeper: Caller) -> None:
    """R-DUT-5: each step as the page takes it; the roster moves on approval alone."""
    ground.published()
    mine, taker = a_swap(ground, "施洋")
    path = f"/duty/shifts/{mine.pk}/swaps"
    body = {"taker": str(taker.pk), "reason": "赴省培训"}
    assert keeper.send(path, body | {"reason": " "})[1]["errors"].keys() == {"reason"}
    assert keeper.send(path, body | {"taker": str(uuid4())})[1]["errors"].keys() == {"taker"}
    assert keeper.send(path, body | {"other": str(uuid4())})[1]["errors"].keys() == {"other"}
    myself = body | {"taker": str(mine.person_id)}
    assert keeper.send(path, myself)[1]["errors"].keys() == {"taker"}
    status, made = keeper.send(path, body, key="swap-0001")
    assert (status, made["state"], made["taker"]) == (201, "asked", taker.name)
    assert keeper.send(path, body, key="swap-0001") == (201, made)
    assert keeper.send(path, body)[0] == 409
    step = f"/duty/swaps/{made['id']}/decision"
    assert keeper.send(step, {"act": "approve"})[0] == 409
    assert keeper.send(step, {"act": "agree"})[1]["state"] == "agreed"
    assert keeper.send(step, {"act": "agree"})[0] == 409
    assert keeper.send(step, {"act": "burn"})[0] == 422
    done = keeper.send(step, {"act": "approve"})[1]
    assert (done["state"], done["decided_by"]) == ("approved", "孔亮")
    mine.refresh_from_db()
    assert mine.person == taker
    listed = keeper.get("/duty/swaps", state="approved")[1]["items"]
    assert listed == [done]
    assert keeper.get("/duty/swaps", state="asked")[1]["items"] == []


def test_declined_and_withdrawn_by_the_keeper(ground: Ground, keeper: Caller) -> None:
    """R-DUT-5: no with a word; taken back; what is decided stays."""
    ground.published()
    mine, taker = a_swap(ground, "施洋")
    for act, state in (("decline", "declined"), ("withdraw", "withdrawn")):
        body = {"taker": str(taker.pk), "reason": "事假"}
        made = keeper.send(f"/duty/shifts/{mine.pk}/swaps", body)[1]
        step = f"/duty/swaps/{made['id']}/decision"
        done = keeper.send(step, {"act": act, "words": "当日出差"})[1]
        assert done["state"] == state
        assert keeper.send(step, {"act": "approve"})[0] == 409
    assert Swap.objects.get(state="declined").answer == "当日出差"


def test_a_token_is_nobody_in_person(ground: Ground, keeper: Caller) -> None:
    """R-DUT-5: who swaps neither agrees by token nor approves what is their own, by page or by
    token."""
    ground.published()
    mine, taker = a_swap(ground, "孔亮")
    body = {"taker": str(taker.pk), "reason": "事假"}
    made = keeper.send(f"/duty/shifts/{mine.pk}/swaps", body)[1]
    step = f"/duty/swaps/{made['id']}/decision"
    assert keeper.send(step, {"act": "agree"})[0] == 200  # for somebody without an account
    status, answer = keeper.send(step, {"act": "approve"})
    assert (status, answer["type"]) == (409, "luoshi:own-swap")
    assert Caller(ground.chief, NOW).send(step, {"act": "approve"})[0] == 200
    officer = Caller(ground.world.officer, NOW)
    theirs = Shift.objects.filter(person=ground.people["李文清"], day__gt=LATER).first()
    assert theirs is not None
    assert officer.send(f"/duty/shifts/{theirs.pk}/swaps", body)[0] == 403
    asked = Shift.objects.filter(person=ground.people["施洋"], day__gt=LATER)
    for shift in asked.select_related("roster", "person", "office"):
        if not swapping.fits(shift, ground.people["李文清"], None):
            break
    swap = swapping.ask(
        shift,
        taker=ground.people["李文清"],
        other=None,
        reason="事假",
        actor=ground.keeper,
        at=NOW,
    )
    for caller in (officer, keeper):
        assert caller.send(f"/duty/swaps/{swap.pk}/decision", {"act": "agree"})[0] == 403


def outsiders(ground: Ground) -> list[Actor]:
    """Somebody of a bureau, and the officer of a county."""
    county = Unit.objects.get(short_name="安澜县")
    return [ground.world.liaison, actor("jiang", "江某", county, Role.DUTY_OFFICER)]


def test_another_office_finds_nothing(ground: Ground) -> None:
    """Row 9: rosters, people, shifts and swaps of another office are not found."""
    row = ground.published()
    mine, taker = a_swap(ground, "施洋")
    given: dict[str, Any] = {"taker": taker, "other": None, "reason": "事", "at": NOW}
    swap = swapping.ask(mine, actor=ground.keeper, **given)
    body = {"starts_on": "2026-03-10", "ends_on": "2026-03-12"}
    for who in outsiders(ground):
        caller = Caller(who, NOW)
        for path in ("/duty/people", "/duty/rosters", "/duty/swaps", "/duty/shifts"):
            assert caller.get(path)[1]["items"] == []
        assert caller.get(f"/duty/rosters/{row.pk}")[0] == 404
        assert caller.send(f"/duty/people/{taker.pk}/leaves", body)[0] == 404
        asked = {"taker": str(taker.pk), "reason": "事"}
        assert caller.send(f"/duty/shifts/{mine.pk}/swaps", asked)[0] == 404
        assert caller.send(f"/duty/swaps/{swap.pk}/decision", {"act": "agree"})[0] == 404


@pytest.mark.parametrize("body", ["", "[]", "{", "null", '{"taker": 1}', {"x": 1}])
def test_hostile_bodies_are_refused(ground: Ground, keeper: Caller, body: Any) -> None:
    """Security row 8: never an error of the server."""
    ground.published()
    shift = ground.shift(LATER)
    paths = [f"/duty/shifts/{shift.pk}/swaps", f"/duty/people/{shift.person_id}/leaves"]
    for path in paths:
        assert keeper.send(path, body)[0] == 422
    assert not Swap.objects.exists()
    assert not Leave.objects.exists()
    assert keeper.get("/duty/people", cursor="WyJuIiwgIlx1MDAwMCIsICJ4Il0")[0] == 422


def test_lists_cost_the_same_however_long_they_are(ground: Ground, keeper: Caller) -> None:
    """Performance row 8: as many queries for a day as for a month, for one swap as for several."""
    roster = ground.published()
    mine, taker = a_swap(ground, "施洋")
    given: dict[str, Any] = {"taker": taker, "other": None, "actor": ground.keeper}
    first = swapping.ask(mine, reason="一", at=NOW, **given)
    few = {
        path: keeper.counted(path, limit=1)[1]
        for path in ("/duty/people", "/duty/rosters", "/duty/swaps", f"/duty/rosters/{roster.pk}")
    }
    swapping.withdraw(first, actor=ground.keeper, at=NOW)
    for number in range(3):
        made = swapping.ask(mine, reason="又", at=NOW + number * HOUR, **given)
        swapping.withdraw(made, actor=ground.keeper, at=NOW + number * HOUR)
    ground.in_turn(date(2026, 3, 1), date(2026, 3, 31))
    assert few == {path: keeper.counted(path, limit=100)[1] for path in few}
    assert max(few.values()) <= MOST
    day = keeper.counted("/duty/shifts", below=True, starts_on="2026-02-03")[1]
    month = keeper.counted(
        "/duty/shifts", below=True, starts_on="2026-02-01", ends_on="2026-02-28", limit=100
    )
    assert len(month[0]["items"]) == 56
    assert day == month[1] <= MOST
    assert len(pages(keeper, "/duty/swaps", 2)) == 2
    assert sorted(chain(*pages(keeper, "/duty/people", 4))) == sorted(
        str(one.pk) for one in ground.people.values()
    )
