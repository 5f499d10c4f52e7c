"""The story's requests for a later limit: one granted, one refused, one that waits."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from luoshi.supervision.matters.domain.duty.extending import (
    ask_extension,
    grant_extension,
    refuse_extension,
)
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


def tell_extensions(story: "Story") -> None:
    """Put the requests and their decisions on the story's calendar."""
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
