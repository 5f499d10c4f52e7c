"""Planned progress in the story: two matters that have fallen behind it, one county that keeps to a
plan of its own (R-SUP-5). Its acts take no dice, and change no row but these plans."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from luoshi.foundation.core.time import at_clock
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.matters.domain.share.stages import Stage
from luoshi.supervision.matters.domain.share.staging import plan_progress, plan_share
from luoshi.supervision.matters.models import Assignment, Matter

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

# by title: when it is planned, and its stages by working days before the story's last day
PLANS = {
    "关于低空经济产业布局的批示": (
        45,
        ((30, 30, "完成征求意见"), (10, 60, "形成布局方案"), (-20, 100, "方案印发实施")),
    ),
    "优化营商环境重点任务分解": (
        70,
        ((40, 50, "半数任务见效"), (9, 80, "指标对标达标"), (-5, 100, "全部任务完成")),
    ),
}
OWN = (
    "落实省委农村工作会议精神",
    "安澜县",
    19,
    ((9, 30, "任务清单下达到乡镇"), (-30, 100, "清单销号")),
)
# by title: how much of the plan the units report (`telling.report`)
REPORTED = {
    "关于低空经济产业布局的批示": 35,
    "优化营商环境重点任务分解": 58,
    "落实省委农村工作会议精神": 40,
}


def progress_story(story: "Story") -> None:
    """Lay the plans on the story's calendar."""
    for title, (ago, stages) in PLANS.items():
        story.put(at_clock(story.day(ago), time(12, 10)), planning(story, title, stages))
    title, unit, ago, own = OWN
    story.put(at_clock(story.day(ago), time(16, 20)), own_plan(story, title, unit, own))


def planning(
    story: "Story", title: str, stages: tuple[tuple[int, int, str], ...]
) -> Callable[[datetime], object]:
    """An act: the office plans a matter's progress."""

    def act(at: datetime) -> None:
        matter = Matter.objects.get(title=title)
        planned = laid(story, stages, matter.end_on)
        plan_progress(matter=matter, stages=planned, actor=story.actors["li"], at=at)

    return act


def own_plan(
    story: "Story", title: str, unit: str, stages: tuple[tuple[int, int, str], ...]
) -> Callable[[datetime], object]:
    """An act: a unit states its own plan."""

    def act(at: datetime) -> None:
        rows = Assignment.objects.select_related("matter")
        share = rows.get(matter__title=title, unit__short_name=unit)
        planned = laid(story, stages, share.matter.end_on)
        plan_share(assignment=share, stages=planned, actor=story.handler(unit), at=at)

    return act


def day_of(story: "Story", ago: int) -> date:
    """So many working days before the story's last day, or after it."""
    calendar = current_calendar()
    return calendar.add_workdays(calendar.roll_forward(story.last), -ago)


def laid(
    story: "Story", stages: tuple[tuple[int, int, str], ...], end_on: date | None
) -> list[Stage]:
    """The stages on their days, as far as the matter reaches."""
    found = [Stage(day_of(story, ago), percent, text) for ago, percent, text in stages]
    return [one for one in found if end_on is None or one.on <= end_on]
