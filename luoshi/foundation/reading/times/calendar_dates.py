"""Calendar limits: 2026年3月31日前, 6月底前, 7月中旬, 年底前, 本周内, 下周五前, 汛期前."""

import re
from typing import Any

from luoshi.foundation.reading.times.numerals import NUMBER, number

YEAR = (
    r"(?P<year>[0-9０-９]{4}年|[二〇○零一二三四五六七八九]{4}年|今年|本年度?|当年|明年|次年|翌年|"
    r"来年|下一?年|去年|上年)?"
)
PART = (
    r"(?:(?P<day>" + NUMBER + r")(?:日|号)|(?P<end>底|末|月末)|(?P<mid>中旬|中)|(?P<early>上旬|初)"
    r"|(?P<late>下旬))?"
)
HOUR = r"(?:(?P<noon>中午|上午|下午|晚上?)?(?P<hour>" + NUMBER + r")(?:时|点)(?:整)?)?"
TAIL = r"(?P<before>之?前|以前|止|内)?"
MONTH_DATE = re.compile(
    YEAR
    + r"(?P<month>"
    + NUMBER
    + r"|本|当|下|次)(?:月份|月|个月(?=底|末|初))"
    + PART
    + HOUR
    + TAIL
)
YEAR_END = re.compile(YEAR + r"(?<!每)(?<!本年)(?P<which>年底|年末|岁末|底|末)" + TAIL)
HALF = re.compile(YEAR + r"(?P<half>上半年|下半年|年中|半年)(?:底|末)?" + TAIL)
QUARTER = re.compile(YEAR + r"第?(?P<quarter>[一二三四1-4])季度(?P<edge>初|末|底|结束)?" + TAIL)
WEEK = re.compile(
    r"(?P<week>本|这|下|次)(?:周|星期)(?P<weekday>[一二三四五六日天末]?)"
    + HOUR
    + r"(?P<before>之?前|以前|内|底前?|末前?)?"
)
FLOOD = re.compile(YEAR + r"(?P<season>主?汛期|主汛期|入汛)(?:到来|来临)?(?P<before>之?前)")
WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日", start=1)} | {"天": 7, "末": 7}
PAST_YEARS = {"去年", "上年"}


def year_value(text: str | None) -> int | str | None:
    """A written year: number, "+1" for next year, None for this or unsaid."""
    if not text:
        return None
    if text in {"明年", "次年", "翌年", "来年", "下年", "下一年"}:
        return "+1"
    if text.endswith("年") and text not in {"今年", "当年", "本年"} | PAST_YEARS:
        digits = text[:-1].translate(str.maketrans("０１２３４５６７８９〇○零", "0123456789000"))
        plain = "".join(
            str("一二三四五六七八九".find(c) + 1) if not c.isdigit() else c for c in digits
        )
        return int(plain)
    return None


def hour_of(match: re.Match[str]) -> int | None:
    """The hour on the 24-hour clock, or None."""
    text = match.groupdict().get("hour")
    if not text:
        return None
    hour = number(text)
    if match.group("noon") in {"下午", "晚", "晚上"} and hour < 12:
        hour += 12
    return hour if 0 <= hour <= 24 else None


def month_date(match: re.Match[str]) -> dict[str, Any] | None:
    """A month with an optional part and hour as a calendar object."""
    word = match.group("month")
    if word in {"本", "当"}:
        month: int | str = "+0"
    elif word in {"下", "次"}:
        month = "+1"
    else:
        month = number(word)
        if not 1 <= month <= 12:
            return None
    out: dict[str, Any] = {"anchor": "calendar", "year": year_value(match.group("year"))}
    out["month"] = month
    if match.group("day"):
        day = number(match.group("day"))
        if not 1 <= day <= 31:
            return None
        out["day"] = day
    elif match.group("mid"):
        out["day"] = "mid"
    elif match.group("early"):
        out["day"] = "early"
    else:
        out["day"] = "end"
    hour = hour_of(match)
    if hour is not None:
        out["hour"] = hour
    return out


def is_limit(match: re.Match[str]) -> bool:
    """Whether the expression is bounded (…前, …内, a part of a month) rather than a bare month."""
    groups = match.groupdict()
    return any(groups.get(key) for key in ("before", "day", "end", "mid", "early", "late", "hour"))


def year_end(match: re.Match[str]) -> dict[str, Any] | None:
    """年底 as 31 December."""
    which = match.group("which")
    if which in {"底", "末"} and not match.group("year"):
        return None
    return {
        "anchor": "calendar",
        "year": year_value(match.group("year")),
        "month": 12,
        "day": "end",
    }


def half(match: re.Match[str]) -> dict[str, Any] | None:
    """上半年, 年中 → June; 下半年 → December."""
    if match.group("half") == "半年":
        return None
    month = 12 if match.group("half") == "下半年" else 6
    year = year_value(match.group("year"))
    return {"anchor": "calendar", "year": year, "month": month, "day": "end"}


def quarter(match: re.Match[str]) -> dict[str, Any]:
    """一季度 → the end of its last month; 初 → its first month."""
    month = number(match.group("quarter")) * 3
    year = year_value(match.group("year"))
    if match.group("edge") == "初":
        return {"anchor": "calendar", "year": year, "month": month - 2, "day": "early"}
    return {"anchor": "calendar", "year": year, "month": month, "day": "end"}


def week(match: re.Match[str]) -> dict[str, Any]:
    """本周内, 下周五前."""
    out: dict[str, Any] = {
        "anchor": "calendar",
        "week": "+1" if match.group("week") in {"下", "次"} else "+0",
    }
    if match.group("weekday"):
        out["weekday"] = WEEKDAYS[match.group("weekday")]
    hour = hour_of(match)
    if hour is not None:
        out["hour"] = hour
    return out


def flood(match: re.Match[str]) -> dict[str, Any]:
    """Before the flood season."""
    return {"anchor": "flood_season", "dir": "before", "year": year_value(match.group("year"))}
