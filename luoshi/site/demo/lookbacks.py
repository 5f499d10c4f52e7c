"""The story of the look-back: matters concluded in an earlier year, the sample fixed in March, and
what was found since: one relapse reopened, one promise missed, one kept."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from luoshi.foundation.core.time import at_clock
from luoshi.site.demo.people import principal_of
from luoshi.supervision.lookbacks.domain.checking import Check, record_check
from luoshi.supervision.lookbacks.domain.fixing import fix
from luoshi.supervision.lookbacks.domain.marking import mark_key
from luoshi.supervision.lookbacks.domain.naming import name_checker
from luoshi.supervision.lookbacks.domain.opening import open_round
from luoshi.supervision.lookbacks.models import LookBackItem
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.drafting import Origin, Plan, draft
from luoshi.supervision.matters.domain.matter.effects import Effect
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.report.reporting import Figure, Words, submit
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import DutyState, Part, Result
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.enums import Regime

SEED, PERCENT = 731_806_245_519, 40


@dataclass(frozen=True)
class Past:
    """A matter of the earlier year: how it ended, and what the look-back found."""

    title: str
    regime: str
    unit: str
    result: str
    summary: str
    measure: tuple[str, str, str]
    key: str = ""
    finding: str = ""
    evidence: str = ""
    note: str = ""
    now: str = ""
    end: tuple[int, int] = (11, 30)


PAST = (
    Past(
        "城区易涝点治理",
        Regime.INSTRUCTION,
        "市住房城乡建设局",
        Result.DONE,
        "18处易涝点全部完成治理",
        ("积水点位", "0", "处"),
        key="市委书记领衔事项",
        finding="relapsed",
        evidence="主汛期前现场复查照片6张",
        note="青云路等3处点位雨后再次积水，排水口淤堵",
        now="3",
    ),
    Past(
        "城乡供水一体化二期",
        Regime.KEY_TASK,
        "市水务局",
        Result.DONE,
        "新增供水人口4.2万人，通过验收",
        ("供水保证率", "98.6", "%"),
        finding="holds",
        evidence="供水监测平台月报，入户抽查40户",
        now="98.9",
    ),
    Past(
        "公办养老机构消防改造",
        Regime.DOCUMENT,
        "市应急局",
        Result.PLANNED,
        "17家完成15家，2家列入下年度计划",
        ("完成改造", "15", "家"),
        finding="kept",
        evidence="2家机构消防验收意见书",
        now="17",
    ),
    Past(
        "农贸市场规范化提升",
        Regime.DOCUMENT,
        "市财政局",
        Result.PARTLY,
        "完成6个市场，其余承诺年初完成",
        ("完成提升", "6", "个"),
        finding="missed",
        evidence="现场核查记录",
        note="3个市场尚未动工，原因是拆迁补偿未谈妥",
        now="6",
    ),
    Past(
        "校园周边交通秩序整治",
        Regime.DOCUMENT,
        "市交通运输局",
        Result.DONE,
        "32所学校周边设施全部到位",
        ("高峰拥堵时长", "18", "分钟"),
        finding="in_part",
        evidence="三次早高峰蹲点记录",
        note="个别学校家长车辆仍有乱停",
        now="26",
    ),
    Past(
        "工业园区异味治理",
        Regime.DOCUMENT,
        "市生态环境局",
        Result.DONE,
        "23家企业完成治理，投诉下降",
        ("月均投诉", "4", "件"),
    ),
    Past(
        "普惠托育机构建设",
        Regime.KEY_TASK,
        "市教育局",
        Result.DONE,
        "新增托位1850个",
        ("托位使用率", "71", "%"),
    ),
    Past(
        "跨河大桥危桥加固",
        Regime.DOCUMENT,
        "市交通运输局",
        Result.DONE,
        "加固完成并恢复通行",
        ("限载", "55", "吨"),
    ),
    Past(
        "政务服务窗口延时服务",
        Regime.DOCUMENT,
        "市财政局",
        Result.DONE,
        "午间和周末不打烊",
        ("群众满意率", "97.2", "%"),
    ),
)


NEXT = (
    Past(
        "老旧电梯安全隐患整治",
        Regime.KEY_TASK,
        "市住房城乡建设局",
        Result.DONE,
        "更新改造电梯96部",
        ("困人故障", "3", "起"),
    ),
    Past(
        "黑臭水体返黑返臭排查",
        Regime.DOCUMENT,
        "市生态环境局",
        Result.PLANNED,
        "完成7处治理，1处列入下年度计划",
        ("消除水体", "7", "处"),
    ),
    Past(
        "城乡公交一体化线路调整",
        Regime.DOCUMENT,
        "市交通运输局",
        Result.DONE,
        "新开通线路11条",
        ("日均客流", "2.6", "万人次"),
        end=(10, 31),
    ),
    Past(
        "惠企资金直达兑付",
        Regime.DOCUMENT,
        "市财政局",
        Result.DONE,
        "兑付资金3.4亿元",
        ("平均兑付时长", "5", "天"),
    ),
)


def year_of(last: date) -> int:
    """The year looked back on in full: its round was fixed in March and checked by June."""
    return last.year - 1 if (last.month, last.day) >= (6, 30) else last.year - 2


def begins(last: date) -> datetime:
    """When this part of the story begins."""
    return at_clock(date(year_of(last), 8, 20), time(9))


def lookback_story(story: Any) -> None:
    """Put everything on the story's calendar; the round of the year after is open where the last
    day lies between January and June."""
    year = year_of(story.last)
    tell_year(story, year, PAST)
    plan_on(story, date(year + 1, 2, 18), 10, lambda at: open_and_fix(story, year, at))
    checked = [past for past in PAST if past.finding]
    for place, past in enumerate(checked):
        day = date(year + 1, 5, 12 + place)
        plan_on(story, day, 16, lambda at, p=past: check(story, p, at))
    if year == story.last.year - 2:
        tell_year(story, year + 1, NEXT)
        opened = date(year + 2, 2, 11)
        plan_on(story, opened, 10, lambda at: open_next(story, year + 1, at))


def tell_year(story: Any, year: int, pasts: tuple[Past, ...]) -> None:
    """Matters begun in September and concluded in November of a year."""
    told: list[tuple[Past, Matter]] = []
    for place, past in enumerate(pasts):
        day = date(year, 9, 2 + place)
        plan_on(story, day, 10, lambda at, p=past: told.append((p, begin(story, p, at))))
        done = date(year, 11, 10 + place)
        plan_on(story, done, 15, lambda at, n=place: finish(story, *told[n], at))


def plan_on(story: Any, day: date, hour: int, act: Any) -> None:
    """An act on a fixed day."""
    if day <= story.last:
        story.put(at_clock(day, time(hour)), act)


def begin(story: Any, past: Past, at: datetime) -> Matter:
    """Registered, assigned, signed for on one day."""
    officer, handler = story.actors["li"], story.handler(past.unit)
    plan = Plan(
        title=past.title,
        regime=past.regime,
        content=f"{past.title}，明确任务和时限。",
        method="承办单位负责，分阶段反馈",
        purpose="办好民生实事",
        end_on=date(at.year, *past.end),
    )
    matter = draft(plan=plan, actor=officer, at=at, origin=Origin(title="市委常委会会议纪要"))
    why = "上年已办结，本年另行督办"
    matter = approve_to_register(matter=matter, actor=officer, at=at, despite=why)
    shares = [Share(story.units[past.unit], Part.SOLE)]
    share = assign(matter=matter, shares=shares, actor=officer, at=at)[0]
    sign_for(assignment=share, actor=handler, at=at)
    if past.key:
        mark_key(matter=matter, reason=past.key, actor=officer, at=at)
    return matter


def finish(story: Any, past: Past, matter: Matter, at: datetime) -> None:
    """Reported on, accepted and concluded, with its effect and promised date."""
    officer, handler = story.actors["li"], story.handler(past.unit)
    share = matter.assignments.select_related("matter").get()
    duties = share.duties.filter(state=DutyState.OPEN)
    late = any(duty.due_at and duty.due_at <= at for duty in duties)
    name, value, measure = past.measure
    words = Words(
        progress=past.summary,
        state_change="已完成",
        problems="无",
        next_steps="巩固成果",
        summary=past.summary,
        late_reason="等待验收结论" if late else "",
        signed_by_principal=principal_of(past.unit),
        figures=(Figure(name, Decimal(value), measure),),
    )
    ids = [duty.pk for duty in duties]
    report = submit(assignment=share, duty_ids=ids, words=words, actor=handler, at=at)
    accept(report=report, actor=story.actors["he"], at=at)
    promised = past.result in {Result.PLANNED, Result.PARTLY}
    conclude(
        matter=Matter.objects.get(pk=matter.pk),
        result=past.result,
        summary=past.summary,
        effect=Effect("", name, Decimal(value), measure),
        promised_on=date(at.year + 1, 3, 15) if promised else None,
        actor=officer,
        at=at,
    )


def open_and_fix(story: Any, year: int, at: datetime) -> None:
    """The round is opened and fixed in time, and everything that is checked gets its checker."""
    officer, second = story.actors["li"], story.actors["he"]
    round = open_round(year=year, percent=PERCENT, actor=officer, at=at, seed=SEED)
    fix(round=round, actor=officer, at=at)
    for item in round.items.select_related("matter", "closure"):
        name_checker(item=item, person_id=second.person_id, actor=officer, at=at)


def open_next(story: Any, year: int, at: datetime) -> None:
    """The next round is opened; its sample is not fixed yet."""
    open_round(year=year, percent=PERCENT, actor=story.actors["li"], at=at, seed=SEED + year)


def check(story: Any, past: Past, at: datetime) -> None:
    """The checker writes down what was found, where the draw took the matter."""
    rows = LookBackItem.objects.select_related("matter", "closure", "round")
    item = rows.filter(matter__title=past.title).first()
    if item is None:
        return
    name, _value, measure = past.measure
    finding = Check(
        finding=past.finding,
        method="on_site",
        evidence=past.evidence,
        note=past.note,
        effect=Effect("", name, Decimal(past.now), measure),
        due_on=date(at.year, 8, 31) if past.finding == "relapsed" else None,
        next_on=date(at.year, 9, 30) if past.finding == "missed" else None,
    )
    record_check(item=item, check=finding, actor=story.actors["he"], at=at)
