"""Lengths from an event: 15日内, 会后一个月内, 印发之日起30个工作日内, 届满前10个工作日."""

import re
from typing import Any

from luoshi.foundation.reading.times.anchors import nearest
from luoshi.foundation.reading.times.numerals import NUMBER, number

UNITS = (
    ("workdays", r"个?工作日"),
    ("months", r"个月"),
    ("minutes", r"分钟"),
    ("hours", r"个?小时"),
    ("weeks", r"个?(?:周|星期)"),
    ("years", r"(?:个年头|年)"),
    ("days", r"个?(?:自然日|日历日|日|天)"),
)
UNIT = "|".join(f"(?P<{name}>{pattern})" for name, pattern in UNITS)
WITHIN = re.compile(
    r"(?<!提前)(?<!压缩到)(?<!压缩至)(?<!缩短到)(?<!缩短至)(?<!控制在)(?P<n>半|"
    + NUMBER
    + r")(?:"
    + UNIT
    + r")(?:的?时间)?(?:之内|以内|内|(?=(?:提前)?(?:报|完成|办结|答复)))"
)
AFTER = re.compile(
    r"后(?:的)?(?P<n>半|"
    + NUMBER
    + r")(?:"
    + UNIT
    + r")(?:之内|以内|内)?(?=[，,、向报完办上书召答交]|$)"
)
NOT_OVER = re.compile(
    r"(?:不超过|不得超过|不迟于|最迟不超过|最长不超过)(?P<n>半|" + NUMBER + r")(?:" + UNIT + r")"
)
AHEAD = re.compile(
    r"(?P<event>会|会议|大会|届满|到期|期满|换届|活动|开会|召开)(?:之)?前(?P<n>半|"
    + NUMBER
    + r")(?:"
    + UNIT
    + r")"
)
EARLY = re.compile(r"提前(?P<n>" + NUMBER + r")(?:" + UNIT + r")(?=[向报函提通申书发送将请告，以])")
LATE_EVENTS = (
    ("meeting", re.compile(r"开会|召开|议题|会议|活动")),
    ("election", re.compile(r"换届")),
    ("deadline", re.compile(r"延期|[时期]限|到期|届满|期满|按期|按时")),
)
EVENTS = {"届满": "deadline", "到期": "deadline", "期满": "deadline", "换届": "election"}


def offset(match: re.Match[str]) -> dict[str, int]:
    """The offset object; weeks become days, half a year six months, half a month 15 days."""
    unit = next(name for name, _p in UNITS if match.group(name))
    if match.group("n") == "半":
        return {"years": {"months": 6}, "months": {"days": 15}, "hours": {"minutes": 30}}.get(
            unit, {unit: 1}
        )
    amount = number(match.group("n"))
    return {"days": amount * 7} if unit == "weeks" else {unit: amount}


def within(match: re.Match[str], before: str, default: str) -> dict[str, Any]:
    """N日内 with its anchor: the nearest trigger before it, else the document's."""
    return {
        "type": "once",
        "due": {"anchor": nearest(before) or default, "dir": "after", "offset": offset(match)},
    }


def ahead(match: re.Match[str]) -> dict[str, Any]:
    """会前3日, 换届前6个月, 届满前10个工作日."""
    anchor = EVENTS.get(match.group("event"), "meeting")
    return {"type": "once", "due": {"anchor": anchor, "dir": "before", "offset": offset(match)}}


def early(match: re.Match[str], text: str) -> dict[str, Any]:
    """提前3个工作日: before the meeting, election or limit spoken of, else the event."""
    named = (anchor for anchor, pattern in LATE_EVENTS if pattern.search(text))
    anchor = next(named, "event")
    return {"type": "once", "due": {"anchor": anchor, "dir": "before", "offset": offset(match)}}
