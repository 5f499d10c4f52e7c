"""Publications by API: the verbs of the pages, by token (S2-27, 28, 51, 52, 54)."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from luoshi.desks.publications.models import Issue, Item, PressItem
from luoshi.foundation.audit.models import Entry
from tests.calling import Caller, pages
from tests.desks.publications.ground import (
    AT,
    TEXT,
    bring_out,
    clerk_of,
    issue_of,
    journal,
    put_in,
)
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
MOST = 8
PRESS = {
    "title": "协商在一线",
    "outlet": "市日报",
    "level": "city",
    "published_on": "2026-03-05",
    "link": "https://example.org/1",
}


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def clerk(world: World) -> Caller:
    return Caller(clerk_of(world), AT)


def fields(answer: Any) -> list[str]:
    """The fields a refusal names."""
    return [name.split(".")[-1] for name in answer["errors"]]


def test_an_item_is_collected_once_and_its_issue_comes_out(world: World) -> None:
    """S2-28: collected, edited, printing, out; the characters are counted, the paper is frozen."""
    who = clerk_of(world)
    clerk, paper = Caller(who, AT), journal(who)
    issue = issue_of(paper, who)
    body = {"publication": str(paper.pk), "issue": str(issue.pk), "title": "古桥记"}
    body |= {"author": "谢知文", "text": TEXT, "state": "edited"}
    status, made = clerk.send("/publications/items", body, key="item-0001")
    assert (status, made["characters"], made["measure"]) == (201, 20, "counted")
    assert clerk.send("/publications/items", body, key="item-0001") == (201, made)
    assert Item.objects.count() == 1
    assert clerk.get(f"/publications/items/{made['id']}") == (200, made)
    path = f"/publications/issues/{issue.pk}"
    assert clerk.get(path)[1]["contents"][0]["title"] == "古桥记"
    assert (
        clerk.send(f"{path}/steps", {"act": "back", "seen": "collected", "reason": "改"})[0] == 409
    )
    states = ("collected", "edited", "printing", "out")
    for seen, then in pairwise(states):
        clerk.at += timedelta(minutes=1)
        status, moved = clerk.send(f"{path}/steps", {"act": "forward", "seen": seen})
        assert (status, moved["state"]) == (200, then)
    stored = Issue.objects.get()
    assert (moved["sha256"], moved["out_on"]) == (stored.sha256, "2026-03-06")
    assert [step["after"] for step in moved["steps"]] == ["edited", "printing", "out"]
    assert clerk.send(f"{path}/steps", {"act": "forward", "seen": "printing"})[0] == 409
    assert clerk.send(f"{path}/steps", {"act": "forward", "seen": "out"})[0] == 409
    late = body | {"title": "补稿"}
    assert clerk.send("/publications/items", late)[0] == 409
    assert Entry.objects.filter(action="publications.came_out").count() == 1


def test_a_step_is_made_once_and_back_needs_a_reason(world: World) -> None:
    """S2-28: nothing to print, not edited, somebody was quicker, no reason."""
    who = clerk_of(world)
    clerk = Caller(who, AT)
    issue = issue_of(journal(who), who)
    path = f"/publications/issues/{issue.pk}/steps"
    assert clerk.send(path, {"act": "forward", "seen": "collected"})[0] == 422
    item = put_in(issue, who, state="collected")
    assert clerk.send(path, {"act": "forward", "seen": "collected"})[0] == 422
    Item.objects.filter(pk=item.pk).update(state="edited")
    body = {"act": "forward", "seen": "collected"}
    first = clerk.send(path, body, key="step-0001")
    assert clerk.send(path, body, key="step-0001") == first
    assert clerk.send(path, body)[0] == 409
    back = {"act": "back", "seen": "edited"}
    assert fields(clerk.send(path, back)[1]) == ["reason"]
    assert fields(clerk.send(path, back | {"reason": "长" * 301})[1]) == ["reason"]
    assert clerk.send(path, back | {"reason": "缺插图"})[1]["state"] == "collected"
    for change in ({"act": "sideways"}, {"seen": "lost"}, {"seen": None}, {"by": "别人"}):
        assert clerk.send(path, body | change)[0] == 422


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "题" * 161}, "title"),
        ({"author": ""}, "author"),
        ({"text": ""}, "characters"),
        ({"text": "", "characters": 300}, "measure_source"),
        ({"characters": 0}, "characters"),
        ({"characters": 10**20}, "characters"),
        ({"first_page": 7, "last_page": 3}, "last_page"),
        ({"last_page": 3}, "last_page"),
        ({"collected_on": "2026-03-07"}, "collected_on"),
        ({"collected_on": "0001-01-01"}, "collected_on"),
        ({"state": "lost"}, "state"),
        ({"publication": "00000000-0000-0000-0000-000000000000"}, "publication"),
        ({"publication": "x"}, "publication"),
        ({"issue": "00000000-0000-0000-0000-000000000000"}, "issue"),
        ({"text": "空\x00"}, "text"),
        ({"sha256": "x"}, "sha256"),
    ],
)
def test_what_cannot_be_collected_is_refused_by_its_field(
    world: World, change: dict[str, Any], field: str
) -> None:
    """S2-27, security row 8: as on the page, nothing is kept."""
    who = clerk_of(world)
    body = {"publication": str(journal(who).pk), "title": "记", "author": "谢", "text": TEXT}
    status, answer = Caller(who, AT).send("/publications/items", body | change)
    assert (status, fields(answer)) == (422, [field])
    assert not Item.objects.exists()


def test_an_issue_of_another_publication_takes_no_item(world: World) -> None:
    """S2-27: refused by its field."""
    who = clerk_of(world)
    other = issue_of(journal(who, title="丛书"), who)
    body = {"publication": str(journal(who).pk), "issue": str(other.pk)}
    body |= {"title": "记", "author": "谢", "text": TEXT}
    status, answer = Caller(who, AT).send("/publications/items", body)
    assert (status, fields(answer)) == (422, ["issue"])


def test_a_press_item_is_noted_once(clerk: Caller) -> None:
    """S2-51: once by its key, the same one by another key is refused; only web links."""
    status, made = clerk.send("/publications/press", PRESS, key="press-001")
    assert (status, made["outlet"]) == (201, "市日报")
    assert clerk.send("/publications/press", PRESS, key="press-001") == (201, made)
    assert fields(clerk.send("/publications/press", PRESS)[1]) == ["title"]
    assert clerk.get(f"/publications/press/{made['id']}") == (200, made)
    for change, field in (
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": ""}, "link"),
        ({"link": "http://[::1"}, "link"),
        ({"outlet": " "}, "outlet"),
        ({"published_on": "2026-03-07"}, "published_on"),
        ({"level": "world"}, "level"),
        ({"authors": "名" * 121}, "authors"),
    ):
        status, answer = clerk.send("/publications/press", PRESS | {"title": "又"} | change)
        assert (status, fields(answer)) == (422, [field])
    assert PressItem.objects.count() == 1
    assert clerk.get("/publications/press", level="city", year=2026)[1]["items"] == [made]
    assert clerk.get("/publications/press", level="central")[1]["items"] == []
    assert clerk.get("/publications/press", text="一线")[1]["items"] == [made]
    assert clerk.get("/publications/press", text="\x00")[0] == 422


def test_an_item_is_corrected_and_moved(world: World) -> None:
    """S2-27, 28: as on the page, on the revision that was read; what is wrong is named by its
    field; an issue that is out keeps what it printed."""
    who = clerk_of(world)
    clerk, paper = Caller(who, AT), journal(who)
    issue = issue_of(paper, who)
    item = put_in(issue, who)
    path = f"/publications/items/{item.pk}"
    fix = {"revision": 1, "issue": str(issue.pk), "title": "古桥续记", "author": "谢知文"}
    fix |= {"text": TEXT * 2, "state": "edited", "collected_on": "2026-03-01"}
    status, made = clerk.send(path, fix, method="PUT")
    assert (status, made["title"], made["characters"], made["revision"]) == (200, "古桥续记", 40, 2)
    assert clerk.get(path) == (200, made)
    status, answer = clerk.send(path, fix | {"title": "迟到的"}, method="PUT")
    assert (status, answer["type"]) == (422, "luoshi:edited-meanwhile")
    fix["revision"], other = 2, issue_of(journal(who, title="丛书"), who)
    for change, field in (
        ({"title": ""}, "title"),
        ({"revision": 0}, "revision"),
        ({"state": "lost"}, "state"),
        ({"collected_on": None}, "collected_on"),
        ({"issue": str(uuid4())}, "issue"),
        ({"issue": str(other.pk)}, "issue"),
        ({"publication": str(paper.pk)}, "publication"),
    ):
        status, answer = clerk.send(path, fix | change, method="PUT")
        assert (status, fields(answer)) == (422, [field])
    assert Caller(world.officer, AT).send(path, fix, method="PUT")[0] == 403
    assert Caller(world.liaison, AT).send(path, fix, method="PUT")[0] == 404
    status, made = clerk.send(path, fix | {"issue": None}, method="PUT")
    assert (status, made["issue_id"], made["revision"]) == (200, None, 3)
    final = put_in(issue, who, title="定稿")
    bring_out(issue, who)
    path = f"/publications/items/{final.pk}"
    assert clerk.send(path, fix | {"revision": 1}, method="PUT")[0] == 409


def test_a_press_item_is_corrected(clerk: Caller, world: World) -> None:
    """S2-51: on the revision that was read; it does not become another one that is noted."""
    made = clerk.send("/publications/press", PRESS)[1]
    clerk.send("/publications/press", PRESS | {"title": "又一篇"})
    path, fix = f"/publications/press/{made['id']}", PRESS | {"level": "province", "revision": 1}
    status, fixed = clerk.send(path, fix, method="PUT")
    assert (status, fixed["level"], fixed["revision"]) == (200, "province", 2)
    assert clerk.get(path) == (200, fixed)
    assert clerk.send(path, fix, method="PUT")[1]["type"] == "luoshi:edited-meanwhile"
    fix["revision"] = 2
    for change, field in (
        ({"title": "又一篇"}, "title"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": ""}, "link"),
        ({"published_on": "2026-03-07"}, "published_on"),
        ({"revision": "x"}, "revision"),
    ):
        status, answer = clerk.send(path, fix | change, method="PUT")
        assert (status, fields(answer)) == (422, [field])
    assert Caller(world.officer, AT).send(path, fix, method="PUT")[0] == 403
    assert Caller(world.liaison, AT).send(path, fix, method="PUT")[0] == 404


@pytest.mark.parametrize("body", ["", "[]", "{", "null", "1", {"x": "y"}])
def test_hostile_bodies_are_refused(world: World, body: Any) -> None:
    """Security row 8: never an error of the server."""
    who = clerk_of(world)
    issue = issue_of(journal(who), who)
    caller = Caller(who, AT)
    paths = ("items", "press", f"issues/{issue.pk}/steps")
    assert {caller.send(f"/publications/{path}", body)[0] for path in paths} == {422}


def test_who_reads_only_and_who_is_elsewhere(world: World) -> None:
    """Row 9: a post that keeps nothing is told so; another office's rows are not found."""
    who = clerk_of(world)
    paper = journal(who)
    issue = issue_of(paper, who)
    item = put_in(issue, who)
    press = Caller(who, AT).send("/publications/press", PRESS)[1]["id"]
    step = {"act": "forward", "seen": "collected"}
    body = {"publication": str(paper.pk), "title": "记", "author": "谢", "text": TEXT}
    officer, outside = Caller(world.officer, AT), Caller(world.liaison, AT)
    rows = (f"issues/{issue.pk}", f"items/{item.pk}", f"press/{press}")
    for row in rows:
        assert officer.get(f"/publications/{row}")[0] == 200
        assert outside.get(f"/publications/{row}")[0] == 404
    for caller, status in ((officer, 403), (outside, 404)):
        assert caller.send(f"/publications/issues/{issue.pk}/steps", step)[0] == status
    for caller in (officer, outside):
        assert caller.send("/publications/items", body)[0] == 403
        assert caller.send("/publications/press", PRESS)[0] == 403
    for path in ("", "/issues", "/items", "/press"):
        assert outside.get(f"/publications{path}")[1]["items"] == []
    assert officer.get(f"/publications/issues/{uuid4()}")[0] == 404
    reading = Caller(who, AT, ("matters:read",))
    assert reading.send("/publications/press", PRESS)[0] == 403


