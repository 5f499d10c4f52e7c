"""Duty handed over by API (R-DUT-2; row 63; B10)."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from luoshi.desks.duty.domain.roster.editing import put
from luoshi.desks.duty.domain.watch.noting import note
from luoshi.desks.duty.models import Handover, Shift
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.calling import Caller, pages
from tests.desks.duty.ground import HOUR, NOW, Ground
from tests.desks.duty.test_books import line
from tests.story import actor

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 10)
MOST = 8


@pytest.fixture
def ground() -> Ground:
    return Ground()


def two_without_account(ground: Ground) -> Shift:
    """A shift of somebody without an account, and somebody without one comes next."""
    ground.published()
    for day, name in ((DAY, "高原"), (date(2026, 2, 11), "秦川")):
        put(ground.shift(day), ground.people[name], reason="调整", actor=ground.keeper, at=NOW)
    return ground.shift(DAY)


def test_handed_over_changed_and_signed(ground: Ground) -> None:
    """R-DUT-2: written once a key with the open lines, changed by who has read it, signed for what
    was read; then it stands."""
    shift = two_without_account(ground)
    kept = note(line(pending=True), actor=ground.keeper, at=shift.ends_at - HOUR)
    keeper = Caller(ground.keeper, shift.ends_at)
    path = f"/duty/shifts/{shift.pk}/handover"
    body = {"words": "夜间平稳"}
    assert keeper.send(path, {"words": " "})[1]["errors"].keys() == {"words"}
    assert keeper.send(path, body | {"taker": str(uuid4())})[1]["errors"].keys() == {"taker"}
    status, made = keeper.send(path, body, key="handover-01")
    assert (status, made["giver"], made["taker"], made["revision"]) == (201, "高原", "秦川", 1)
    assert keeper.send(path, body, key="handover-01") == (201, made)
    assert [one["id"] for one in made["lines"]] == [str(kept.pk)]
    chief = Caller(ground.chief, shift.ends_at)
    stale = chief.send(path, {"words": "另有一事"})
    assert (stale[0], stale[1]["type"]) == (409, "luoshi:edited-meanwhile")
    changed = chief.send(path, {"words": "夜间平稳；另有一事", "revision": 1})[1]
    assert (changed["revision"], changed["words"]) == (2, "夜间平稳；另有一事")
    sign = f"/duty/handovers/{made['id']}/signature"
    assert keeper.get("/duty/handovers", unsigned=True)[1]["items"][0]["id"] == made["id"]
    unread = keeper.send(sign, {"revision": 1})
    assert (unread[0], unread[1]["type"]) == (409, "luoshi:edited-meanwhile")
    assert keeper.send(sign, {"revision": 2, "words": "长" * 301})[0] == 422
    assert keeper.send(sign, {})[0] == 422
    signed = keeper.send(sign, {"revision": 2, "words": "钥匙缺一把"}, key="sign-0001")
    assert (signed[0], signed[1]["taken_words"]) == (200, "钥匙缺一把")
    assert keeper.send(sign, {"revision": 2, "words": "钥匙缺一把"}, key="sign-0001") == signed
    assert keeper.send(sign, {"revision": 2})[1]["type"] == "luoshi:taken"
    done = chief.send(path, {"words": "再", "revision": 2})
    assert (done[0], done[1]["type"]) == (409, "luoshi:handed-over")
    assert keeper.get("/duty/handovers", unsigned=True)[1]["items"] == []
    assert keeper.get(f"/duty/handovers/{made['id']}")[1] == signed[1]
    kinds = ("duty.handed_over", "duty.handover_changed", "duty.taken_over")
    assert [Entry.objects.filter(action=kind).count() for kind in kinds] == [1, 1, 1]


def test_a_token_hands_over_for_nobody_who_signs_in(ground: Ground) -> None:
    """R-DUT-2: whose shift it is hands over in person; so does who takes over sign; a shift to come
    is not handed over; who is not of the desk reads none."""
    ground.published()
    mine = Shift.objects.filter(person=ground.people["李文清"], post="officer").first()
    assert mine is not None
    for who in (ground.keeper, ground.chief):
        answer = Caller(who, mine.ends_at).send(
            f"/duty/shifts/{mine.pk}/handover", {"words": "平稳"}
        )
        assert answer[0] == 403
    theirs = Caller(ground.world.officer, mine.ends_at)
    assert theirs.send(f"/duty/shifts/{mine.pk}/handover", {"words": "平稳"})[0] == 403
    assert theirs.get("/duty/handovers")[0] == 403
    coming = Shift.objects.filter(person=ground.people["高原"]).first()
    assert coming is not None
    early = Caller(ground.keeper, NOW).send(f"/duty/shifts/{coming.pk}/handover", {"words": "平稳"})
    assert (early[0], early[1]["type"]) == (409, "luoshi:not-begun")
    taker = str(ground.people["李文清"].pk)
    keeper = Caller(ground.keeper, coming.ends_at)
    made = keeper.send(f"/duty/shifts/{coming.pk}/handover", {"words": "平稳", "taker": taker})[1]
    sign = f"/duty/handovers/{made['id']}/signature"
    assert keeper.send(sign, {"revision": 1})[0] == 403
    county = Unit.objects.get(short_name="安澜县")
    there = Caller(actor("jiang", "江某", county, Role.DUTY_OFFICER), coming.ends_at)
    assert there.get(f"/duty/handovers/{made['id']}")[0] == 404
    assert there.send(sign, {"revision": 1})[0] == 404
    assert Handover.objects.get().taken_at is None


@pytest.mark.parametrize(
    "body", ["", "[]", "{", {"words": 1}, {"words": "x", "revision": -1}, {"words": "\x00"}]
)
def test_hostile_bodies_are_refused(ground: Ground, body: Any) -> None:
    """Security row 8: never an error of the server, nothing written."""
    shift = two_without_account(ground)
    keeper = Caller(ground.keeper, shift.ends_at)
    assert keeper.send(f"/duty/shifts/{shift.pk}/handover", body)[0] == 422
    assert not Handover.objects.exists()


def test_many_cost_as_few(ground: Ground) -> None:
    """Performance row 8: as many queries for one hand-over as for several; page by page."""
    ground.published()
    rows = Shift.objects.filter(person__account=None, post="officer").order_by("starts_at")
    counts = []
    for shift in rows[:4]:
        keeper = Caller(ground.keeper, shift.ends_at)
        body = {"words": "平稳", "taker": str(ground.people["何晓"].pk)}
        assert keeper.send(f"/duty/shifts/{shift.pk}/handover", body)[0] == 201
        counts.append(keeper.counted("/duty/handovers")[1])
    assert len(set(counts)) == 1
    assert counts[0] <= MOST
    assert [len(part) for part in pages(keeper, "/duty/handovers", 3)] == [3, 1]
