"""Registering, dividing, merging: one matter, one file."""

from datetime import date

import pytest

from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.decomposing import SubMatter, decompose
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.merging import merge
from luoshi.supervision.matters.domain.matter.registering import (
    approve_to_register,
    propose,
    refuse_registration,
)
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.matter.stopping import resume, stop
from luoshi.supervision.matters.domain.queries.similar import alike, similar_to
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Light, MatterState, Part
from luoshi.supervision.matters.models import (
    Assignment,
    KnownSimilar,
    Matter,
    Merger,
    Proposal,
    ReportDuty,
)
from luoshi.supervision.rulebook.domain.settling import settle
from tests.story import SYSTEM, World, make_world
from tests.supervision.matters.test_circle import AT, GOOD, PLAN, assigned

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def unit(name: str) -> Unit:
    return Unit.objects.get(short_name=name)


def registered(world: World, title: str, regime: str = "document") -> Matter:
    plan = Plan(**{**PLAN.__dict__, "title": title, "regime": regime})
    matter = draft(plan=plan, actor=world.officer, at=AT)
    return approve_to_register(matter=matter, actor=world.officer, at=AT)


def whole_of(world: World) -> tuple[Matter, list[Matter]]:
    """A whole in two parts, one of them assigned to the bureau."""
    whole = registered(world, "安全生产治本攻坚")
    parts = [
        SubMatter(Plan(title="校舍隐患整治"), [Share(world.bureau, Part.SOLE)]),
        SubMatter(Plan(title="危化企业改造", end_on=date(2026, 5, 31))),
    ]
    made = decompose(matter=whole, parts=parts, actor=world.officer, at=AT)
    return Matter.objects.get(pk=whole.pk), made


def test_proposal_approved_by_the_secretary_general(world: World) -> None:
    """R-SUP-1, features row 12: proposed by the officer, approved and numbered by the chief."""
    settle(office_id=world.office.pk, values={"officer_registers": False}, actor=SYSTEM, at=AT)
    matter = draft(plan=PLAN, actor=world.officer, at=AT)
    with pytest.raises(Forbidden) as refused:
        approve_to_register(matter=matter, actor=world.officer, at=AT)
    assert refused.value.code == "approval-needed"
    matter = propose(matter=matter, actor=world.officer, at=AT)
    assert Notice.objects.filter(kind="proposed", recipient_id=world.chief.person_id).exists()
    matter = approve_to_register(matter=matter, actor=world.chief, at=AT)
    assert (matter.number, Proposal.objects.get().state) == ("督〔2026〕1号", "accepted")


def test_refused_proposal_is_drafted_again_with_the_reason(world: World) -> None:
    """R-SUP-1, R-SUP-2: a refusal says why, the proposer reads it, and may propose again."""
    matter = propose(
        matter=draft(plan=PLAN, actor=world.officer, at=AT), actor=world.officer, at=AT
    )
    with pytest.raises(Forbidden):
        refuse_registration(matter=matter, reason="日常事务", actor=world.officer, at=AT)
    with pytest.raises(Invalid):
        refuse_registration(matter=matter, reason=" ", actor=world.chief, at=AT)
    matter = refuse_registration(matter=matter, reason="日常事务", actor=world.chief, at=AT)
    row = Proposal.objects.get()
    assert (matter.state, row.state, row.answer) == (MatterState.DRAFTED, "rejected", "日常事务")
    told = Notice.objects.filter(kind="proposal_refused", recipient_id=world.officer.person_id)
    assert told.count() == 1
    assert propose(matter=matter, actor=world.officer, at=AT).state == MatterState.PROPOSED
    assert Proposal.objects.count() == 2