def test_the_figures_of_a_year_are_those_of_the_page(world: World) -> None:
    """S2-52, 54: by publication, by kind, press by level; they count what the lists give."""
    who = clerk_of(world)
    paper, second, book = (
        journal(who),
        journal(who, title="二刊"),
        journal(who, kind="book", title="书"),
    )
    for publication in (paper, second, book):
        issue = issue_of(publication, who)
        put_in(issue, who, title="一")
        put_in(issue, who, title="弃", state="left_out")
        bring_out(issue, who)
    caller = Caller(who, AT)
    caller.send("/publications/press", PRESS)
    found = caller.get("/publications/figures", year=2026)[1]
    kinds = {row["kind"]: row for row in found["kinds"]}
    assert {kind: row["issues"] for kind, row in kinds.items()} == {"book": 1, "journal": 2}
    assert kinds["journal"]["printed_characters"] == 2 * 20
    assert kinds["journal"]["collected"] == 4
    assert found["total"]["issues"] == 3
    assert [row["items"] for row in found["press"]] == [0, 0, 1, 0]
    assert found["press_total"] == 1
    listed = caller.get("/publications/items", kind="journal", printed=2026)[1]
    assert len(listed["items"]) == kinds["journal"]["printed"]
    assert listed["characters"] == kinds["journal"]["printed_characters"]
    out = caller.get("/publications/issues", kind="journal", state="out", year=2026)[1]["items"]
    assert len(out) == kinds["journal"]["issues"]
    assert caller.get("/publications/figures", year=2025)[1]["total"]["issues"] == 0
    assert caller.get("/publications/figures")[1]["year"] == 2026
    assert caller.get("/publications/figures", year=1)[0] == 422


