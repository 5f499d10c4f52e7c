"""The points lists of the story: last year's entered from paper, this year's copied from it with
its differences, agreed by the second office, issued, and reported on point by point. Beside them a
matter of the points whose quarterly report and half-year summary came in one sending."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import at_clock, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.organizations.models import Unit
from luoshi.site.demo.people import principal_of
from luoshi.site.demo.supervision.half_year import half_year_story
from luoshi.supervision.lists.domain.agreeing import agree
from luoshi.supervision.lists.domain.copying import Choice, copy_list
from luoshi.supervision.lists.domain.drafting import Head, add_points, edit_point, start_list
from luoshi.supervision.lists.domain.issuing import enter_earlier, issue
from luoshi.supervision.lists.domain.pasting import Typed, limit_rules, read_points
from luoshi.supervision.lists.models import ListPoint, SupervisionPointsList
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.drafting import Origin, Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.report.reporting import Figure, Words, submit
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.domain.share.advising import advise
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import DUTY_AWAITING_UNIT, AssignmentState, Part
from luoshi.supervision.matters.models import Assignment, Matter
from luoshi.supervision.rulebook.enums import Regime

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

SECOND_OFFICE = "市政府办公室"
METHOD = "牵头单位制定推进方案，配合单位分工落实，每季度报告进展，重点事项实地核查"
PURPOSE = "推动市委、市政府年度重点工作件件有着落、事事有回音"
LAST_YEAR = """老旧小区改造提升｜市住房城乡建设局｜市财政局
城区燃气管网更新改造｜市住房城乡建设局｜市应急局
保障性住房建设和配售｜市住房城乡建设局｜市财政局
义务教育学位建设｜市教育局
校园食品安全专项整治｜市教育局｜市应急局
普惠托育服务扩面｜市教育局｜柳堰区
国控断面水质稳定达标｜市生态环境局｜市水务局
扬尘污染和秸秆禁烧管控｜市生态环境局｜安澜县、松屏县
中央环保督察反馈问题整改｜市生态环境局
病险水库除险加固｜市水务局｜松屏县
城乡供水一体化｜市水务局｜安澜县
防汛抗旱能力提升｜市水务局｜市应急局
农村公路改造提升｜市交通运输局｜安澜县、松屏县
城乡公交一体化｜市交通运输局
国道复线清源段建设｜市交通运输局｜松屏县
安全生产治本攻坚三年行动｜市应急局
森林防灭火基础设施建设｜市应急局｜安澜县、松屏县
政府债务风险化解｜市财政局
惠民惠农补贴资金监管｜市财政局｜安澜县
县域特色产业培育｜安澜县｜市财政局
高标准农田建设｜松屏县｜市水务局
城市社区嵌入式服务设施建设｜柳堰区｜市住房城乡建设局
疫苗冷链设施建设｜柳堰区"""
NEW = """低空经济应用场景建设｜市交通运输局｜市财政局｜{11}
惠企政策“免申即享”落实｜市财政局｜柳堰区｜{9}
城市内涝点位整治｜市住房城乡建设局｜市水务局｜{6}"""
CHANGED = {
    1: "老旧小区改造提升，开工86个、完工60个",
    4: "新增义务教育公办学位4600个，秋季学期全部投用",
    13: "农村公路改造提升180公里",
    21: "新建改造高标准农田3.2万亩",
}
DROPPED = {3: "已纳入住房发展规划，按规划监测", 23: "任务已全部完成，转入日常管理"}
LIMITS = {4: "{8}", 5: "每季度", 10: "{5}", 13: "{10}"}
MONTH = re.compile(r"\{(\d+)\}")
TOGETHER = "重点排污单位自动监测设备规范运行"
PROGRESS = (
    "方案已印发，任务分解到责任科室，首批项目开工",
    "完成年度任务的31%，资金到位62%",
    "问题清单37项，已整改25项",
    "完成勘察设计，正在组织招标",
    "开工12个，完工3个，进度快于时序",
)


def points_lists(story: "Story", span: int) -> None:
    """Lay the two lists on the story's calendar: issued in February, or as early as there is; and
    the matter reported on in one sending."""
    early = [ago for ago in range(span, 12, -1) if story.day(ago).year == story.last.year]
    after = [ago for ago in early if story.day(ago).month >= 2]
    ago = max(after or early or [12]) - 2
    box: dict[str, SupervisionPointsList] = {}
    officer, second = story.actors["li"], story.actors["liang"]

    def last_year(at: datetime) -> None:
        year = story.day(ago).year - 1
        box["last"] = start_list(head=head(story, year, "5"), actor=officer, at=at)
        add_points(points_list=box["last"], points=read_points(LAST_YEAR), actor=officer, at=at)
        box["last"].refresh_from_db()
        enter_earlier(points_list=box["last"], issued_on=date(year, 2, 18), actor=officer, at=at)

    def this_year(at: datetime) -> None:
        box["list"] = copied(story, box["last"], at)

    def joint(at: datetime) -> None:
        found = SupervisionPointsList.objects.get(pk=box["list"].pk)
        agree(points_list=found, revision=found.revision, actor=second, at=at)

    def out(at: datetime) -> None:
        found = SupervisionPointsList.objects.get(pk=box["list"].pk)
        issue(points_list=found, actor=officer, at=at)

    story.plan(ago + 2, 10, last_year)
    story.plan(ago + 1, 10, this_year)
    story.plan(ago, 9, joint)
    story.plan(ago, 10, out)
    story.plan(ago - 1, 15, lambda at: sign_all(story, box["list"], at))
    story.plan(ago - 7, 10, lambda at: advise_all(story, box["list"], at))
    for number in range(1, 16):
        story.plan(ago - 4 - number // 2, 11, reporting(story, box, number))
    for number in (4, 7, 16):
        story.plan(ago - 16, 16, concluding(story, box, number))
    together_story(story)
    half_year_story(story)


def head(story: "Story", year: int, serial: str) -> Head:
    """The head of a year's list."""
    return Head(
        year=year,
        title=f"市委市政府{year}年督查要点",
        reference=f"清委办发〔{year}〕{serial}号",
        method=METHOD,
        purpose=PURPOSE,
        joint_office=story.units[SECOND_OFFICE],
    )