def test_similar_matter_is_shown_before_registering(world: World) -> None:
    """R-SUP-1: what was assigned to the same bureau already is named with day and unit; one may go
    on with a reason, which stays beside the pair."""
    first = assigned(world).matter
    plan = Plan(
        title="加快城区老旧燃气管网更新改造工作",
        content="完成普查",
        proposed_shares=({"unit": "市住房城乡建设局", "part": "sole", "task": ""},),
    )
    second = draft(plan=plan, actor=world.officer, at=AT)
    found = similar_to(second)
    assert [(one.matter, one.same_unit) for one in found] == [(first, True)]
    with pytest.raises(Invalid) as refused:
        approve_to_register(matter=second, actor=world.officer, at=AT)
    assert refused.value.code == "similar-exists"
    assert "2026年2月4日" in str(refused.value)
    approve_to_register(matter=second, actor=world.officer, at=AT, despite="批示另有时限")
    row = KnownSimilar.objects.get()
    assert (row.other, row.reason, row.percent) == (first, "批示另有时限", found[0].percent)


def test_unrelated_titles_are_not_alike() -> None:
    """R-SUP-1: common words of the trade alone make no likeness."""
    assert alike("关于低空经济产业布局的批示", "关于中心城区停车难问题的批示") < 45
    assert alike("城区老旧燃气管网更新改造", "城区老旧燃气管网更新改造") == 100
    assert alike("", "任何事项") == 0


def test_parts_have_their_own_numbers_and_the_plan_of_the_whole(world: World) -> None:
    """Features row 13: matter → sub-matter → unit, numbered inside the whole, one file."""
    whole, (first, second) = whole_of(world)
    assert (first.number, second.number) == ("督〔2026〕1号之1", "督〔2026〕1号之2")
    assert (second.purpose, second.method, second.end_on) == (
        PLAN.purpose,
        PLAN.method,
        date(2026, 5, 31),
    )
    whole.refresh_from_db()
    first.refresh_from_db()
    assert (whole.state, whole.parts, first.state) == (
        MatterState.ASSIGNED,
        2,
        MatterState.ASSIGNED,
    )
    assert first.assignments.get().unit == world.bureau
    third = decompose(
        matter=whole, parts=[SubMatter(Plan(title="公路防护"))], actor=world.officer, at=AT
    )
    assert third[0].number == "督〔2026〕1号之3"


def test_whole_shows_the_worst_clock_of_its_parts(world: World) -> None:
    """Features row 13: the parent's light and limit are its parts'."""
    whole, parts = whole_of(world)
    share = sign_for(assignment=parts[0].assignments.get(), actor=world.liaison, at=AT)
    whole.refresh_from_db()
    due = share.duties.get().due_at
    assert (whole.overdue_at, whole.on_clock) == (due, True)
    assert whole.light(due) == Light.RED


def test_whole_concludes_only_after_its_parts(world: World) -> None:
    """S3-62, features row 18: open sub-matters hold the conclusion; a whole without shares of its
    own is carried out by its parts."""
    whole, (first, second) = whole_of(world)
    share = sign_for(assignment=first.assignments.get(), actor=world.liaison, at=AT)
    duty = share.duties.get()
    sent = submit(assignment=share, duty_ids=[duty.pk], words=GOOD, actor=world.liaison, at=AT)
    accept(report=sent, actor=world.officer, at=AT)
    with pytest.raises(Refused) as refused:
        conclude(matter=whole, result="done", summary="完成", actor=world.officer, at=AT)
    assert refused.value.code == "parts-open"
    conclude(matter=first, result="done", summary="完成", actor=world.officer, at=AT)
    revoke(matter=second, reason="不再需要", actor=world.officer, at=AT)
    conclude(matter=whole, result="done", summary="完成", actor=world.officer, at=AT)
    whole.refresh_from_db()
    assert (whole.state, whole.on_clock) == (MatterState.CONCLUDED, False)


