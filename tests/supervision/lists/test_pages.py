"""Pages of lists, problems and inspections: the same number of queries for one row and for many."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.exchange.domain.node.initialising import initialise
from luoshi.foundation.exchange.enums import Relation
from luoshi.foundation.exchange.models import Outgoing
from luoshi.supervision.inspections.domain.preparing import Outline, draft_inspection
from luoshi.supervision.inspections.domain.problem.raising import Raised, raise_problem
from luoshi.supervision.lists.domain.drafting import Head, add_points, start_list
from luoshi.supervision.lists.domain.issuing import issue
from luoshi.supervision.lists.domain.pasting import read_points
from luoshi.supervision.lists.models import SupervisionPointsList
from tests.counting import queries_of
from tests.foundation.exchange.ground import make_far, own_files
from tests.security.world import keyed, sign_in
from tests.story import SYSTEM, World, make_world

pytestmark = pytest.mark.django_db
POINTS = "燃气改造｜市住房城乡建设局\n校园安全｜市教育局｜市财政局\n河湖整治｜市水务局"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def officer(world: World) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    return client


def queries(client: Client, path: str) -> int:
    """How many queries one page takes, when the session is warm."""
    client.get(path)
    answer, number = queries_of(lambda: client.get(path))
    assert answer.status_code == 200
    return number


def a_list(world: World, year: int, points: str, at: datetime) -> SupervisionPointsList:
    head = Head(year, f"{year}年督查要点", "清委办发3号", "牵头负责", "推动落实")
    found = start_list(head=head, actor=world.officer, at=at)
    add_points(points_list=found, points=read_points(points), actor=world.officer, at=at)
    return found


def test_list_pages_take_the_same_queries_with_one_row_and_with_three(
    world: World, officer: Client
) -> None:
    """performance.md: literal query counts, independent of rows."""
    now = datetime.now(UTC)
    first = a_list(world, now.year, POINTS.splitlines()[0], now)
    issue(points_list=first, actor=world.officer, at=now)
    index, page = "/points-lists/", f"/points-lists/{first.pk}/"
    one = (queries(officer, index), queries(officer, page))
    a_list(world, now.year + 1, POINTS, now)
    third = a_list(world, now.year + 2, POINTS, now)
    issue(points_list=third, actor=world.officer, at=now)
    assert (queries(officer, index), queries(officer, f"/points-lists/{third.pk}/")) == one


def test_a_list_page_says_which_nodes_know_of_it(
    world: World, officer: Client, settings: Any
) -> None:
    """Rows 50 and 52: delivered or not, how many slips are signed, per node; the same queries for
    one node and for three."""
    with own_files(settings):
        now = datetime.now(UTC)
        initialise(code="C3301", name="市级节点", address="", actor=SYSTEM, at=now)
        counties = ("安澜县", "松屏县", "柳堰区")
        below = [
            make_far(f"X{n}", Relation.SUBORDINATE, name) for n, name in enumerate(counties, 1)
        ]
        first = a_list(world, now.year, f"防汛｜{counties[0]}", now)
        issue(points_list=first, actor=world.officer, at=now)
        one = queries(officer, f"/points-lists/{first.pk}/")
        lines = "\n".join(f"防汛{name}｜{name}" for name in counties)
        second = a_list(world, now.year + 1, lines, now)
        issue(points_list=second, actor=world.officer, at=now)
        path = f"/points-lists/{second.pk}/"
        assert queries(officer, path) == one
        for far, verdict in zip(below, ("accepted", "refused"), strict=False):
            rows = Outgoing.objects.filter(kind="lists.list", receiver=far.node)
            far.verdict(rows.latest("sequence"), verdict, reason="declined: points")
        text = officer.get(path).content.decode()
        assert [text.count(word) for word in ("已送达对方", "传输中", "0/1")] == [1, 1, 3]
        assert "points" in text


def test_problem_and_inspection_lists_take_the_same_queries(world: World, officer: Client) -> None:
    """performance.md: literal query counts, independent of rows."""
    now = datetime.now(UTC)
    limit = date(now.year + 1, 6, 30)

    def more(month: int) -> None:
        given = Raised(world.bureau, "3处未标识", "safety", "补齐", limit)
        raise_problem(raised=given, actor=world.officer, at=now)
        day = date(now.year, month, 10)
        outline = Outline("督查", "special", "责任", "工地", ("visit",), [world.bureau], day, day)
        draft_inspection(outline=outline, actor=world.chief, at=now)

    more(1)
    pages = ("/problems/", "/inspections/")
    one = [queries(officer, path) for path in pages]
    for month in (5, 9):
        more(month)
    assert [queries(officer, path) for path in pages] == one


def test_points_pasted_previewed_added_and_copied_on_the_pages(
    world: World, officer: Client
) -> None:
    """S3-56, S2-95: preview before adding, differences before creating; GET changes nothing."""
    year = datetime.now(UTC).year
    body: dict[str, Any] = {"year": str(year), "title": "督查要点", "reference": "3号"}
    page = officer.post("/points-lists/new/", keyed(**body))["Location"]
    shown = officer.post(f"{page}points/", keyed(points=POINTS, act="preview"))
    assert (shown.status_code, SupervisionPointsList.objects.get().points.count()) == (200, 0)
    officer.post(f"{page}points/", keyed(points=POINTS, act="add"))
    found = SupervisionPointsList.objects.get()
    assert found.points.count() == 3
    dropped = found.points.get(number=2)
    body = {"year": str(year + 1), "title": "下年督查要点", f"keep-{dropped.pk}": "0"}
    shown = officer.post(f"{page}copy/", keyed(act="compare", **body))
    assert [one.change for one in shown.context["differences"]] == ["kept", "kept", "dropped"]
    refused = officer.post(f"{page}copy/", keyed(act="create", **body))
    assert (refused.status_code, SupervisionPointsList.objects.count()) == (422, 1)
    body[f"reason-{dropped.pk}"] = "已完成"
    made = officer.post(f"{page}copy/", keyed(act="create", **body))
    assert (made.status_code, SupervisionPointsList.objects.count()) == (302, 2)