def dated(words: str, at: datetime) -> str:
    """The limits of a text, each month at least two after the list's: none has passed when the
    list is issued."""
    first = min(12, office_date(at).month + 2)
    return MONTH.sub(lambda found: f"{max(int(found[1]), first)}月底前", words)


def copied(story: "Story", last: SupervisionPointsList, at: datetime) -> SupervisionPointsList:
    """This year's list from last year's: some kept, some changed, two dropped, three new."""
    officer = story.actors["li"]
    choices = {}
    for point in last.points.all():
        keep, text = point.number not in DROPPED, CHANGED.get(point.number, "")
        choices[point.pk] = Choice(keep, text, DROPPED.get(point.number, ""))
    made = copy_list(
        last=last,
        head=head(story, last.year + 1, "3"),
        choices=choices,
        added=read_points(dated(NEW, at)),
        actor=officer,
        at=at,
    )
    for number, words in LIMITS.items():
        limited(made.points.get(carried_from__number=number), dated(words, at), officer, at)
    return made


def limited(point: ListPoint, words: str, officer: Actor, at: datetime) -> None:
    """Give a point its limit of this year."""
    joint: tuple[Unit, ...] = tuple(point.joint_units.all())
    typed = Typed(point.text, point.lead_unit, joint, words, limit_rules(words))
    edit_point(point=point, typed=typed, actor=officer, at=at)


def sign_all(story: "Story", found: SupervisionPointsList, at: datetime) -> None:
    """The units sign for their points, but for two that let them lie."""
    shares = Assignment.objects.filter(matter__list_point__points_list=found)
    shares = shares.select_related("matter", "unit")
    for share in shares.exclude(matter__list_point__number__in=(18, 22)):
        sign_for(assignment=share, actor=story.handler(share.unit.short_name), at=at)


def advise_all(story: "Story", found: SupervisionPointsList, at: datetime) -> None:
    """The joint units give their opinions to the lead units, but for those that let their points
    lie and one that is still missing."""
    shares = Assignment.objects.filter(matter__list_point__points_list=found, part=Part.JOINT)
    shares = shares.filter(state=AssignmentState.IN_PROGRESS).select_related("matter", "unit")
    for share in shares.exclude(matter__list_point__number=9).order_by(
        "matter__serial", "unit__code"
    ):
        handler = story.handler(share.unit.short_name)
        advise(assignment=share, text="同意牵头单位方案，按职责分工配合", actor=handler, at=at)


def share_of(box: dict[str, SupervisionPointsList], number: int) -> Assignment:
    """The lead share of a point."""
    shares = Assignment.objects.filter(matter__list_point__points_list=box["list"])
    lead = shares.filter(matter__list_point__number=number, part__in=("lead", "sole"))
    return lead.select_related("matter", "unit").get()


