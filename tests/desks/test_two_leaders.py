"""A matter that carries the instructions of several leaders: each sees it, at every level."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from luoshi.desks.instructions.domain.filing import link
from luoshi.desks.instructions.domain.noting import Words, note
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import last_day
from luoshi.foundation.organizations.domain.queries.viewers import low_half
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.foundation.organizations.signals import tree_changed
from luoshi.insight.figures.domain.minute import minute_of
from luoshi.supervision.matters.domain.matter.decomposing import SubMatter, decompose
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.merging import merge
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Assignment, Matter, ReportDuty
from luoshi.supervision.rulebook.domain.settling import settle
from tests.security.world import sign_in
from tests.story import START, SYSTEM, actor, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PLAN = Plan(
    title="排查燃气管网",
    content="排查",
    method="牵头负责",
    purpose="消除隐患",
    end_on=date(2026, 12, 31),
)


class County:
    """A county's matter, which no provincial leader sees by rank (two levels down)."""

    def __init__(self) -> None:
        make_world()
        self.unit = Unit.objects.get(short_name="安澜县")
        settle(office_id=self.unit.pk, values={"officer_registers": True}, actor=SYSTEM, at=START)
        self.handler = Unit.objects.get(short_name="松屏县")
        self.officer = actor("tang", "唐宁", self.unit, Role.SUPERVISION_OFFICER)
        self.liaison = actor("jiang", "蒋华", self.handler, Role.LIAISON)
        above = Unit.objects.get(short_name="省委办公厅")
        self.first, self.second, self.none = (
            actor(name, word, above, Role.LEADER)
            for name, word in (("hao", "郝平"), ("ji", "纪元"), ("qiao", "乔木"))
        )
        made = draft(plan=PLAN, actor=self.officer, at=AT)
        self.matter = approve_to_register(matter=made, actor=self.officer, at=AT)

    def share(self) -> Assignment:
        """The matter assigned to a neighbour and signed for."""
        shares = [Share(self.handler, Part.LEAD)]
        made = assign(matter=self.matter, shares=shares, actor=self.officer, at=AT)[0]
        return sign_for(assignment=made, actor=self.liaison, at=AT)

    def instruct(self, leader: Actor) -> None:
        """The leader's words, noted by the office and added to the matter."""
        self.matter.refresh_from_db()
        words = Words(text="请抓紧办理，结果报我。", instructed_on=date(2026, 3, 1))
        row = note(words=words, actor=self.officer, at=AT, leader_id=leader.person_id)
        link(instruction=row, matter=self.matter, actor=self.officer, at=AT)


@pytest.fixture
def county() -> County:
    return County()


def sees(leader: Actor, matter: Matter) -> bool:
    """Whether the leader sees the matter, its shares and its duties, everywhere the same."""
    rows: tuple[Any, ...] = (
        Matter.objects.visible_to(leader).filter(pk=matter.pk),
        Assignment.objects.visible_to(leader).filter(matter=matter),
        ReportDuty.objects.visible_to(leader).filter(assignment__matter=matter),
    )
    found = {one.exists() for one in rows}
    assert len(found) == 1
    return found.pop()


def page(leader: Actor, matter: Matter) -> tuple[int, str]:
    """Answer of the matter's page."""
    client = Client()
    sign_in(client, User.objects.get(pk=leader.person_id))
    answer = client.get(f"/matters/{matter.pk}/")
    return answer.status_code, answer.content.decode()


def test_the_second_leader_sees_the_matter_as_the_first_does(county: County) -> None:
    """Decision 8, features row 31: the instruction holds the key to its matter, whoever wrote it
    and however many did; a leader without an instruction sees nothing of it."""
    county.share()
    leaders = (county.first, county.second, county.none)
    assert [sees(one, county.matter) for one in leaders] == [False, False, False]
    county.instruct(county.first)
    assert [sees(one, county.matter) for one in leaders] == [True, False, False]
    county.instruct(county.second)
    assert [sees(one, county.matter) for one in leaders] == [True, True, False]
    assert [page(one, county.matter)[0] for one in leaders] == [200, 200, 404]
    for one in leaders[:2]:
        assert "郝平、纪元" in page(one, county.matter)[1]
    assert [minute_of(one, AT).numbers["own"] for one in leaders] == [1, 1, 0]
    county.instruct(county.first)
    county.matter.refresh_from_db()
    assert county.matter.instructed_by_id == county.first.person_id
    assert county.matter.also_instructed_by == [county.second.person_id]


