"""Meetings the office asks units to (B6): one for the points list, one of three bureaus, one called
off because its questions went into the quarterly report."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from luoshi.foundation.core.time import at_clock
from luoshi.insight.burden.domain.meeting import Invitation, ask_to_meeting, call_off
from luoshi.insight.burden.enums import Attends

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

POINTS = ("市住房城乡建设局", "市水务局", "市教育局", "市生态环境局", "市交通运输局", "市应急局")
SAFETY = ("市应急局", "市住房城乡建设局", "市水务局")
LIST = "市委市政府2026年督查要点（清委办发〔2026〕3号）"
MERGED = "所需情况并入季度报告，不再开会"


def meetings_story(story: "Story") -> None:
    """Lay the meetings on the story's calendar: its plan takes no dice."""
    for ago, title, who, minutes, units, basis in (
        (62, "督查要点推进会", Attends.DEPUTY, 120, POINTS, LIST),
        (18, "安全生产督办调度会", Attends.PRINCIPAL, 90, SAFETY, "市委常委会会议纪要〔2026〕9号"),
    ):
        on = story.day(ago - 3)
        words = (title, on, minutes, who, basis, units)
        story.put(at_clock(story.day(ago), time(9, 20)), partial(asks, story, words))
    off = ("督查台账数据核对会", story.day(0) + timedelta(days=4), 60, Attends.STAFF, LIST, POINTS)
    story.put(at_clock(story.day(6), time(9, 25)), partial(asks, story, off, merged=True))


def asks(
    story: "Story",
    words: tuple[str, date, int, str, str, tuple[str, ...]],
    at: datetime,
    *,
    merged: bool = False,
) -> None:
    """The officer asks; the one that is merged into the report is called off at once."""
    title, on, minutes, who, basis, names = words
    units = [story.units[name] for name in names]
    invitation = Invitation(title, on, minutes, who, basis, units)
    row = ask_to_meeting(invitation=invitation, actor=story.actors["li"], at=at)
    if merged:
        call_off(meeting=row, reason=MERGED, actor=story.actors["li"], at=at)
