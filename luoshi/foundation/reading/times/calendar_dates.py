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
HOUR = r"(?:(?P<noon>中午|上午|下午|晚上?)?(?P<hour>" + NUMBER + r")(?:时|点|[:：][0-5]\d)(?:整)?)?"
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
YEAR_END = re.compile(
    YEAR
    + r"(?<!每)(?<!本年)(?P<which>年底|年末|岁末|"
    + r"(?<![半两几一二三四五六七八九十百\d])年内|底|末|内)"
    + TAIL
)
HALF = re.compile(YEAR + r"(?P<half>上半年|下半年|年中|半年)(?:底|末)?" + TAIL)
QUARTER = re.compile(YEAR + r"第?(?P<quarter>[一二三四1-4])季度(?P<edge>初|末|底|结束)?" + TAIL)
WEEK = re.compile(
    r"(?P<week>本|这|下|次)(?:周|星期)(?P<weekday>[一二三四五六日天末]?)"
    + HOUR
    + r"(?P<before>之?前|以前|内|底前?|末前?)?"
)
FLOOD = re.compile(YEAR + r"(?P<season>主?汛期|主汛期|入汛)(?:到来|来临)?(?P<before>之?前)")
FESTIVAL = re.compile(
    r"[“\"]?(?P<name>元旦|五一|七一|八一|国庆)(?:国际劳动节|建党节|建军节|节)?[”\"]?(?:之?前|以前)"
)
FESTIVALS = {"元旦": (1, 1), "五一": (5, 1), "七一": (7, 1), "八一": (8, 1), "国庆": (10, 1)}
DIGITS_ONLY = re.compile(
    r"(?<![\d.])(?P<year>\d{4})[.\-/](?P<month>\d{1,2})[.\-/](?P<day>\d{1,2})(?:日)?(?:之?前|以前)"
)
ACT = re.compile(
    r"(?:份)?(?:[要应须将]|力争|全部|全面|集中|召开|举办|组织|开展|启动|完成|印发|"
    r"出台|建成|投[用产]|开工|实施|提交|"
    r"形成|报送|上报|进行|制定|推出|上线|实现|拿出)"
)
OBJECT = re.compile(
    r"(?:的|工作|情况|经济|形势|运行|重点|目标|报告|总结|稳|财政|数据|考核|督查|"
    r"计划|以来|全[市省县区国]|地区|G|，?(?:实现|完成)了)"
)
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


def is_object(match: re.Match[str]) -> bool:
    """A quarter or half year that only names what a report is about (二季度经济运行)."""
    before = match.groupdict().get("before")
    return not before and OBJECT.match(match.string, match.end()) is not None


def festival(match: re.Match[str]) -> dict[str, Any]:
    """“五一”前: the feasts with a fixed date."""
    month, day = FESTIVALS[match.group("name")]
    return {"anchor": "calendar", "year": None, "month": month, "day": day}


def digits_only(match: re.Match[str]) -> dict[str, Any] | None:
    """2026.3.31前, 2026-03-31前."""
    year, month, day = (int(match.group(part)) for part in ("year", "month", "day"))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return {"anchor": "calendar", "year": year, "month": month, "day": day}


def is_limit(match: re.Match[str]) -> bool:
    """Whether the expression is bounded (…前, …内, a part of a month) rather than a bare month."""
    groups = match.groupdict()
    if not groups.get("year") and groups.get("month", "").isdigit():
        after = match.string[match.end() :]
        if ACT.match(after) and not re.match(r"[^，。；]{0,14}了", after):
            return True
    return any(groups.get(key) for key in ("before", "day", "end", "mid", "early", "late", "hour"))


def year_end(match: re.Match[str]) -> dict[str, Any] | None:
    """年底 as 31 December."""
    which = match.group("which")
    if which in {"底", "末", "内"} and not match.group("year"):
        return None
    return {
        "anchor": "calendar",
        "year": year_value(match.group("year")),
        "month": 12,
        "day": "end",
    }


def half(match: re.Match[str]) -> dict[str, Any] | None:
    """上半年, 年中 → June; 下半年 → December."""
    if match.group("half") == "半年" or is_object(match):
        return None
    month = 12 if match.group("half") == "下半年" else 6
    year = year_value(match.group("year"))
    return {"anchor": "calendar", "year": year, "month": month, "day": "end"}


def quarter(match: re.Match[str]) -> dict[str, Any] | None:
    """一季度 → the end of its last month; 初 → its first month."""
    if not match.group("edge") and is_object(match):
        return None
    month = number(match.group("quarter")) * 3
    year = year_value(match.group("year"))
    if match.group("edge") == "初":
        return {"anchor": "calendar", "year": year, "month": month - 2, "day": "early"}
    return {"anchor": "calendar", "year": year, "month": month, "day": "end"}


def week(match: re.Match[str]) -> dict[str, Any] | None:
    """本周内, 下周五前; a week that only names an object (本周情况表) is no limit."""
    after = match.string[match.end() : match.end() + 4]
    if not match.group("before") and not match.group("weekday") and not ACT.match(after):
        return None
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
