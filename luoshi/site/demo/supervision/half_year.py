"""A points list of the other general office, reported on as a list in the middle of the year
(TR-05, S3-59): three points, two concluded by then. Told where the story reaches past that summer;
its acts take no dice."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from luoshi.foundation.core.time import at_clock
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.site.demo.people import OFFICE, principal_of
from luoshi.supervision.lists.domain.agreeing import agree
from luoshi.supervision.lists.domain.drafting import Head, add_points, start_list
from luoshi.supervision.lists.domain.issuing import issue
from luoshi.supervision.lists.domain.pasting import read_points
from luoshi.supervision.lists.domain.queries.progress import counts_of
from luoshi.supervision.lists.domain.summing_up import (
    SummaryWords,
    opening,
    save_summary,
    send_summary,
)
from luoshi.supervision.lists.enums import SummaryPeriod
from luoshi.supervision.lists.models import SupervisionPointsList
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.report.reporting import Words, submit
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import DUTY_AWAITING_UNIT
from luoshi.supervision.matters.models import Assignment, Matter

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

LEADING = "市政府办公室"
ENDS = (7, 14)  # the last act of this part: month, day
POINTS = """供水管网漏损治理｜市水务局
校园周边交通组织优化｜市交通运输局
小微企业贷款贴息兑付｜市财政局"""
PROGRESS = {
    1: "更换老旧管网46公里，漏损率降至8.6%",
    2: "62所学校周边完成交通组织优化",
    3: "兑付贴息1.2亿元，惠及企业3180户",
}


def half_year_story(story: "Story") -> None:
    """Lay the list's half-year on the story's calendar."""
    year = story.last.year
    if story.last <= date(year, *ENDS):
        return

    def on(month: int, day: int, hour: int, act: Callable[[datetime], object]) -> None:
        workday = current_calendar().roll_forward(date(year, month, day))
        story.put(at_clock(workday, time(hour, 20)), act)

    def found() -> SupervisionPointsList:
        return SupervisionPointsList.objects.get(year=year, office=story.units[LEADING])

    fang, li = story.actors["fang"], story.actors["li"]
    on(2, 24, 9, lambda at: begun(story, year, at))
    on(2, 25, 9, lambda at: agree(points_list=found(), revision=found().revision, actor=li, at=at))
    on(2, 25, 10, lambda at: issue(points_list=found(), actor=fang, at=at))
    on(2, 26, 14, lambda at: sign_all(story, found(), at))
    on(4, 3, 10, lambda at: report_all(story, found(), at))
    on(6, 16, 15, lambda at: done(story, found(), (1, 3), at))
    on(7, 8, 9, lambda at: summed_up(story, found(), at))
    on(*ENDS, 16, lambda at: done(story, found(), (2,), at))


def begun(story: "Story", year: int, at: datetime) -> None:
    """The list with its three points, drafted by the government office."""
    head = Head(
        year=year,
        title=f"{year}年《政府工作报告》民生实事督查要点",
        reference=f"清政办发〔{year}〕6号",
        method="承办单位制定推进方案，每季度报告进展，年中年末总结",
        purpose="推动政府工作报告确定的民生实事按期办结",
        joint_office=story.units[OFFICE],
    )
    fang = story.actors["fang"]
    made = start_list(head=head, actor=fang, at=at)
    add_points(points_list=made, points=read_points(POINTS), actor=fang, at=at)


def shares_of(found: SupervisionPointsList) -> list[Assignment]:
    """The shares of the list's points, by number."""
    rows = Assignment.objects.filter(matter__list_point__points_list=found)
    return list(rows.select_related("matter", "unit").order_by("matter__list_point__number"))


def sign_all(story: "Story", found: SupervisionPointsList, at: datetime) -> None:
    """Every unit signs for its point."""
    for share in shares_of(found):
        sign_for(assignment=share, actor=story.handler(share.unit.short_name), at=at)


def report_all(story: "Story", found: SupervisionPointsList, at: datetime) -> None:
    """The first quarter's reports, accepted the same day."""
    for number, share in enumerate(shares_of(found), start=1):
        duties = share.duties.filter(state__in=DUTY_AWAITING_UNIT).order_by("due_at", "rule_code")
        words = Words(
            progress=PROGRESS[number],
            state_change="由部署阶段进入实施阶段",
            problems="部分点位施工需与交通错峰",
            next_steps="按月倒排工期",
            summary="一季度任务按计划推进",
            signed_by_principal=principal_of(share.unit.short_name),
        )
        sent = submit(
            assignment=share,
            duty_ids=[duties[0].pk],
            words=words,
            actor=story.handler(share.unit.short_name),
            at=at,
        )
        accept(report=sent, actor=story.actors["liang"], at=at + timedelta(hours=2))


def done(
    story: "Story", found: SupervisionPointsList, numbers: tuple[int, ...], at: datetime
) -> None:
    """Points that are carried out are concluded."""
    for number in numbers:
        matter = Matter.objects.get(list_point__points_list=found, list_point__number=number)
        words = f"{PROGRESS[number]}，年度任务完成"
        conclude(matter=matter, result="done", summary=words, actor=story.actors["fang"], at=at)


def summed_up(story: "Story", found: SupervisionPointsList, at: datetime) -> None:
    """The mid-year summary: drafted by the office, signed and sent by the secretary-general."""
    summary = found.summaries.get(period=SummaryPeriod.MID_YEAR)
    words = SummaryWords(
        text=f"{opening(found, counts_of(found, at))}上半年民生实事总体快于序时进度。",
        problems="校园周边交通组织优化涉及道路施工，需在暑期集中推进",
        next_steps="7月中旬前全部办结，下半年开展回头看",
    )
    fang, chen = story.actors["fang"], story.actors["chen"]
    row = save_summary(summary=summary, words=words, revision=summary.revision, actor=fang, at=at)
    send_summary(summary=row, words=words, actor=chen, at=at + timedelta(hours=3))
