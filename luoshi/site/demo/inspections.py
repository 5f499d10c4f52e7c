"""The inspections of the story: one finished with findings and rectification, one planned, one
that passes the limits of frequency; and a problem listed on a matter."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.inspections.domain.concluding import conclude
from luoshi.supervision.inspections.domain.finding import Found, record_finding
from luoshi.supervision.inspections.domain.planning import approve_plan, file_plan
from luoshi.supervision.inspections.domain.preparing import (
    Member,
    Outline,
    draft_inspection,
    set_group,
)
from luoshi.supervision.inspections.domain.problem.checking import Check, check_rectification
from luoshi.supervision.inspections.domain.problem.raising import Raised, raise_problem
from luoshi.supervision.inspections.domain.problem.rectifying import (
    Done,
    Measures,
    add_evidence,
    report_rectification,
    state_measures,
)
from luoshi.supervision.inspections.domain.receiving import receive
from luoshi.supervision.inspections.domain.reviewing import ask_review, decide_review
from luoshi.supervision.inspections.domain.starting import start
from luoshi.supervision.inspections.models import Inspection, InspectionPlan, Problem
from luoshi.supervision.matters.models import Matter

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

HOUSING, RESCUE, COUNTY = "市住房城乡建设局", "市应急局", "安澜县"
# unit, kind, facts, method, category, requirement, working days until the limit
FINDINGS = (
    (HOUSING, "problem", "抽查12处在建工地，3处燃气管线未设警示标识", "visit", "safety",
     "补齐标识并建立台账", 15),
    (HOUSING, "problem", "老旧管网改造台账与现场不符，多报完工里程4.6公里", "files", "false_data",
     "核实数据，更正报表", 12),
    (HOUSING, "practice", "建立“一线一档”，每日巡查记录完整", "files", "", "", 0),
    (RESCUE, "problem", "2家化工企业重大隐患整改超期15天未挂牌", "visit", "not_carried_out",
     "挂牌督办，限期整改", 22),
    (RESCUE, "fact", "全年开展联合检查46次，发现隐患312项", "hearing", "", "", 0),
    (COUNTY, "problem", "乡镇应急物资储备点5处中1处长期上锁、无人值守", "visit", "slow",
     "落实值守制度", 40),
)  # fmt: skip


def inspections(story: "Story") -> None:
    """Lay the inspections on the story's calendar; their plan is of the year they begin in."""
    ago = 30
    officer = story.actors["li"]
    box: dict[str, Inspection] = {}

    def plan(at: datetime) -> None:
        box["first"] = draft_inspection(outline=first_outline(story, ago), actor=officer, at=at)
        ahead = workday_after(story, 24)
        outline = later_outline(story, "防汛备汛综合督查", ["市水务局", "松屏县"], ahead)
        box["second"] = draft_inspection(outline=outline, actor=officer, at=at)
        for one in box.values():
            set_group(inspection=one, members=group(story), actor=officer, at=at)

    def approve(at: datetime) -> None:
        filed = file_plan(plan=box["first"].plan, actor=officer, at=at)
        approve_plan(plan=filed, remark="同意", actor=story.actors["chen"], at=at)
        other = InspectionPlan.objects.get(pk=box["second"].plan_id)
        if other.state == "drafted":
            filed = file_plan(plan=other, actor=officer, at=at)
            approve_plan(plan=filed, remark="同意", actor=story.actors["chen"], at=at)

    def begin(at: datetime) -> None:
        box["first"] = Inspection.objects.get(pk=box["first"].pk)
        start(inspection=box["first"], actor=officer, at=at)

    def find(at: datetime) -> None:
        box["first"] = Inspection.objects.get(pk=box["first"].pk)
        for row in FINDINGS:
            record_finding(
                inspection=box["first"], found=found(story, row, at), actor=officer, at=at
            )

    def end(at: datetime) -> None:
        text = (
            "督查组实地查看现场31处，查阅资料86份，座谈3次。三个单位对安全生产责任落实总体重视，"
            "制度基本健全，但隐患整改闭环不严、数据核实不细的问题仍然存在。"
        )
        needs = "请各单位对照问题清单逐项整改，按时限报送整改情况和佐证材料，整改情况将实地复核。"
        conclude(inspection=box["first"], text=text, requirements=needs, actor=officer, at=at)

    story.plan(ago + 4, 10, plan)
    story.plan(ago + 3, 15, approve)
    story.plan(ago, 9, begin)
    story.plan(ago - 2, 16, find)
    story.plan(ago - 4, 10, end)
    what_follows(story, box, ago)


def what_follows(story: "Story", box: dict[str, Inspection], ago: int) -> None:
    """Receipts, measures, the request for review, rectifications and their checks."""
    story.plan(ago - 5, 10, lambda at: receipts(story, box["first"], at))
    story.plan(ago - 6, 11, lambda at: all_measures(story, at))
    story.plan(ago - 7, 15, lambda at: ask(story, box["first"], at))
    story.plan(ago - 10, 15, lambda at: decide(story, box["first"], at))
    story.plan(ago - 13, 10, lambda at: rectified(story, 0, at))
    story.plan(ago - 14, 16, lambda at: checked(story, 0, True, at))
    story.plan(ago - 15, 10, lambda at: rectified(story, 1, at))
    story.plan(ago - 16, 16, lambda at: checked(story, 1, False, at))
    story.plan(ago - 18, 10, lambda at: rectified(story, 1, at))
    story.plan(6, 11, lambda at: on_a_matter(story, at))
    story.plan(3, 10, lambda at: too_often(story, at))


