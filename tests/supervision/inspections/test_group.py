"""The people of an inspection's group: told when it begins, they see it and record what they find,
whatever their post in the office; and whose turn it is stands on its page."""

from datetime import date

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.inspections.domain.concluding import conclude
from luoshi.supervision.inspections.domain.finding import record_finding
from luoshi.supervision.inspections.domain.preparing import Member, set_group
from luoshi.supervision.inspections.domain.receiving import receive
from luoshi.supervision.inspections.domain.starting import start
from luoshi.supervision.inspections.models import Inspection
from tests.security.world import sign_in
from tests.story import World, actor, make_world
from tests.supervision.inspections.test_inspections import AT, approved, found, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def with_clerk(world: World) -> tuple[Inspection, Actor]:
    """A planned inspection whose group has the office's document clerk."""
    clerk = actor("lv", "吕文", world.office, Role.DOCUMENT_CLERK)
    made = planned(world)
    members = [
        Member("王建国", "leader", "staff", "副书记", world.leader.person_id),
        Member("吕文", "member", "staff", "文书科员", clerk.person_id),
        Member("高工", "invited", "expert", "燃气专家"),
    ]
    set_group(inspection=made, members=members, actor=world.officer, at=AT)
    approved(world)
    return made, clerk


def test_member_of_the_group_is_told_sees_it_and_records(world: World) -> None:
    """Features row 30, R-SUP-7: whoever goes along writes the facts down on site, in one's own
    name; the leader of the group too."""
    made, clerk = with_clerk(world)
    with pytest.raises(Refused):
        record_finding(inspection=made, found=found(world), actor=clerk, at=AT)
    made = start(inspection=made, actor=world.officer, at=AT)
    told = Notice.objects.filter(dedup_key__startswith=f"inspection-group|{made.pk}|")
    assert {row.recipient_id for row in told} == {clerk.person_id, world.leader.person_id}
    assert Inspection.objects.visible_to(clerk).get() == made
    row = record_finding(inspection=made, found=found(world), actor=clerk, at=AT)
    assert row.recorded_by_name == "吕文"
    record_finding(inspection=made, found=found(world), actor=world.leader, at=AT)
    assert Entry.objects.filter(action="inspections.found").count() == 2


def test_who_is_not_of_the_group_does_not(world: World) -> None:
    """Features row 30, decision 8: another clerk of the office neither sees the inspection nor
    records; a member decides nothing that the office decides."""
    made, clerk = with_clerk(world)
    made = start(inspection=made, actor=world.officer, at=AT)
    other = actor("shi", "施洋", world.office, Role.INFORMATION_OFFICER)
    assert not Inspection.objects.visible_to(other).exists()
    for who, act in ((other, "find"), (clerk, "conclude"), (world.leader, "conclude")):
        with pytest.raises(Forbidden):
            if act == "find":
                record_finding(inspection=made, found=found(world), actor=who, at=AT)
            else:
                conclude(inspection=made, text="结论", requirements="", actor=who, at=AT)


def test_the_page_says_whose_turn_it_is(world: World) -> None:
    """Features row 30: from the plan to the last problem the first line says what comes next."""
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    made = planned(world)

    def line() -> str:
        page = client.get(f"/inspections/{made.pk}/").content.decode()
        return page.split('class="card turn turn-grey"')[1].split("</section>")[0]

    assert "2026年度督查计划报审后才能启动" in line()
    approved(world)
    assert "可以启动" in line()
    made = start(inspection=made, actor=world.officer, at=AT)
    assert "0项发现" in line()
    record_finding(inspection=made, found=found(world), actor=world.officer, at=AT)
    conclude(inspection=made, text="总体较好", requirements="", actor=world.officer, at=AT)
    assert f"尚未签收：{world.bureau}" in line()
    place = made.objects_inspected.select_related("inspection").get()
    receive(row=place, actor=world.liaison, at=AT)
    assert "1个问题未销号" in line()


def test_a_closed_post_of_the_office_is_no_member(world: World) -> None:
    """Security.md 4.2a: the administrators of the node see no work, named into a group or not."""
    admin = actor("jin", "金毅", world.office, Role.SYSTEM_ADMIN)
    made = planned(world, starts_on=date(2026, 3, 9), ends_on=date(2026, 3, 13))
    members = [
        Member("王建国", "leader", "staff", "副书记", world.leader.person_id),
        Member("金毅", "member", "staff", "管理员", admin.person_id),
    ]
    set_group(inspection=made, members=members, actor=world.officer, at=AT)
    assert not Inspection.objects.visible_to(admin).exists()
