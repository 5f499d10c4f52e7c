"""Drawing rosters up, the list of duty, the way of duty and sensitive periods by API: the verbs of
the pages, by token (features rows 62, 65; R-DUT-1, R-DUT-4, R-DUT-8; B21; TR-17)."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from luoshi.desks.duty.domain.periods.declaring import Wish, declare
from luoshi.desks.duty.domain.queries.judging import judge
from luoshi.desks.duty.domain.roster.approving import approve
from luoshi.desks.duty.domain.roster.editing import put
from luoshi.desks.duty.domain.roster.working_out import go_on
from luoshi.desks.duty.enums import RosterState
from luoshi.desks.duty.models import DutyPerson, Roster, Scheme, SensitivePeriod, Shift, Swap
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.calling import Caller
from tests.desks.duty.ground import NOW, Ground
from tests.story import actor

pytestmark = pytest.mark.django_db
SPAN = {"starts_on": "2026-02-01", "ends_on": "2026-02-28"}
DAY = date(2026, 2, 12)
MOST = 12
PERIOD = {"title": "两会", "basis": "通知", "starts_on": "2026-01-20", "ends_on": "2026-01-25"}


@pytest.fixture
def ground() -> Ground:
    return Ground()


@pytest.fixture
def keeper(ground: Ground) -> Caller:
    return Caller(ground.keeper, NOW)


@pytest.fixture
def chief(ground: Ground) -> Caller:
    return Caller(ground.chief, NOW)


def fields(answer: dict[str, Any]) -> set[str]:
    """The fields a refusal names."""
    return {name.split(".")[-1] for name in answer["errors"]}


def test_a_roster_is_begun_worked_out_and_followed(ground: Ground, keeper: Caller) -> None:
    """B21, R-DUT-4: the task is asked for once a key, runs, is done; its proof covers every hour
    and prints the spread; it is published once a person has approved it."""
    status, task = keeper.send("/duty/rosters", SPAN, key="roster-01")
    assert (status, task["state"], task["progress"]) == (201, "running", 0)
    assert keeper.send("/duty/rosters", SPAN, key="roster-01") == (201, task)
    row = Roster.objects.get()
    path = f"/duty/rosters/{row.pk}"
    assert keeper.send(f"{path}/solution", "")[1]["type"] == "luoshi:solving"
    assert keeper.get(f"{path}/solution")[1] == task
    go_on(lambda: NOW)
    done = keeper.get(f"{path}/solution")[1]
    assert (done["state"], done["outcome"], done["why"], done["stuck"]) == (
        "done",
        "proved",
        "",
        [],
    )
    proof = keeper.get(f"{path}/proof")[1]
    assert (proof["sound"], proof["holes"], proof["troubles"]) == (True, [], [])
    assert proof["hours"] == {"leader": 672, "officer": 672}
    assert [one["post"] for one in proof["spread"]] == ["leader", "officer"]
    assert sum(one["shifts"] for one in proof["bearing"]) == 56
    assert keeper.send(f"{path}/publication", "")[1]["type"] == "luoshi:not-approved"
    approve(Roster.objects.get(), actor=ground.chief, at=NOW)
    status, out = keeper.send(f"{path}/publication", "", key="publish-01")
    assert (status, out["state"], out["approved_by"]) == (200, "published", "陈远")
    assert keeper.send(f"{path}/publication", "", key="publish-01") == (200, out)
    assert keeper.send(f"{path}/solution", "")[1]["type"] == "luoshi:not-draft"
    assert Entry.objects.filter(action="duty.roster_published").count() == 1


def test_what_no_roster_can_be_made_of_says_why(ground: Ground, keeper: Caller) -> None:
    """Row 62, B21: nobody of a post: the task is refused with what to do and the shifts nobody can
    hold; the proof names every gap."""
    DutyPerson.objects.filter(name__in=("王建国", "陈远", "周岚", "许正")).update(posts=["officer"])
    keeper.send("/duty/rosters", SPAN)
    row = Roster.objects.get()
    go_on(lambda: NOW)
    task = keeper.get(f"/duty/rosters/{row.pk}/solution")[1]
    assert (task["state"], task["outcome"], task["roster_state"]) == ("refused", "alone", "draft")
    assert "没有人能值" in task["why"] or task["why"]
    assert task["next"]
    assert {one["post"] for one in task["stuck"]} == {"leader"}
    proof = keeper.get(f"/duty/rosters/{row.pk}/proof")[1]
    assert proof["sound"] is False
    assert {one["post"] for one in proof["holes"]} == {"leader", "officer"}
    approving = keeper.send(f"/duty/rosters/{row.pk}/approval", "")
    assert approving[0] == 403


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"ends_on": "2026-01-31"}, 422),
        ({"starts_on": "1066-10-14"}, 422),
        ({"ends_on": "2028-01-01"}, 422),
        ({"starts_on": None}, 422),
        ({"office": "01"}, 422),
        ({"starts_on": "2026-02-28", "ends_on": "2026-03-02"}, 409),
    ],
)
def test_days_that_cannot_be_are_refused(
    ground: Ground, keeper: Caller, change: dict[str, Any], status: int
) -> None:
    """R-DUT-4: backwards, too long, taken by another roster, unknown fields; nothing is written."""
    ground.in_turn()
    assert keeper.send("/duty/rosters", SPAN | change)[0] == status
    assert Roster.objects.count() == 1


def test_taken_back_by_a_person_stopped_by_the_keeper(
    ground: Ground, keeper: Caller, chief: Caller
) -> None:
    """Flow "Duty": a token stops the solver; approving and taking back are the secretary-general's
    in person, by no token, and the attempt is kept in the trail."""
    keeper.send("/duty/rosters", SPAN)
    path = f"/duty/rosters/{Roster.objects.get().pk}"
    stopped = keeper.send(f"{path}/draft", "")
    assert (stopped[0], stopped[1]["state"]) == (200, "draft")
    assert keeper.get(f"{path}/solution")[1]["state"] == "none"
    assert keeper.send(f"{path}/needs", "")[0] == 200
    for caller in (keeper, chief):
        assert caller.send(f"{path}/approval", "")[0] == 403
    Roster.objects.all().delete()
    row = ground.published()
    for caller in (keeper, chief):
        assert caller.send(f"/duty/rosters/{row.pk}/draft", "")[0] == 403
    row.refresh_from_db()
    assert row.state == RosterState.PUBLISHED
    assert Entry.objects.filter(action__contains="denied").exists()


def test_a_shift_is_set_by_hand_with_its_conflicts_said(ground: Ground, keeper: Caller) -> None:
    """Row 62, R-DUT-8: what stands against each is read before; clashes are refused, too little
    rest is set with a reason; open swaps lapse."""
    ground.published()
    shift, before = ground.shift(DAY), ground.shift(date(2026, 2, 11)).person
    assert before is not None
    path = f"/duty/shifts/{shift.pk}"
    one = keeper.get(path)[1]
    able = {row["person"]: row["against"] for row in one["able"]}
    assert len(able[before.name]) == 1
    assert able[shift.person.name] == []  # type: ignore[union-attr]
    assert keeper.counted(path)[1] <= MOST
    reading = Caller(ground.world.officer, NOW)
    assert reading.get(path)[1]["able"] == []
    assert reading.send(f"{path}/person", {"person": None, "reason": "病"})[0] == 403
    body = {"person": str(before.pk), "reason": ""}
    status, refused = keeper.send(f"{path}/person", body)
    assert (status, fields(refused)) == (422, {"reason"})
    leader = {"person": str(ground.people["周岚"].pk), "reason": "顶班"}
    assert fields(keeper.send(f"{path}/person", leader)[1]) == {"person"}
    unknown = {"person": str(uuid4()), "reason": "顶班"}
    assert fields(keeper.send(f"{path}/person", unknown)[1]) == {"person"}
    assert keeper.send(f"{path}/person", {"reason": "x"})[0] == 422
    Swap.objects.create(
        shift=shift, asker=shift.person, taker=before, reason="事", asked_at=NOW, state="asked"
    )
    status, done = keeper.send(f"{path}/person", body | {"reason": "顶班"})
    assert (status, done["person"], done["fixed"]) == (200, before.name, True)
    assert Swap.objects.get().state == "lapsed"
    nobody = keeper.send(f"{path}/person", {"person": None, "reason": "病"})[1]
    assert nobody["person"] is None
    assert judge(Roster.objects.get()).holes
    gone = Caller(ground.keeper, shift.ends_at)
    assert gone.send(f"{path}/person", body)[1]["type"] == "luoshi:over"


def test_the_list_of_duty_is_kept(ground: Ground, keeper: Caller) -> None:
    """S3-89, R-DUT-8: somebody more, other bounds, the last day; the trail names each."""
    body = {"name": "新来", "posts": ["officer"], "phone": "139", "most": 3, "weekdays_off": [6]}
    status, made = keeper.send("/duty/people", body, key="person-01")
    assert (status, made["starts_on"], made["account"]) == (201, "2026-01-20", None)
    assert keeper.send("/duty/people", body, key="person-01") == (201, made)
    path = f"/duty/people/{made['id']}"
    assert keeper.get(path)[1] == made
    seen = {"revision": made["revision"]}
    changed = keeper.send(path, body | {"nights": False, "most": 2} | seen, method="PUT")[1]
    assert (changed["nights"], changed["most"], changed["weekdays_off"]) == (False, 2, [6])
    for change, field in (
        ({"name": " "}, "name"),
        ({"posts": []}, "posts"),
        ({"weekdays_off": [1, 2, 3, 4, 5, 6, 7]}, "weekdays_off"),
        ({"weekdays_off": [8]}, "weekdays_off"),
        ({"most": 99}, "most"),
        ({"ends_on": "2025-12-01"}, "ends_on"),
        ({"phone": "1" * 60}, "phone"),
    ):
        for to, method, at in (("/duty/people", "POST", {}), (path, "PUT", {"revision": 2})):
            status, refused = keeper.send(to, body | change | at, method=method)
            assert (status, fields(refused)) == (422, {field})
    foreign = str(ground.world.liaison.person_id)
    assert fields(keeper.send("/duty/people", body | {"account": foreign})[1]) == {"account"}
    twice = str(ground.keeper.person_id)
    assert fields(keeper.send("/duty/people", body | {"account": twice})[1]) == {"account"}
    reading = Caller(ground.world.officer, NOW)
    assert reading.get(path)[0] == 200
    assert reading.send("/duty/people", body)[0] == 403
    assert reading.send(path, body | {"revision": 2}, method="PUT")[0] == 403
    assert DutyPerson.objects.filter(name="新来").count() == 1
    assert Entry.objects.filter(action="duty.person_changed").count() == 1


def test_what_a_person_decides_no_token_does(ground: Ground, keeper: Caller, chief: Caller) -> None:
    """TR-17, R-DUT-1: the way of duty and sensitive periods are read by token and set by the
    secretary-general in person."""
    way = keeper.get("/duty/scheme")[1]
    assert (way["officer_starts"], way["rest_hours"], way["version"]) == ([8], 24, 0)
    given = way | {"reason": "制度"}
    wish = Wish("春节", "通知", date(2026, 1, 20), date(2026, 2, 24))
    row = declare(wish, actor=ground.chief, at=NOW)
    revoking = f"/duty/periods/{row.pk}/revocation"
    for caller in (keeper, chief):
        for path, body in (
            ("/duty/scheme", given),
            ("/duty/periods", PERIOD),
            (revoking, {"reason": "结束"}),
        ):
            status, refused = caller.send(path, body)
            assert (status, refused["type"]) == (403, "luoshi:not-secretary-general")
    assert not Scheme.objects.exists()
    read = keeper.get(f"/duty/periods/{row.pk}")[1]
    assert (read["title"], read["revoked_at"], read["revoked_reason"]) == ("春节", None, "")
    assert keeper.send("/duty/periods", PERIOD | {"title": None})[0] == 422


def test_who_below_has_reported_is_read_by_day(ground: Ground, keeper: Caller) -> None:
    """Row 65, R-DUT-7: each office one level down, with its report or null."""
    wish = Wish("春节", "通知", date(2026, 1, 15), date(2026, 2, 24))
    row = declare(wish, actor=ground.chief, at=NOW)
    path = f"/duty/periods/{row.pk}/below"
    today = keeper.get(path)[1]
    assert (today["day"], today["reported"]) == ("2026-01-20", 0)
    assert today["items"]
    county = Unit.objects.get(short_name="安澜县")
    assert county.code in {one["unit"]["code"] for one in today["items"]}
    row.reports.create(
        office=ground.office,
        unit_code=county.code,
        unit_name="安澜县",
        day=date(2026, 1, 18),
        due_at=NOW,
        sent_at=NOW,
        by_name="夏雨",
    )
    past = keeper.get(path, day="2026-01-18")[1]
    (said,) = [one["report"] for one in past["items"] if one["report"]]
    assert (past["reported"], said["nothing"], said["sent_by"]) == (1, True, "夏雨")
    there = Caller(actor("jiang", "江某", county, Role.DUTY_OFFICER), NOW)
    assert there.get(path)[0] == 404


def test_another_office_finds_nothing_to_do(ground: Ground) -> None:
    """Row 9: rosters, shifts, people and periods of another office are not found."""
    row = ground.published()
    shift = ground.shift(DAY)
    put(shift, None, reason="试", actor=ground.keeper, at=NOW)
    period = declare(
        Wish("春节", "通知", date(2026, 1, 20), date(2026, 2, 24)), actor=ground.chief, at=NOW
    )
    county = Unit.objects.get(short_name="安澜县")
    there = Caller(actor("jiang", "江某", county, Role.DUTY_OFFICER), NOW)
    for act in ("solution", "needs", "approval", "publication", "draft"):
        assert there.send(f"/duty/rosters/{row.pk}/{act}", "")[0] == 404
    for path in (f"rosters/{row.pk}/solution", f"rosters/{row.pk}/proof", f"shifts/{shift.pk}"):
        assert there.get(f"/duty/{path}")[0] == 404
    body = {"person": None, "reason": "x"}
    assert there.send(f"/duty/shifts/{shift.pk}/person", body)[0] == 404
    assert there.send(f"/duty/periods/{period.pk}/revocation", {"reason": "x"})[0] == 404
    entry = {"name": "甲", "posts": ["officer"], "revision": 1}
    person = f"/duty/people/{ground.people['施洋'].pk}"
    assert there.send(person, entry, method="PUT")[0] == 404
    assert Shift.objects.get(pk=shift.pk).person is None
    assert SensitivePeriod.objects.get(pk=period.pk).revoked_at is None
