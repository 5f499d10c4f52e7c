"""Commitments by API: the verbs of the pages, by token (TR-22, S2-35)."""

from datetime import date, timedelta
from itertools import chain
from typing import Any

import pytest

from luoshi.foundation.audit.models import Entry
from luoshi.supervision.commitments.domain.excusing import excuse
from luoshi.supervision.commitments.domain.keeping import Kept, keep
from luoshi.supervision.commitments.models import Commitment, Occurrence
from tests.calling import Caller, pages
from tests.story import World, make_world
from tests.supervision.commitments.ground import MONDAY, noon, on, plan, run, undertaken

pytestmark = pytest.mark.django_db
BODY = {
    "title": "理论学习",
    "words": "每周五",
    "basis": "机关学习制度",
    "role": "supervision_officer",
}
MOST = 8


@pytest.fixture
def world() -> World:
    return make_world()


def test_a_commitment_is_undertaken_once_by_its_key_and_read(world: World) -> None:
    """TR-22: the rhythm is understood as on the page, in words of both languages."""
    caller = Caller(world.officer, MONDAY)
    status, made = caller.send("/commitments", BODY, key="study-2026")
    assert status == 201
    assert caller.send("/commitments", BODY, key="study-2026") == (201, made)
    assert Commitment.objects.count() == 1
    assert caller.send("/commitments", BODY | {"title": "别的"}, key="study-2026")[0] == 409
    assert (made["rule_zh"], made["role"], made["light"]) == (
        "每周五前",
        "supervision_officer",
        "green",
    )
    assert [row["due_on"] for row in made["occurrences"]] == ["2026-04-24", "2026-04-17"]
    assert caller.get(f"/commitments/{made['id']}") == (200, made)
    row = made["occurrences"][0]
    found = caller.get(f"/commitments/occurrences/{row['id']}")[1]
    assert found["trace"]["steps"]
    assert found["files"] == []
    entry = Entry.objects.get(action="commitments.undertaken")
    assert entry.object_id == made["id"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "长" * 130}, "title"),
        ({"basis": ""}, "basis"),
        ({"words": "经常"}, "words"),
        ({"words": "每个工作日"}, "words"),
        ({"words": "", "how": "week"}, "weekday"),
        ({"words": "", "how": "day"}, "hour"),
        ({"role": "auditor"}, "responsible"),
        ({"role": "", "person_id": "00000000-0000-0000-0000-000000000000"}, "responsible"),
        ({"starts_on": "2026-04-12"}, "starts_on"),
        ({"starts_on": "2098-12-31"}, "starts_on"),
        ({"ends_on": "2026-04-14"}, "ends_on"),
        ({"kind": "nothing.such"}, "kind"),
    ],
)
def test_what_cannot_be_undertaken_is_refused_by_its_field(
    world: World, change: dict[str, Any], field: str
) -> None:
    """TR-22: everything the page refuses, by the name of the field."""
    status, answer = Caller(world.officer, MONDAY).send("/commitments", BODY | change)
    assert (status, list(answer["errors"])) == (422, [field])
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '"words"',
        BODY | {"unknown": 1},
        BODY | {"title": "空\x00字"},
        BODY | {"title": None},
        BODY | {"starts_on": "0001-01-01"},
        BODY | {"starts_on": "9999-12-31"},
        BODY | {"ends_on": "2026-02-30"},
        BODY | {"weekday": 8},
        BODY | {"warning_workdays": 10**30},
        BODY | {"person_id": "x"},
        BODY | {"basis": "长" * 10**5},
    ],
)
def test_hostile_bodies_are_refused(world: World, body: Any) -> None:
    """Security row 8: what is no body of this operation is 422, never an error of the server."""
    status, answer = Caller(world.officer, MONDAY).send("/commitments", body)
    assert (status, answer["status"]) == (422, 422)
    assert not Commitment.objects.exists()


