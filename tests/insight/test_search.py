"""Search finds the same whichever way it takes, within sight, newest first (performance.md: Chinese
search; decision 8)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.bigrams import query
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.insight.search.domain import finding, newest
from luoshi.insight.search.domain.finding import find
from luoshi.insight.search.domain.newest import common
from luoshi.supervision.matters.models import Matter, Report
from tests.security.world import matter
from tests.story import World, actor, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return make_world()


def made(world: World, number: int, title: str) -> list[UUID]:
    """Matters with this title, each an hour newer than the one before."""
    keys = []
    for hours in range(number):
        row = matter(world, AT + timedelta(hours=hours), to=world.bureau, title=title)
        Matter.objects.filter(pk=row.pk).update(created_at=AT + timedelta(hours=hours))
        keys.append(row.pk)
    return keys


def found(world: World, text: str) -> list[UUID]:
    """The keys of the matters the office's officer finds."""
    return [row.pk for row in find(text, world.officer).matters]


def outsider() -> Actor:
    """The officer of an office elsewhere."""
    office = Unit.objects.create(code="99", name="外省委办公厅", level="province", system="party")
    return actor("elsewhere", "外省督查员", office, Role.SUPERVISION_OFFICER)


def every_word_is_common(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the way through the newest rows, as statistics of a large site would have it."""
    monkeypatch.setattr(finding, "common", lambda _asked, models: set(models))


def test_both_ways_find_the_same_newest_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A common word is looked for among the newest rows, any other in the index; the answer is the
    same."""
    made(world, 2, "城东易涝点整治")
    keys = made(world, 27, "隐患排查工作")
    by_index = found(world, "隐患排查")
    assert by_index == keys[:1:-1]  # twenty-five of twenty-seven, the newest first
    every_word_is_common(monkeypatch)
    assert found(world, "隐患排查") == by_index


def test_where_the_newest_rows_are_not_enough_the_index_is_asked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is missed because it is old."""
    keys = made(world, 3, "隐患排查工作")
    made(world, 4, "城东易涝点整治")
    every_word_is_common(monkeypatch)
    monkeypatch.setattr(newest, "LOOKED_THROUGH", 2)
    assert found(world, "隐患排查") == keys[::-1]


def test_looking_through_the_newest_keeps_to_sight(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decision 8: what is not in sight is not found, however common the word."""
    made(world, 26, "隐患排查工作")
    every_word_is_common(monkeypatch)
    monkeypatch.setattr(newest, "LOOKED_THROUGH", 26)
    assert len(found(world, "隐患排查")) == 25
    assert find("隐患排查", outsider()).matters == []


def test_without_statistics_no_word_is_common(world: World) -> None:
    """A new site asks the index."""
    made(world, 3, "隐患排查工作")
    assert common(query("隐患排查"), (Matter, Report)) == set()
    assert common(query("从未有过"), (Matter, Report)) == set()
