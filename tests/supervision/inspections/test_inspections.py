"""Inspections through their verbs: plan, frequency, group, conclusion, receipt, review."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.foundation.typesetting.rendering import render
from luoshi.supervision.inspections.domain.concluding import conclude
from luoshi.supervision.inspections.domain.ending import call_off, close
from luoshi.supervision.inspections.domain.finding import Found, record_finding
from luoshi.supervision.inspections.domain.frequency import grant_exception, oversteps
from luoshi.supervision.inspections.domain.papers import letter_of
from luoshi.supervision.inspections.domain.planning import approve_plan, file_plan, return_plan
from luoshi.supervision.inspections.domain.preparing import (
    Member,
    Outline,
    change_inspection,
    draft_inspection,
    set_group,
)
from luoshi.supervision.inspections.domain.problem.checking import withdraw
from luoshi.supervision.inspections.domain.receiving import receive
from luoshi.supervision.inspections.domain.reviewing import ask_review, decide_review
from luoshi.supervision.inspections.domain.starting import start
from luoshi.supervision.inspections.enums import InspectionState, PlanState, ProblemState
from luoshi.supervision.inspections.models import Inspection, InspectionPlan, Problem
from tests.story import World, actor, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return make_world()


def outline(world: World, **changes: Any) -> Outline:
    given: dict[str, Any] = {
        "title": "安全生产专项督查",
        "kind": "special",
        "content": "责任落实、隐患整改",
        "scope": "建筑施工、燃气",
        "methods": ("visit", "files"),
        "objects": [world.bureau],
        "starts_on": date(2026, 3, 2),
        "ends_on": date(2026, 3, 6),
    }
    return Outline(**given | changes)


def planned(world: World, **changes: Any) -> Inspection:
    made = draft_inspection(outline=outline(world, **changes), actor=world.officer, at=AT)
    members = [
        Member("王建国", "leader", "staff", "副书记", world.leader.person_id),
        Member("李文清", "member", "staff", "科长", world.officer.person_id),
        Member("曹颖", "invited", "cppcc", "政协委员"),
        Member("高工", "invited", "expert", "燃气专家"),
    ]
    set_group(inspection=made, members=members, actor=world.officer, at=AT)
    return made


def approved(world: World) -> InspectionPlan:
    plan = InspectionPlan.objects.get()
    plan = file_plan(plan=plan, actor=world.officer, at=AT)
    return approve_plan(plan=plan, remark="", actor=world.chief, at=AT)


def under_way(world: World, **changes: Any) -> Inspection:
    made = planned(world, **changes)
    approved(world)
    return start(inspection=made, actor=world.officer, at=AT)


def found(world: World, **changes: Any) -> Found:
    given: dict[str, Any] = {
        "unit": world.bureau,
        "kind": "problem",
        "facts": "3处工地燃气管线未标识",
        "method": "visit",
        "category": "safety",
        "requirement": "补齐标识",
        "limit_on": date(2026, 4, 10),
    }
    return Found(**given | changes)


def concluded(world: World) -> Inspection:
    made = under_way(world)
    record_finding(inspection=made, found=found(world), actor=world.officer, at=AT)
    practice = found(world, kind="practice", facts="建立日巡查台账")
    record_finding(inspection=made, found=practice, actor=world.officer, at=AT)
    conclude(inspection=made, text="总体落实较好", requirements="", actor=world.officer, at=AT)
    made.refresh_from_db()
    return made


def test_plan_fixes_content_objects_and_scope(world: World) -> None:
    """Features row 30, R-SUP-7: no inspection without content, objects, scope, methods and dates in
    sight."""
    bare = Outline("督查", "special", "", "", (), [], None, None)
    with pytest.raises(Invalid) as refused:
        draft_inspection(outline=bare, actor=world.officer, at=AT)
    assert sorted(refused.value.errors) == ["content", "methods", "objects", "scope", "starts_on"]
    province = Unit.objects.get(short_name="省委办公厅")
    with pytest.raises(Invalid) as refused:
        planned(world, objects=[province])
    assert list(refused.value.errors) == ["objects"]
    with pytest.raises(Forbidden):
        draft_inspection(outline=outline(world), actor=world.liaison, at=AT)


def test_group_has_one_leader_and_may_invite_outsiders(world: World) -> None:
    """R-SUP-7: led by one leader; deputies, CPPCC members, experts without an account."""
    made = planned(world)
    rows = [(m.name, m.part, m.standing, m.person_id is None) for m in made.group.all()]
    assert rows == [
        ("王建国", "leader", "staff", False),
        ("李文清", "member", "staff", False),
        ("曹颖", "invited", "cppcc", True),
        ("高工", "invited", "expert", True),
    ]
    two = [Member("甲", "leader", person_id=world.leader.person_id), Member("乙", "leader")]
    for members in (two, [Member("甲", "member")], [Member("外人", "leader", "expert")]):
        with pytest.raises(Invalid):
            set_group(inspection=made, members=members, actor=world.officer, at=AT)
    assert made.group.count() == 4


def test_plan_of_the_year_filed_and_approved_by_a_second_person(world: World) -> None:
    """R-CUT-6: yearly plan and filing; nothing starts before it is approved."""
    made = planned(world)
    with pytest.raises(Refused) as refused:
        start(inspection=made, actor=world.officer, at=AT)
    assert refused.value.code == "plan-not-approved"
    plan = file_plan(plan=made.plan, actor=world.chief, at=AT)
    with pytest.raises(Forbidden):
        approve_plan(plan=plan, remark="", actor=world.chief, at=AT)
    with pytest.raises(Forbidden):
        approve_plan(plan=plan, remark="", actor=world.officer, at=AT)
    second = actor("sg2", "副秘书长", world.office, Role.SECRETARY_GENERAL, "副秘书长")
    plan = return_plan(plan=plan, remark="范围太宽", actor=second, at=AT)
    assert (plan.state, plan.remark) == (PlanState.DRAFTED, "范围太宽")
    plan = file_plan(plan=plan, actor=world.officer, at=AT)
    plan = approve_plan(plan=plan, remark="", actor=world.chief, at=AT)
    assert (plan.state, plan.approved_by_name) == (PlanState.APPROVED, "陈远")
    assert start(inspection=made, actor=world.officer, at=AT).state == InspectionState.UNDER_WAY


def test_second_comprehensive_inspection_needs_a_written_exception(world: World) -> None:
    """R-CUT-6: at most one comprehensive inspection a department and year, the same merged; an
    exception is a written reason by a second person."""
    planned(world, kind="comprehensive")
    school = Unit.objects.get(short_name="市教育局")
    second = planned(
        world,
        title="教育综合督查",
        kind="comprehensive",
        objects=[school, world.bureau],
        starts_on=date(2026, 4, 1),
        ends_on=date(2026, 4, 3),
    )
    codes = [one.code for one in oversteps(second)]
    assert codes == ["comprehensive", f"again:{world.bureau.code}"]
    plan = file_plan(plan=second.plan, actor=world.officer, at=AT)
    with pytest.raises(Refused) as refused:
        approve_plan(plan=plan, remark="", actor=world.chief, at=AT)
    assert refused.value.code == "too-often"
    with pytest.raises(Forbidden):
        grant_exception(inspection=second, reason="需要", actor=world.officer, at=AT)
    with pytest.raises(Invalid):
        grant_exception(inspection=second, reason=" ", actor=world.chief, at=AT)
    first = Inspection.objects.order_by("number").first()
    assert oversteps(first) == []
    granted = grant_exception(
        inspection=second, reason="开学前安全大检查", actor=world.chief, at=AT
    )
    assert (granted.codes, granted.granted_by_name) == (codes, "陈远")
    assert approve_plan(plan=plan, remark="", actor=world.chief, at=AT).state == PlanState.APPROVED
    call_off(inspection=first, reason="并入第二项", actor=world.officer, at=AT)
    assert oversteps(second) == []


def test_long_or_unplanned_inspection_oversteps(world: World) -> None:
    """R-SUP-7: frequency and duration are controlled, by the office's default; R-CUT-6: nothing
    outside the plan. What a limit rests on is told of each."""
    first = planned(world, ends_on=date(2026, 3, 23))
    assert [(one.code, str(one.source)) for one in oversteps(first)] == [
        ("duration", "本机关默认标准")
    ]
    change_inspection(
        inspection=first, outline=outline(world), revision=0, actor=world.officer, at=AT
    )
    first.refresh_from_db()
    assert oversteps(first) == []
    approved(world)
    later = planned(world, starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 2))
    assert [one.code for one in oversteps(later)] == ["outside-plan"]
    with pytest.raises(Refused) as refused:
        start(inspection=later, actor=world.officer, at=AT)
    assert (refused.value.code, refused.value.source) == ("too-often", "R-CUT-6")
    grant_exception(inspection=later, reason="突发事故后核查", actor=world.chief, at=AT)
    assert start(inspection=later, actor=world.officer, at=AT).state == InspectionState.UNDER_WAY


def test_undercover_visit_is_not_announced(world: World) -> None:
    """R-SUP-7: an undercover visit is neither announced nor visible to its object before the
    conclusion; any other inspection is both."""
    under_way(world, methods=("undercover", "visit"))
    assert Notice.objects.filter(kind="inspection").count() == 0
    assert Inspection.objects.visible_to(world.liaison).count() == 0
    other = planned(world, starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 2))
    grant_exception(inspection=other, reason="专项核查", actor=world.chief, at=AT)
    start(inspection=other, actor=world.officer, at=AT)
    assert Notice.objects.filter(kind="inspection").count() == 1
    assert list(Inspection.objects.visible_to(world.liaison)) == [other]


def test_conclusion_required_factual_and_sent_to_the_object(world: World) -> None:
    """Features row 30, R-SUP-7: a conclusion rests on recorded facts, goes to the object, makes
    its problems."""
    made = under_way(world)
    call = {"inspection": made, "text": "较好", "requirements": "", "actor": world.officer}
    with pytest.raises(Refused) as refused:
        conclude(at=AT, **call)
    assert (refused.value.code, str(refused.value.why)) == ("no-facts", "市住房城乡建设局")
    with pytest.raises(Invalid) as invalid:
        bad = found(world, limit_on=None, requirement="")
        record_finding(inspection=made, found=bad, actor=world.officer, at=AT)
    assert sorted(invalid.value.errors) == ["limit_on", "requirement"]
    record_finding(inspection=made, found=found(world), actor=world.officer, at=AT)
    conclusion = conclude(at=AT, **call)
    assert conclusion.number == "督查结论〔2026〕1号"
    assert Notice.objects.filter(kind="conclusion").count() == 1
    problem = Problem.objects.get()
    assert (problem.number, problem.unit, problem.limit_on, problem.due_at) == (
        "问〔2026〕1号",
        world.bureau,
        date(2026, 4, 10),
        datetime(2026, 4, 10, 16, 0, tzinfo=UTC),
    )
    paper = letter_of(conclusion, world.bureau)
    assert paper.rows == (("1", "3处工地燃气管线未标识", "补齐标识", "2026-04-10前"),)
    assert render(paper)[:5] == b"%PDF-"


def test_object_asks_for_review_once_in_time_decided_by_another(world: World) -> None:
    """R-SUP-7: the object may ask for review of the conclusion, once, within ten working days of
    its receipt (the office's default); neither the leader of the group nor the writer decides."""
    made = concluded(world)
    row = made.objects_inspected.select_related("inspection", "unit").get()
    with pytest.raises(Refused) as refused:
        ask_review(row=row, reason="数据有误", actor=world.liaison, at=AT)
    assert refused.value.code == "sign-first"
    row = receive(row=row, actor=world.liaison, at=AT)
    assert row.review_until == datetime(2026, 3, 16, 16, 0, tzinfo=UTC)
    with pytest.raises(Refused) as refused:
        ask_review(row=row, reason="数据有误", actor=world.liaison, at=AT + timedelta(days=20))
    assert (refused.value.code, str(refused.value.source)) == ("review-too-late", "本机关默认标准")
    review = ask_review(row=row, reason="数据有误", actor=world.liaison, at=AT)
    with pytest.raises(Refused) as refused:
        ask_review(row=row, reason="再来", actor=world.liaison, at=AT)
    assert refused.value.code == "review-asked"
    problem = Problem.objects.get()
    decide: dict[str, Any] = {"review": review, "verdict": "changed", "decision": "标识已在场"}
    decide |= {"withdrawn": [problem.pk], "at": AT}
    with pytest.raises(Forbidden) as forbidden:
        decide_review(actor=world.officer, **decide)
    assert forbidden.value.code == "own-conclusion"
    made.group.filter(part="leader").update(person=world.chief.person_id)
    with pytest.raises(Forbidden):
        decide_review(actor=world.chief, **decide)
    decided = decide_review(actor=world.second_officer, **decide)
    assert (decided.state, decided.decided_by_name) == ("changed", "何晓")
    problem.refresh_from_db()
    assert problem.state == ProblemState.WITHDRAWN
    with pytest.raises(Refused):
        decide_review(actor=world.second_officer, **decide)


def test_inspection_closes_after_receipt_rectification_and_review(world: World) -> None:
    """Features row 30, S2-92: receipts, problems and reviews come to their end first."""
    made = concluded(world)
    call = {"inspection": made, "remark": "问题全部整改", "actor": world.officer, "at": AT}
    with pytest.raises(Refused) as refused:
        close(**call)
    assert refused.value.code == "not-received"
    row = made.objects_inspected.select_related("inspection", "unit").get()
    receive(row=row, actor=world.liaison, at=AT)
    with pytest.raises(Refused) as refused:
        close(**call)
    assert refused.value.code == "problems-open"
    withdraw(problem=Problem.objects.get(), reason="重复", actor=world.officer, at=AT)
    assert close(**call).state == InspectionState.CLOSED


def test_token_takes_no_decision_of_an_inspection(world: World) -> None:
    """S3-61: conclusions and exceptions are decided by people."""
    made = under_way(world)
    record_finding(inspection=made, found=found(world), actor=world.officer, at=AT)
    token = Actor(**{**vars(world.officer), "token_id": world.office.pk})
    with pytest.raises(Forbidden) as refused:
        conclude(inspection=made, text="好", requirements="", actor=token, at=AT)
    assert refused.value.code == "person-needed"


def test_what_is_announced_for_a_day_to_come_is_not_concluded(world: World) -> None:
    """R-SUP-7: a conclusion tells of what took place; it may be written from the first day on."""
    made = under_way(world, starts_on=date(2026, 3, 9), ends_on=date(2026, 3, 13))
    record_finding(inspection=made, found=found(world), actor=world.officer, at=AT)
    call = {"inspection": made, "text": "较好", "requirements": "", "actor": world.officer}
    with pytest.raises(Refused) as refused:
        conclude(at=AT, **call)
    assert refused.value.code == "not-begun"
    assert "3月9日" in str(refused.value.why) or "9 March" in str(refused.value.why)
    assert conclude(at=AT + timedelta(days=7), **call).number == "督查结论〔2026〕1号"