def test_lists_cost_the_same_however_long_they_are(world: World) -> None:
    """Performance row 8: as many queries for one row as for many, on every page."""
    who = clerk_of(world)
    paper = journal(who)
    caller = Caller(who, AT)
    issue = issue_of(paper, who)
    put_in(issue, who)
    caller.send("/publications/press", PRESS)
    lists = (
        *("/publications", "/publications/issues", "/publications/items", "/publications/press"),
        *("/publications/figures", f"/publications/issues/{issue.pk}"),
    )
    few = [caller.counted(path)[1] for path in lists]
    for number in range(4):
        journal(who, title=f"刊{number}", kind="book")
        put_in(issue, who, title=f"稿{number}")
        issue_of(paper, who, planned_on=date(2026, 4, 1 + number))
        caller.send("/publications/press", PRESS | {"title": f"报道{number}"})
    many = [caller.counted(path)[1] for path in lists]
    assert few == many
    assert max(many) <= MOST
    for path in lists[:4]:
        assert [len(part) for part in pages(caller, path, 2)] == [2, 2, 1]


def test_a_publication_is_founded_and_its_issues_planned(world: World, clerk: Caller) -> None:
    """S2-27, S2-28, features row 92: the refusals of the pages by their fields, a number once for
    ever, another day, the items in another order, the proof as paper."""
    body = {"title": "《政协》", "kind": "journal", "periodicity": "quarterly", "last_number": 6}
    status, made = clerk.send("/publications", body, key="found-0001")
    assert (status, made["title"], made["under_way"]) == (201, "政协", 0)
    assert clerk.send("/publications", body, key="found-0001") == (201, made)
    assert fields(clerk.send("/publications", body)[1]) == ["title"]
    book = {"title": "文史丛书", "kind": "book", "periodicity": "monthly"}
    assert fields(clerk.send("/publications", book)[1]) == ["periodicity"]
    path = f"/publications/{made['id']}/issues"
    late = {"planned_on": "2026-01-05"}
    assert fields(clerk.send(path, late)[1]) == ["planned_on"]
    plan = {"theme": "委员手记", "planned_on": "2026-06-30"}
    status, issue = clerk.send(path, plan, key="plan-0001")
    assert (status, issue["number"], issue["theme"]) == (201, 7, "委员手记")
    assert clerk.send(path, plan, key="plan-0001") == (201, issue)
    assert clerk.send(path, {})[1]["number"] == 8
    one = f"/publications/issues/{issue['id']}"
    for name in ("甲", "乙"):
        piece = {"publication": made["id"], "issue": issue["id"], "title": name, "text": TEXT}
        assert clerk.send("/publications/items", piece | {"author": "谢知文"})[0] == 201
    last = clerk.get(one)[1]["contents"][1]["id"]
    status, moved = clerk.send(f"{one}/order", {"item": last, "way": "up"})
    assert [row["title"] for row in moved["contents"]] == ["乙", "甲"]
    assert fields(clerk.send(f"{one}/order", {"item": made["id"], "way": "up"})[1]) == ["item"]
    status, dated = clerk.send(f"{one}/date", {"planned_on": None}, method="PUT")
    assert (status, dated["planned_on"], dated["light"]) == (200, None, "grey")
    with time_machine.travel(clerk.at, tick=False):
        paper = Client().get(f"/api/v1{one}/paper", headers=clerk.headers)
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")


def test_who_reads_only_founds_nothing(world: World) -> None:
    """S2-27: a post that reads is refused, and another office finds no issue to plan."""
    caller = Caller(world.liaison, AT)
    body = {"title": "政协", "kind": "journal", "periodicity": "quarterly"}
    assert caller.send("/publications", body)[0] == 403
    paper = journal(clerk_of(world))
    assert caller.send(f"/publications/{paper.pk}/issues", {})[0] == 404
