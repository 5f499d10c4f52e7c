"""The first full circle of a matter, through its verbs."""

from datetime import UTC, date, datetime, timedelta

import pytest

from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.report.reporting import Words, submit
from luoshi.supervision.matters.domain.report.reviewing import accept, return_for_redo
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Light, MatterState, Part
from luoshi.supervision.matters.models import Assignment, Matter
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
DESPITE = "另一事项，分别办理"
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
PLAN = Plan(
    title="加快推进城区老旧燃气管网更新改造",
    regime="instruction",
    content="完成普查与更新计划",
    method="牵头单位负责",
    purpose="消除风险",
    end_on=date(2026, 6, 30),
)
GOOD = Words(
    progress="已完成普查1286公里",
    state_change="普查完成",
    problems="资金未到位",
    next_steps="编制方案",
    summary="全部完成",
)


@pytest.fixture
def world() -> World:
    return make_world()


def assigned(world: World, plan: Plan = PLAN) -> Assignment:
    matter = draft(plan=plan, actor=world.officer, at=AT)
    matter = approve_to_register(matter=matter, actor=world.officer, at=AT, despite=DESPITE)
    shares = [Share(world.bureau, Part.SOLE)]
    return assign(matter=matter, shares=shares, actor=world.officer, at=AT)[0]


def test_circle_from_draft_to_conclusion(world: World) -> None:
    """Features rows 11, 12 and 15, S3-61…66, TR-06, TR-08, TR-09: instruction matter, 15 days from
    signing, final report."""
    share = assigned(world)
    assert share.matter.number == "督〔2026〕1号"
    assert {d.rule_code: d.due_at for d in share.duties.all()} == {
        "TR-06": None,
        "TR-08": None,
        "TR-09": None,
    }
    share = sign_for(assignment=share, actor=world.liaison, at=AT + timedelta(days=1))
    first = share.duties.get(rule_code="TR-06")
    assert first.due_at == datetime(2026, 2, 24, 16, 0, tzinfo=UTC)
    assert share.light(AT) == Light.GREEN
    assert share.light(datetime(2026, 2, 14, 0, 0, tzinfo=UTC)) == Light.YELLOW
    assert share.light(datetime(2026, 2, 24, 16, 0, tzinfo=UTC)) == Light.RED
    report = submit(assignment=share, duty_ids=[first.pk], words=GOOD, actor=world.liaison, at=AT)
    with pytest.raises(Forbidden):
        conclude(matter=share.matter, result="done", summary="完成", actor=world.liaison, at=AT)
    return_for_redo(report=report, reason="请补充数据", actor=world.officer, at=AT)
    again = submit(assignment=share, duty_ids=[first.pk], words=GOOD, actor=world.liaison, at=AT)
    assert again.round == 2
    accept(report=again, actor=world.second_officer, at=AT)
    with pytest.raises(Refused) as refused:
        accept(report=again, actor=world.officer, at=AT)
    assert "何晓" in str(refused.value)
    with pytest.raises(Refused):
        conclude(matter=share.matter, result="done", summary="完成", actor=world.officer, at=AT)
    final = share.duties.get(rule_code="TR-09")
    last = submit(assignment=share, duty_ids=[final.pk], words=GOOD, actor=world.liaison, at=AT)
    accept(report=last, actor=world.officer, at=AT)
    conclude(matter=share.matter, result="done", summary="完成", actor=world.officer, at=AT)
    assert Matter.objects.get().state == MatterState.CONCLUDED


def test_report_without_change_refused(world: World) -> None:
    """S3-131: fine words are no evidence."""
    share = sign_for(assignment=assigned(world), actor=world.liaison, at=AT)
    duty = share.duties.get(rule_code="TR-06")
    words = Words(progress="高度重视", problems="无", next_steps="继续")
    with pytest.raises(Invalid) as refused:
        submit(assignment=share, duty_ids=[duty.pk], words=words, actor=world.liaison, at=AT)
    assert "state_change" in refused.value.errors


def test_late_report_keeps_its_mark(world: World) -> None:
    """Features row 15, TR-06: late marks stay for ever; a reason is asked once."""
    share = sign_for(assignment=assigned(world), actor=world.liaison, at=AT)
    duty = share.duties.get(rule_code="TR-06")
    late_at = datetime(2026, 2, 27, 9, 42, tzinfo=UTC)
    with pytest.raises(Invalid) as refused:
        submit(assignment=share, duty_ids=[duty.pk], words=GOOD, actor=world.liaison, at=late_at)
    assert list(refused.value.errors) == ["late_reason"]
    words = Words(**{**GOOD.__dict__, "late_reason": "数据汇总延后"})
    report = submit(
        assignment=share, duty_ids=[duty.pk], words=words, actor=world.liaison, at=late_at
    )
    accept(report=report, actor=world.officer, at=late_at)
    duty.refresh_from_db()
    assert (duty.late_amount, duty.late_unit, duty.state) == (3, "days", "accepted")


def test_assigning_without_purpose_refused(world: World) -> None:
    """S2-92: no start without content, method, purpose and dates."""
    plan = Plan(title="无目的事项", content="甲", method="乙", end_on=date(2026, 6, 30))
    with pytest.raises(Refused) as refused:
        assigned(world, plan)
    assert refused.value.code == "plan-missing"