def test_the_second_leader_keeps_sight_whatever_is_counted_again(county: County) -> None:
    """Decision 8: an act on a share and a change of the tree renew the marks of sight; what a
    leader's instruction opened stays open."""
    share = county.share()
    county.instruct(county.first)
    county.instruct(county.second)
    joint = Unit.objects.get(short_name="柳堰区")
    later = AT + timedelta(days=1)
    county.matter.refresh_from_db()
    assign(
        matter=county.matter,
        shares=[Share(joint, Part.JOINT)],
        actor=county.officer,
        at=later,
    )
    assert sees(county.second, county.matter)
    Matter.objects.filter(pk=county.matter.pk).update(seen_by=[])
    tree_changed.send(sender=None, units=[share.unit_id])
    assert sees(county.second, county.matter)
    assert not sees(county.none, county.matter)


def test_the_parts_of_the_matter_open_with_it(county: County) -> None:
    """Decision 8, features row 14: parts made before and after the instruction are the same
    matter; both leaders see them."""
    decompose(
        matter=county.matter,
        parts=[SubMatter(plan=Plan(title="管网"))],
        actor=county.officer,
        at=AT,
    )
    county.instruct(county.first)
    county.instruct(county.second)
    county.matter.refresh_from_db()
    decompose(
        matter=county.matter,
        parts=[SubMatter(plan=Plan(title="阀井"))],
        actor=county.officer,
        at=AT,
    )
    parts = set(Matter.objects.filter(parent=county.matter))
    assert len(parts) == 2
    for leader, wanted in ((county.first, parts), (county.second, parts), (county.none, set())):
        assert set(Matter.objects.visible_to(leader).filter(parent=county.matter)) == wanted


def test_units_of_the_parts_owe_the_first_report(county: County) -> None:
    """TR-06, features row 31: a divided matter has its units in its parts; a part without a unit
    keeps the limit for the one it gets."""
    first, later = (SubMatter(plan=Plan(title=title)) for title in ("管网", "阀井"))
    decompose(matter=county.matter, parts=[first, later], actor=county.officer, at=AT)
    given, kept = Matter.objects.filter(parent=county.matter).order_by("part_number")
    shares = [Share(county.handler, Part.LEAD)]
    before = assign(matter=given, shares=shares, actor=county.officer, at=AT)[0]
    county.instruct(county.first)
    kept.refresh_from_db()
    after = assign(matter=kept, shares=shares, actor=county.officer, at=AT)[0]
    for share in (before, after):
        signed = sign_for(assignment=share, actor=county.liaison, at=AT)
        dues = [last_day(due) for due in signed.duties.values_list("due_at", flat=True) if due]
        assert date(2026, 3, 17) in dues


def test_a_merged_matter_takes_its_leaders_along(county: County) -> None:
    """Decision 8, R-SUP-1: who instructed the absorbed matter sees it go on in the other one."""
    county.instruct(county.first)
    made = draft(plan=replace(PLAN, title="整治燃气隐患"), actor=county.officer, at=AT)
    into = approve_to_register(matter=made, actor=county.officer, at=AT)
    assert not Matter.objects.visible_to(county.first).filter(pk=into.pk).exists()
    merge(absorbed=county.matter, into=into, reason="同一事项", actor=county.officer, at=AT)
    assert Matter.objects.visible_to(county.first).filter(pk=into.pk).exists()
    assert not Matter.objects.visible_to(county.none).filter(pk=into.pk).exists()


def test_leaders_of_before_are_named_when_the_office_moves_to_this_version(county: County) -> None:
    """Decision 8: what was added to a matter while it kept the first name alone opens it too."""
    county.share()
    county.instruct(county.first)
    county.instruct(county.second)
    wanted = Matter.objects.get(pk=county.matter.pk)
    seen = [
        mark for mark in wanted.seen_by if mark != low_half(county.second.person_id or UUID(int=0))
    ]
    Matter.objects.filter(pk=wanted.pk).update(also_instructed_by=[], seen_by=seen)
    assert not sees(county.second, county.matter)
    with connection.cursor() as cursor:
        cursor.execute(
            import_module("luoshi.desks.instructions.migrations.0002_second_leaders").FILL
        )
    found = Matter.objects.get(pk=wanted.pk)
    assert (found.also_instructed_by, found.seen_by) == (wanted.also_instructed_by, wanted.seen_by)
    assert sees(county.second, county.matter)
