"""The story's limits: requests for a later one, granted, refused and waiting; the next date of a
staged report, which the officer sets (TR-03)."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from luoshi.foundation.core.time import at_clock, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.matters.domain.duty.extending import (
    ask_extension,
    grant_extension,
    refuse_extension,
)
from luoshi.supervision.matters.domain.duty.setting import set_limit
from luoshi.supervision.matters.enums import DUTY_AWAITING_UNIT
from luoshi.supervision.matters.models import Extension, ReportDuty

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

# title, unit, asked so many working days ago, days wanted, reason, decision, its remark
REQUESTS = (
    ("国道复线清源段主体工程", "市交通运输局", 12, 30, "桥梁荷载试验排期在下月", "granted", ""),
    (
        "河湖水环境整治专项行动",
        "市生态环境局",
        6,
        20,
        "断面复测数据未出",
        "refused",
        "先报已出数据",
    ),
    ("优化营商环境重点任务分解", "市财政局", 1, 15, "省级考核口径调整，需重新汇总", "", ""),
)


MEETING = "落实省委农村工作会议精神"
VISIT = "省委办公厅下旬来清源调研，须提前掌握进展"


def tell_extensions(story: "Story") -> None:
    """Put the requests and their decisions on the story's calendar."""
    story.put(at_clock(story.day(5), time(11)), lambda at: set_next(story, at))
    for title, unit, ago, days, reason, verdict, remark in REQUESTS:
        story.plan(
            ago,
            10,
            lambda at, t=title, u=unit, d=days, r=reason: ask(story, t, u, d, r, at),
        )
        if verdict:
            story.plan(
                ago - 1,
                15,
                lambda at, t=title, v=verdict, m=remark: decide(story, t, v, m, at),
            )


def set_next(story: "Story", at: datetime) -> None:
    """A county has sent its first report on the meeting; the officer says when the next is due."""
    duty = (
        ReportDuty.objects.select_related("assignment__matter", "assignment__unit")
        .filter(
            assignment__matter__title=MEETING,
            assignment__unit=story.units["安澜县"],
            rule_code="TR-03",
            due_at=None,
            state__in=DUTY_AWAITING_UNIT,
        )
        .first()
    )
    if duty is not None:
        on = current_calendar().add_workdays(office_date(at), 15)
        set_limit(duty=duty, on=on, reason=VISIT, actor=story.actors["li"], at=at)


def ask(story: "Story", title: str, unit: str, days: int, reason: str, at: datetime) -> None:
    """The unit asks for its next dated report to come later."""
    duty = (
        ReportDuty.objects.select_related("assignment__matter")
        .filter(
            assignment__matter__title=title,
            assignment__unit=story.units[unit],
            state__in=DUTY_AWAITING_UNIT,
            due_at__gt=at,
        )
        .order_by("due_at", "rule_code")
        .first()
    )
    if duty is not None and duty.due_at is not None:
        ask_extension(
            duty=duty,
            wanted_at=duty.due_at + timedelta(days=days),
            reason=reason,
            actor=story.handler(unit),
            at=at,
        )


def decide(story: "Story", title: str, verdict: str, remark: str, at: datetime) -> None:
    """The office decides the day after."""
    rows = Extension.objects.select_related("duty__assignment__matter")
    found = rows.filter(duty__assignment__matter__title=title).order_by("-asked_at").first()
    officer = story.actors["li"]
    if found is None:
        return
    if verdict == "granted":
        grant_extension(extension=found, actor=officer, at=at)
    else:
        refuse_extension(extension=found, remark=remark, actor=officer, at=at)
