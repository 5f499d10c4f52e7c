"""Whose turn it is, by when: the unit that owes it, never the lead unit in its place."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.chasing.domain.urging import Wording, urge
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.share.advising import advise
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.objecting import object_to
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Assignment
from tests.security.world import sign_in
from tests.story import World, actor, make_world

pytestmark = pytest.mark.django_db
AT = datetime.now(UTC).replace(hour=2, minute=0, second=0, microsecond=0)
PLAN = Plan(
    title="城市内涝点位整治",
    regime="document",
    content="排查治理",
    method="分批整治",
    purpose="汛期前消除风险",
    end_on=(AT + timedelta(days=120)).date(),
    basis="市委办〔2026〕7号",
)


@pytest.fixture
def world() -> World:
    return make_world()


def shared(world: World, at: datetime = AT) -> list[Assignment]:
    """Lead: the bureau; joint, with an opinion due within thirty days: the finance bureau."""
    matter = draft(plan=PLAN, actor=world.officer, at=at)
    matter = approve_to_register(matter=matter, actor=world.officer, at=at)
    finance = Unit.objects.get(short_name="市财政局")
    shares = [Share(world.bureau, Part.LEAD), Share(finance, Part.JOINT)]
    return assign(matter=matter, shares=shares, actor=world.officer, at=at)


def page(person: User, path: str) -> str:
    client = Client()
    sign_in(client, person)
    return client.get(path).content.decode()


def test_banner_and_ledger_name_the_unit_that_owes_the_next_limit(world: World) -> None:
    """S3-61, R-PRO-5: the joint unit's opinion is due first, so it is the joint unit's turn; the
    lead unit is not shown as owing what it does not owe."""
    lead, _joint = shared(world)
    officer = User.objects.get(pk=world.officer.person_id)
    shown = page(officer, f"/matters/{lead.matter_id}/")
    assert "轮到市财政局：会办意见" in shown
    assert "轮到市住房城乡建设局" not in shown
    row = page(officer, "/ledger/")
    assert '<td class="el" data-label="轮到谁">市财政局</td>' in row
    client = Client()
    sign_in(client, officer)
    written = b"".join(client.get("/exports/ledger/?format=csv").streaming_content).decode()
    head, line = (row.split(",") for row in written.splitlines()[:2])
    assert line[head.index("轮到谁")] == "市财政局"


def test_unit_reads_its_own_limit_and_light_in_the_banner(world: World) -> None:
    """Decision 8: the lead unit's banner gives its own date, not that of its sibling."""
    lead, joint = shared(world)
    assert joint.overdue_at < lead.overdue_at
    liaison = User.objects.get(pk=world.liaison.person_id)
    shown = page(liaison, f"/matters/{lead.matter_id}/")
    banner = shown[shown.index("轮到您") :][:400]
    day = (lead.overdue_at - timedelta(seconds=1)).astimezone().date()
    assert f'datetime="{day.isoformat()}' in banner


def test_yellow_light_says_that_the_slip_is_not_signed_for(world: World) -> None:
    """Features row 21, ui.md 3, R-SUP-5: unsigned after a working day is yellow, and its word
    says why."""
    shared(world, AT - timedelta(days=10))
    officer = User.objects.get(pk=world.officer.person_id)
    liaison = User.objects.get(pk=world.liaison.person_id)
    assert "未签收" in page(officer, "/ledger/")
    assert "未签收" in page(officer, "/")
    assert "未签收" in page(liaison, "/")


def test_history_keeps_siblings_words_from_a_handling_unit(world: World) -> None:
    """Decision 8: the lead unit does not read the joint unit's objection in the history; the
    office and the joint unit do."""
    lead, joint = shared(world)
    finance = actor("qian", "钱芳", joint.unit, Role.LIAISON)
    object_to(assignment=joint, reason="经费职责不在我局", actor=finance, at=AT)
    path = f"/matters/{lead.matter_id}/"
    assert "经费职责不在我局" not in page(User.objects.get(pk=world.liaison.person_id), path)
    assert "经费职责不在我局" in page(User.objects.get(pk=world.officer.person_id), path)
    assert "经费职责不在我局" in page(User.objects.get(pk=finance.person_id), path)


def test_plan_names_every_date_that_cannot_be_read(world: World) -> None:
    """ui.md 6: all errors at once, and a day that does not exist is named as such."""
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    typed = {"title": "试", "regime": "document", "end_on": "2026-2-30", "anchor_meeting": "昨天"}
    answer = client.post("/matters/new/", typed)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "没有2026-2-30这一天，请核对年、月、日。" in shown
    assert "日期请写成 2026-3-6。" in shown
    assert "还有2处需要补充" in shown
    assert 'value="2026-2-30"' in shown


def test_address_of_a_form_opened_as_a_page_leads_on(world: World) -> None:
    """ui.md 1, rule 9: reloading the address a form was sent to is no blank page."""
    lead, _joint = shared(world)
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    answer = client.get(f"/matters/{lead.matter_id}/registration/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "请返回原来的页面，或从首页重新进入。" in answer.content.decode()


def test_nudges_are_for_the_unit_that_owes_and_told_of_it_alone(world: World) -> None:
    """S3-69, R-SUP-5: a joint unit whose opinion is in is nudged no more, and its earlier nudge is
    not told of the lead unit, whose turn it is; the form on top is that of the earliest limit."""
    lead, joint = shared(world, AT - timedelta(days=3))
    finance = actor("qian", "钱芳", joint.unit, Role.LIAISON)
    for share, who in ((lead, world.liaison), (joint, finance)):
        sign_for(assignment=share, actor=who, at=AT - timedelta(days=2))
    officer = User.objects.get(pk=world.officer.person_id)
    forms = page(officer, f"/matters/{lead.matter_id}/urging/")
    assert forms.index("市财政局</h2>") < forms.index("市住房城乡建设局</h2>")
    urge(share=joint, wording=Wording(), actor=world.officer, at=AT)
    assert "提醒" in page(officer, f"/matters/{lead.matter_id}/").split("承办单位")[0]
    joint.refresh_from_db()
    advise(assignment=joint, text="无不同意见", actor=finance, at=AT)
    joint.refresh_from_db()
    with pytest.raises(Refused) as refused:
        urge(share=joint, wording=Wording(), actor=world.officer, at=AT + timedelta(days=7))
    assert refused.value.code == "nothing-owed"
    shown = page(officer, f"/matters/{lead.matter_id}/")
    banner = shown[shown.index("轮到市住房城乡建设局") :][:900]
    assert "可提醒" not in banner
    assert "市财政局</h2>" not in page(officer, f"/matters/{lead.matter_id}/urging/")