def reporting(
    story: "Story", box: dict[str, SupervisionPointsList], number: int
) -> Callable[[datetime], None]:
    """An act: the lead unit reports on its point; every third report still waits for review."""

    def act(at: datetime) -> None:
        share = share_of(box, number)
        duty = share.duties.filter(state__in=DUTY_AWAITING_UNIT).order_by("due_at", "rule_code")[0]
        words = Words(
            progress=PROGRESS[number % len(PROGRESS)],
            state_change="由方案阶段进入实施阶段",
            problems="部分项目用地手续办理较慢",
            next_steps="逐项倒排工期",
            summary="阶段任务完成",
            late_reason="汇总延后" if duty.due_at and duty.due_at <= at else "",
            signed_by_principal=principal_of(share.unit.short_name),
            figures=(Figure("完成比例", Decimal(20 + number * 3), "%"),),
        )
        handler = story.handler(share.unit.short_name)
        sent = submit(assignment=share, duty_ids=[duty.pk], words=words, actor=handler, at=at)
        if number % 3:
            accept(report=sent, actor=story.actors["he"], at=at)

    return act


def concluding(
    story: "Story", box: dict[str, SupervisionPointsList], number: int
) -> Callable[[datetime], None]:
    """An act: a point whose report was accepted is concluded."""

    def act(at: datetime) -> None:
        share = share_of(box, number)
        if share.reports.filter(state="accepted").exists():
            conclude(
                matter=share.matter,
                result="done",
                summary="年度任务提前完成，长效机制已建立",
                actor=story.actors["li"],
                at=at,
            )

    return act


def half_year_before(last: date) -> tuple[date, date]:
    """The last half-year that ended long enough before a day for its reports: its end, and the
    fourth working day after it."""
    ends = [date(year, *end) for year in (last.year - 1, last.year) for end in ((6, 30), (12, 31))]
    found = [(end, current_calendar().add_workdays(end, 4)) for end in ends]
    return max((end, day) for end, day in found if day + timedelta(days=7) < last)


def together_story(story: "Story") -> None:
    """A matter of the points over the end of a half-year: the unit fulfils the quarterly report
    and the half-year summary in one sending (TR-04, TR-05), so that the burden ledger shows what
    was saved (B6). Its plan takes no dice."""
    end, sent_on = half_year_before(story.last)
    calendar = current_calendar()
    issued_on = calendar.roll_forward(end - timedelta(days=45))
    unit, box = story.units["市生态环境局"], dict[str, Matter]()

    def out(at: datetime) -> None:
        box["matter"] = begun(story, unit, at)

    def both(at: datetime) -> None:
        share = box["matter"].assignments.select_related("matter", "unit").get()
        near = share.duties.filter(due_at__lte=at + timedelta(days=14))
        duties = near.filter(state__in=DUTY_AWAITING_UNIT, rule_code__in=("TR-04", "TR-05"))
        words = Words(
            progress="136家重点排污单位联网率99%，数据异常线索办结41件",
            state_change="由分散抽查转为每周比对、逐件销号",
            problems="6家企业设备超期服役，年内须更换",
            next_steps="完成设备更换，按月通报异常数据处置情况",
            summary="半年来联网率由91%升至99%，未发生监测数据弄虚作假",
            signed_by_principal=principal_of(unit.short_name),
            figures=(Figure("联网率", Decimal(99), "%"),),
        )
        ids = [duty.pk for duty in duties]
        handler = story.handler(unit.short_name)
        sent = submit(assignment=share, duty_ids=ids, words=words, actor=handler, at=at)
        accept(report=sent, actor=story.actors["he"], at=at + timedelta(hours=2))

    def done(at: datetime) -> None:
        matter = Matter.objects.get(pk=box["matter"].pk)
        words = "设备运行规范，异常数据处置形成制度"
        conclude(matter=matter, result="done", summary=words, actor=story.actors["li"], at=at)

    story.put(at_clock(issued_on, time(10, 40)), out)
    story.put(at_clock(sent_on, time(10, 50)), both)
    story.put(at_clock(calendar.add_workdays(sent_on, 2), time(15, 10)), done)


def begun(story: "Story", unit: Unit, at: datetime) -> Matter:
    """The matter, assigned and signed for."""
    officer = story.actors["li"]
    plan = Plan(
        title=TOGETHER,
        regime=Regime.POINTS,
        content="核查自动监测设备运行、联网和异常数据处置情况，按季报告，年中年末总结。",
        method="承办单位负责，季度报告与半年总结内容相同的可合并报送",
        purpose=PURPOSE,
        end_on=at.date() + timedelta(days=120),
    )
    matter = draft(plan=plan, actor=officer, at=at, origin=Origin(title="市委市政府督查要点"))
    matter = approve_to_register(
        matter=matter, actor=officer, at=at, despite="与其他事项任务不同，单独督办"
    )
    share = assign(matter=matter, shares=[Share(unit, Part.SOLE)], actor=officer, at=at)[0]
    sign_for(assignment=share, actor=story.handler(unit.short_name), at=at)
    return matter