def test_who_may_not_is_told_so(world: World) -> None:
    """TR-22: a unit undertakes nothing for the office; another office's is not found."""
    row = undertaken(world)
    outsider = Caller(world.liaison, MONDAY)
    assert outsider.send("/commitments", BODY)[0] == 403
    assert outsider.get(f"/commitments/{row.pk}")[0] == 404
    assert outsider.send(f"/commitments/{row.pk}/ending", {"reason": "停"})[0] == 404
    held = row.occurrences.earliest("due_at")
    assert outsider.get(f"/commitments/occurrences/{held.pk}")[0] == 404
    assert outsider.send(f"/commitments/occurrences/{held.pk}/keeping", {})[0] == 404
    assert outsider.get("/commitments") == (200, {"items": [], "next": None})
    leader = Caller(world.leader, MONDAY)
    assert leader.get(f"/commitments/{row.pk}")[0] == 200
    assert leader.send(f"/commitments/{row.pk}/ending", {"reason": "停"})[0] == 403
    assert leader.send(f"/commitments/occurrences/{held.pk}/keeping", {})[0] == 403
    reading = Caller(world.officer, MONDAY, ("matters:read",))
    assert reading.send("/commitments", BODY)[1]["type"].endswith("scope-missing")


def test_it_is_kept_late_and_excused_ones_are_told(world: World) -> None:
    """TR-22: how each one was kept stands in the list as the record counts it."""
    row = undertaken(world)
    first = on(row, 2026, 4, 17)
    caller = Caller(world.officer, MONDAY + timedelta(days=7))
    run(caller.at)
    path = f"/commitments/occurrences/{first.pk}/keeping"
    assert caller.send(path, {"kept_at": "2099-01-01T00:00:00Z"})[1]["errors"].keys() == {"kept_at"}
    assert caller.send(path, {"kept_at": "0001-01-01T00:00:00+14:00"})[0] == 422
    assert caller.send(path, {"note": "长" * 501})[1]["errors"].keys() == {"note"}
    body = {"kept_at": "2026-04-18T11:00:00", "note": "补学"}
    status, kept = caller.send(path, body)
    assert status == 200
    assert (kept["outcome"], kept["late_amount"], kept["noted_by"]) == ("late", 1, "李文清")
    assert kept["kept_at"] == "2026-04-18T03:00:00Z"
    assert caller.send(path, body)[0] == 409
    second = on(row, 2026, 4, 24)
    excuse(occurrence=second, reason="防汛", actor=world.chief, at=caller.at)
    rows = caller.get(f"/commitments/{row.pk}")[1]["occurrences"]
    assert [(one["due_on"], one["outcome"]) for one in rows] == [
        ("2026-05-06", "ahead"),  # 1 May is a holiday
        ("2026-04-24", "excused"),
        ("2026-04-17", "late"),
    ]
    narrowed = caller.get("/commitments/occurrences", how="late", year=2026, month=4)[1]
    assert [one["id"] for one in narrowed["items"]] == [str(first.pk)]
    assert caller.get("/commitments/occurrences", how="never")[0] == 422
    assert caller.get("/commitments/occurrences", month=13)[0] == 422


def test_what_needs_evidence_is_kept_on_the_page(world: World) -> None:
    """TR-22: a file cannot be sent with the call, so the refusal says that one is missing."""
    row = undertaken(world, evidence=True)
    caller = Caller(world.officer, MONDAY)
    path = f"/commitments/occurrences/{on(row, 2026, 4, 17).pk}/keeping"
    assert caller.send(path, {"note": "学了"})[1]["errors"].keys() == {"file"}