def group(story: "Story") -> list[Member]:
    """One leader; a CPPCC member and an expert are invited without an account."""
    actors = story.actors
    return [
        Member("王建国", "leader", "staff", "市委副书记", actors["wang"].person_id),
        Member("何晓", "member", "staff", "督查员", actors["he"].person_id),
        Member("曹颖", "invited", "cppcc", "市政协委员"),
        Member("罗工", "invited", "expert", "燃气与化工安全专家"),
    ]


def first_outline(story: "Story", ago: int) -> Outline:
    """The inspection that took place."""
    return Outline(
        title="安全生产责任落实专项督查",
        kind="special",
        content="安全生产责任制落实、重大隐患整改闭环、燃气管网改造进度",
        scope="在建工地、化工企业、乡镇应急物资储备点",
        basis="市委常委会会议要求",
        methods=("hearing", "visit", "files"),
        objects=[story.units[name] for name in (HOUSING, RESCUE, COUNTY)],
        starts_on=story.day(ago),
        ends_on=max(story.day(ago), min(story.day(ago - 3), year_end(story.day(ago)))),
    )


def workday_after(story: "Story", days: int) -> date:
    """A day after the story's end on which an office works."""
    return current_calendar().roll_forward(story.last + timedelta(days=days))


def year_end(day: date) -> date:
    """The last day of a date's year."""
    return day.replace(month=12, day=31)


def later_outline(story: "Story", title: str, units: list[str], begin: date) -> Outline:
    """A comprehensive inspection that lies ahead."""
    return Outline(
        title=title,
        kind="comprehensive",
        content="组织领导、物资准备、隐患排查、预案演练",
        scope="重点水库、在建涉水工程、地质灾害点",
        methods=("visit", "symposium"),
        objects=[story.units[name] for name in units],
        starts_on=begin,
        ends_on=min(begin + timedelta(days=3), year_end(begin)),
    )


def found(story: "Story", row: tuple[Any, ...], at: datetime) -> Found:
    """One finding of the table."""
    unit, kind, facts, method, category, requirement, days = row
    limit = office_date(at) + timedelta(days=days * 7 // 5) if days else None
    return Found(story.units[unit], kind, facts, method, category, requirement, limit)


def receipts(story: "Story", inspection: Inspection, at: datetime) -> None:
    """Every inspected unit signs for the conclusion."""
    for row in inspection.objects_inspected.select_related("inspection", "unit"):
        receive(row=row, actor=story.handler(row.unit.short_name), at=at)


def raised() -> list[Problem]:
    """The problems of the inspection in their order."""
    rows = Problem.objects.exclude(finding=None).select_related("unit")
    return list(rows.order_by("year", "serial"))


def all_measures(story: "Story", at: datetime) -> None:
    """The units state root cause and measures, but for the last one."""
    for problem in raised()[:3]:
        measures = Measures(
            "责任没有压实到岗，日常检查流于形式", "逐条建立台账，明确责任人，每周调度", "分管负责人"
        )
        handler = story.handler(problem.unit.short_name)
        state_measures(problem=problem, measures=measures, actor=handler, at=at)


def ask(story: "Story", inspection: Inspection, at: datetime) -> None:
    """One unit asks for review of the conclusion."""
    rows = inspection.objects_inspected.select_related("inspection", "unit")
    row = rows.get(unit=story.units[RESCUE])
    reason = "2家企业中1家已于督查前一日挂牌，公告见附件，请予核实。"
    ask_review(row=row, reason=reason, actor=story.handler(RESCUE), at=at)


def decide(story: "Story", inspection: Inspection, at: datetime) -> None:
    """A colleague who neither led the group nor wrote the conclusion decides."""
    review = inspection.reviews.select_related("inspection__conclusion", "unit").get()
    decide_review(
        review=review,
        verdict="upheld",
        decision="经调阅公告原件，挂牌日期晚于督查日期，维持原结论。",
        withdrawn=(),
        actor=story.actors["he"],
        at=at,
    )


def rectified(story: "Story", place: int, at: datetime) -> None:
    """A problem is reported as rectified, with evidence."""
    problem = raised()[place]
    handler = story.handler(problem.unit.short_name)
    body = BytesIO(f"{problem.description}\n整改前后对照和现场照片目录。\n".encode())
    add_evidence(problem=problem, stream=body, name="整改佐证.txt", actor=handler, at=at)
    done = Done("已按要求逐项整改并建立台账", "整改前3处，整改后0处", "赵明")
    report_rectification(problem=problem, done=done, actor=handler, at=at)


def checked(story: "Story", place: int, struck: bool, at: datetime) -> None:
    """The office checks on site: struck off, or returned with a new limit."""
    limit = office_date(at) + timedelta(days=9)
    if struck:
        check = Check(
            "accepted", "on_site", "督查员何晓现场复核3处，标识齐全，台账可查，同意销号。"
        )
    else:
        text = "更正后的报表仍有1.2公里无验收单，请补齐。"
        check = Check("returned", "documents", text, limit)
    check_rectification(problem=raised()[place], check=check, actor=story.actors["he"], at=at)


def on_a_matter(story: "Story", at: datetime) -> None:
    """A problem that came up in the follow-up of a matter."""
    matter = Matter.objects.filter(title="加快推进城区老旧燃气管网更新改造").first()
    given = Raised(
        unit=story.units[HOUSING],
        description="资金会商超过两周没有结论，年度改造任务滞后8个百分点",
        category="slow",
        requirement="提出资金方案并明确开工时间",
        limit_on=office_date(at) + timedelta(days=6),
    )
    raise_problem(raised=given, matter=matter, actor=story.actors["he"], at=at)


def too_often(story: "Story", at: datetime) -> None:
    """A second comprehensive inspection: the plan warns."""
    begin = workday_after(story, 40)
    outline = later_outline(story, "优化营商环境综合督查", ["市财政局", "松屏县"], begin)
    draft_inspection(outline=outline, actor=story.actors["he"], at=at)
