"""How long a limit is: 15日, 5个工作日, 两周, 半年, 一个半月."""

import re
from typing import Any

from luoshi.foundation.reading.times.numerals import NUMBER, number

UNITS = (
    ("workdays", r"个?工作日"),
    (
        "months",
        r"个月|(?<=半)月|(?<=后[一两三四五六七八九])月(?=内|之内|以内)|(?<=[在于][一两])月(?=内|之内|以内)",
    ),
    ("minutes", r"分钟"),
    ("hours", r"个?(?:工作)?小时|个?钟头"),
    ("weeks", r"个?(?:周|星期|礼拜)"),
    ("years", r"(?:个年头|年)(?![度前])"),
    ("days", r"个?(?:自然日|日历日|日|天)(?!报(?:告)?制度|常)"),
)

UNIT = "|".join(f"(?P<{name}>{pattern})" for name, pattern in UNITS)

N = r"(?P<n>半|" + NUMBER + r")(?:[（(]\d+[）)])?(?P<half>个半)?"

ONE = r"(?:" + UNIT + r")"

Json = dict[str, Any]

Reading = tuple[int, int, Json]


def offset(match: re.Match[str]) -> dict[str, int]:
    """The offset object; weeks become days, half a year six months, half a month 15 days,
    half a day 12 hours."""
    unit = next(name for name, _p in UNITS if match.group(name))
    halves = {
        "years": {"months": 6},
        "months": {"days": 15},
        "days": {"hours": 12},
        "hours": {"minutes": 30},
    }
    if match.group("n") == "半":
        return halves.get(unit, {unit: 1})
    amount = number(match.group("n"))
    if match.group("half"):
        whole = {
            "years": ("months", 12, 6),
            "months": ("days", 30, 15),
            "hours": ("minutes", 60, 30),
        }
        name, per, more = whole.get(unit, (unit, 1, 0))
        return {name: amount * per + more}
    return {"days": amount * 7} if unit == "weeks" else {unit: amount}


def once(anchor: str, side: str, length: dict[str, int] | None = None) -> Json:
    """A limit relative to an event; without length the event itself."""
    due: Json = {"anchor": anchor, "dir": side}
    if length is not None:
        due["offset"] = length
    return {"type": "once", "due": due}