def test_it_is_ended_once_with_a_reason(world: World) -> None:
    """TR-22: what was owed stays owed; later ones fall away and are not listed."""
    row = undertaken(world)
    caller = Caller(world.officer, noon(2026, 4, 15))
    path = f"/commitments/{row.pk}/ending"
    assert caller.send(path, {"reason": " "})[1]["errors"].keys() == {"reason"}
    assert caller.send(path, {"reason": "停", "on": "2026-04-01"})[1]["errors"].keys() == {"on"}
    status, ended = caller.send(path, {"reason": "并入周例会"})
    assert status == 200
    assert (ended["ends_on"], ended["ended_by"], ended["end_reason"]) == (
        "2026-04-15",
        "李文清",
        "并入周例会",
    )
    assert (ended["light"], ended["occurrences"]) == ("grey", [])
    assert caller.send(path, {"reason": "再停"})[0] == 409


def test_lists_page_by_key_with_constant_queries(world: World) -> None:
    """Row 8 of performance: as many queries for one row as for many, on every page."""
    first = undertaken(world)
    caller = Caller(world.officer, MONDAY)
    lists = ("/commitments", "/commitments/occurrences", f"/commitments/{first.pk}")
    few = [caller.counted(path)[1] for path in lists]
    for number in range(7):
        undertaken(world, title=f"事项{number}")
    later = Caller(world.officer, MONDAY + timedelta(days=21))
    run(later.at)
    done = Occurrence.objects.filter(commitment=first).select_related("commitment", "version")
    for one in done.order_by("due_at")[:2]:
        if one.missed_at is None or one.missed_at > later.at:
            keep(occurrence=one, kept=Kept(), actor=world.officer, at=later.at)
    many = [later.counted(path)[1] for path in lists]
    assert few == many
    assert max(many) <= MOST
    whole = [row["id"] for row in later.get("/commitments", limit=100)[1]["items"]]
    assert list(chain(*pages(later, "/commitments", 3))) == whole
    assert len(whole) == 8
    assert later.get("/commitments", cursor="%%%")[0] == 422
    assert later.get("/commitments", limit=0)[0] == 422
    assert len(pages(later, "/commitments/occurrences", 5)) > 1
    reds = later.get("/commitments", light="red")[1]["items"]
    assert {row["light"] for row in reds} == {"red"}


def test_a_plan_of_the_page_and_of_the_call_are_the_same(world: World) -> None:
    """TR-22: a rhythm chosen by its parts is the one that is written."""
    caller = Caller(world.officer, MONDAY)
    chosen = BODY | {"words": "", "how": "week", "weekday": 5, "title": "学习二"}
    first, second = (caller.send("/commitments", body)[1] for body in (BODY, chosen))
    assert first["rule"] == second["rule"]
    assert first["occurrences"][0]["due_at"] == second["occurrences"][0]["due_at"]
    assert plan().basis == first["basis"]
    assert date.fromisoformat(first["starts_on"]) == MONDAY.date()


def test_the_record_of_a_year_counts_what_its_lists_hold(world: World) -> None:
    """TR-22: kept, late and missed by month; each number is the length of its list, and other
    offices read theirs."""
    row = undertaken(world)
    run(MONDAY + timedelta(days=30))
    done = row.occurrences.earliest("due_at")
    keep(occurrence=done, kept=Kept(None, "学习"), actor=world.officer, at=MONDAY)
    caller = Caller(world.officer, MONDAY + timedelta(days=30))
    found = caller.get("/commitments/record", year=2026)[1]
    assert (found["year"], found["first_year"], len(found["months"])) == (2026, 2026, 12)
    assert found["total"]["kept"] == 1
    assert found["total"]["missed"] > 0
    for how, count in found["total"].items():
        listed = list(chain(*pages(caller, "/commitments/occurrences", 100, year=2026, how=how)))
        assert len(listed) == count, how
    april = found["months"][3]
    listed = list(
        chain(*pages(caller, "/commitments/occurrences", 100, year=2026, month=4, how="missed"))
    )
    assert (april["month"], april["missed"]) == (4, len(listed))
    one = caller.get("/commitments/record", year=2026, commitment=str(row.pk))[1]
    assert one["months"] == found["months"]
    empty = caller.get("/commitments/record", year=2025)[1]["total"]
    assert set(empty.values()) == {0}