def test_bad_divisions_are_refused(world: World) -> None:
    """Features row 13: no part of a part, no end after the whole, no title twice, not by units."""
    whole, (first, _second) = whole_of(world)
    late = SubMatter(Plan(title="太晚", end_on=date(2026, 12, 31)))
    twice = SubMatter(Plan(title="校舍隐患整治"))
    for part in (late, twice):
        with pytest.raises(Invalid):
            decompose(matter=whole, parts=[part], actor=world.officer, at=AT)
    with pytest.raises(Refused) as refused:
        decompose(matter=first, parts=[SubMatter(Plan(title="再分"))], actor=world.officer, at=AT)
    assert refused.value.code == "divided-once"
    with pytest.raises(Forbidden):
        decompose(matter=whole, parts=[SubMatter(Plan(title="自分"))], actor=world.liaison, at=AT)


def test_revoking_and_stopping_the_whole_reach_its_parts(world: World) -> None:
    """Features row 20, R-SUP-1: what happens to the file happens to its parts."""
    whole, (first, second) = whole_of(world)
    row = stop(matter=whole, reason="等待批复", actor=world.officer, at=AT)
    for part in (whole, first):
        part.refresh_from_db()
        assert part.stopped_at == AT
    assert first.assignments.get().stopped_at == AT
    resume(stop=row, reason="已批复", actor=world.officer, at=AT)
    revoke(matter=whole, reason="不再办理", actor=world.officer, at=AT)
    states = set(Matter.objects.values_list("state", flat=True))
    assert states == {MatterState.REVOKED}
    assert second.revocation.reason == "不再办理"


def test_merged_file_stays_readable_and_points_both_ways(world: World) -> None:
    """R-SUP-1: duties withdrawn, units taken over when confirmed, both files know each other."""
    into = registered(world, "防汛排查")
    assign(
        matter=into,
        shares=[Share(unit("市水务局"), Part.SEPARATE)],
        actor=world.officer,
        at=AT,
    )
    share = sign_for(assignment=assigned(world), actor=world.liaison, at=AT)
    absorbed = share.matter
    with pytest.raises(Invalid):
        merge(absorbed=absorbed, into=into, reason="", actor=world.officer, at=AT)
    merge(
        absorbed=absorbed,
        into=into,
        reason="内容相同",
        take_over=[Share(world.bureau, Part.SEPARATE)],
        actor=world.officer,
        at=AT,
    )
    absorbed = Matter.objects.get(pk=absorbed.pk)
    assert (absorbed.state, absorbed.on_clock, absorbed.merger.into) == (
        MatterState.MERGED,
        False,
        into,
    )
    assert [row.absorbed for row in into.absorbed.all()] == [absorbed]
    assert set(ReportDuty.objects.filter(assignment=share).values_list("state", flat=True)) == {
        "withdrawn"
    }
    assert set(into.assignments.values_list("unit__short_name", flat=True)) == {
        "市水务局",
        "市住房城乡建设局",
    }
    assert Matter.objects.visible_to(world.liaison).filter(pk=absorbed.pk).exists()
    assert Assignment.objects.get(pk=share.pk).state == "merged"
    with pytest.raises(Refused):
        merge(absorbed=absorbed, into=into, reason="再并", actor=world.officer, at=AT)
    assert Merger.objects.count() == 1


def test_what_cannot_be_merged(world: World) -> None:
    """R-SUP-1, S2-92: not itself, not its part, not with a report in review, not by units."""
    whole, (first, _second) = whole_of(world)
    other = registered(world, "防汛排查")
    for absorbed, into in ((whole, whole), (first, whole), (whole, first), (whole, other)):
        with pytest.raises(Refused):
            merge(absorbed=absorbed, into=into, reason="并", actor=world.officer, at=AT)
    share = sign_for(assignment=first.assignments.get(), actor=world.liaison, at=AT)
    duty = share.duties.get()
    submit(assignment=share, duty_ids=[duty.pk], words=GOOD, actor=world.liaison, at=AT)
    with pytest.raises(Refused) as refused:
        merge(absorbed=first, into=other, reason="并", actor=world.officer, at=AT)
    assert refused.value.code == "reports-in-review"
    with pytest.raises(Forbidden):
        merge(absorbed=other, into=whole, reason="并", actor=world.liaison, at=AT)
