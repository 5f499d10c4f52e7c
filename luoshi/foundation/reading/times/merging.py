"""Several limits of one sentence: which reading wins, what belongs together, which year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.foundation.reading.patterns import compiled


@dataclass(frozen=True)
class Found:
    """One limit: span within the sentence, and its rule as JSON. `assumed`: no words say what it
    counts from; the kind of document or the sense of the sentence does."""

    start: int
    end: int
    rule: dict[str, Any]
    assumed: bool = False

    @property
    def crisp(self) -> bool:
        """A limit with a number, a date or an event."""
        return self.rule["type"] != "vague"


CARRIED = {"+0", "+1"}
NEXT_YEAR = compiled(
    r"(?:^|[，。；：:、])(?:[^，。；：]{0,8}[要将])?(?:明年|来年)"
    r"(?!\d|度|的|初|底|末|[一二三四五六七八九十上下春夏秋冬]|年[初底末]|预算|计划|工作|任务|重点|目标|项目|全年|全[市县省区]|经济|我们)"
)


THAT_YEAR = compiled(r"(?:^|[，。；：:、.])于?(?P<year>20\d\d)年(?=[将拟]|计划)")
"""2013年将安排两次检查，…请于3月20日前: the year of the dates that follow."""


def settle(found: Sequence[Found]) -> list[Found]:
    """Keep the longest of overlapping readings, in order of the text; of equally long ones the
    first said."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (-(f.end - f.start), f.start)):
        if all(one.end <= k.start or one.start >= k.end for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


def carry_years(found: Sequence[Found], text: str) -> list[Found]:
    """The year of a date is carried to later dates of the sentence without one; 次年 after a
    numbered one is the number after it."""
    year: Any = None
    out: list[Found] = []
    for one in found:
        due = one.rule.get("due", {})
        if due.get("anchor") == "flood_season" and due.get("year", 0) is None and year == "+1":
            one = Found(one.start, one.end, {"type": "once", "due": {**due, "year": year}})
        if year is None and NEXT_YEAR.search(text[: one.start]):
            year = "+1"
        if year is None and (said := THAT_YEAR.search(text, 0, one.start)):
            year = int(said["year"])
        begins = one.rule.get("from")
        if isinstance(begins, dict) and begins.get("year", 0) is None and isinstance(year, int):
            one = begun_in(one, year)
        year = begins.get("year") or year if isinstance(begins, dict) else year
        if due.get("anchor") == "calendar" and "year" in due and "week" not in due:
            if due["year"] is not None:
                following = text[one.start : one.start + 2] in {"次年", "翌年"}
                if following and isinstance(year, int):
                    due = {**due, "year": year + 1}
                    one = Found(one.start, one.end, {"type": "once", "due": due})
                year = due["year"]
            elif (
                isinstance(due.get("month"), int)
                and (isinstance(year, int) or year in CARRIED)
                and not goes_back(due, out, year)
            ):
                one = Found(one.start, one.end, {"type": "once", "due": {**due, "year": year}})
        out.append(one)
    return out


def begun_in(one: Found, year: int) -> Found:
    """除治11月1日至2027年3月20日 after a date of 2026: the beginning is of the year said before."""
    begins, ends = one.rule["from"], one.rule.get("to")
    last = ends.get("year") if isinstance(ends, dict) else None
    if not isinstance(last, int) or last <= year or "month" not in begins:
        return one
    return Found(one.start, one.end, {**one.rule, "from": {**begins, "year": year}})


def goes_back(due: dict[str, Any], before: Sequence[Found], year: Any) -> bool:
    """明年年底前收官，各地5月31日前报方案: a step before the end of next year is of this one."""
    last = before[-1].rule.get("due", {}) if before else {}
    month = last.get("month")
    return (
        year == "+1"
        and last.get("year") == "+1"
        and isinstance(month, int)
        and due["month"] < month
    )


def joined(found: Sequence[Found], text: str) -> list[Found]:
    """Dates of one act without year that only connectors part become one rule of dates; two halves
    of a rhythm (每年6月底和12月底前) one rhythm with two moments."""
    out: list[Found] = []
    for one in found:
        last = out[-1] if out else None
        between = text[last.end : one.start] if last else ""
        again = AGAIN.fullmatch(between) and ONCE_MORE.match(text, one.end)
        if (
            last is not None
            and not THEN_NEXT_YEAR.match(text, one.end)
            and (again or linked(between))
            and (made := together(last, one))
        ):
            out[-1] = made
        else:
            out.append(one)
    return out


THEN_NEXT_YEAR = compiled(r"(?:之?前)?(?:、|和|及|与)(?:于|在)?(?:次年|翌年)")
"""10月下旬、12月中旬和次年2月上旬: dates of two years."""
AGAIN = compiled(r"(?:之?前)?[\u4e00-\u9fff]{1,4}一[轮次遍回][，、]")
ONCE_MORE = compiled(r"再[\u4e00-\u9fff]{1,4}一[轮次遍回]|[\u4e00-\u9fff]{1,3}第二[轮次遍回]")
"""7月上旬查一轮，8月上旬再查一轮: two dates of one act."""


def linked(between: str) -> bool:
    """Whether only connectors stand between two limits."""
    return len(between) <= 8 and bool(
        re.fullmatch(
            r"(?:之?前)?(?:[、]|和|及|与|以及)(?:于|在)?|(?:各|分别)?(?:开展|组织|召开|报送)?(?:一|1)(?:次|期|批|场|轮)?[，、](?:于|在)?",
            between,
        )
    )


def together(last: Found, one: Found) -> Found | None:
    """The two as one rule, or None where they are two acts."""
    right = point(one)
    if right is None:
        return None
    rule = last.rule
    if rule["type"] == "dates" and isinstance(rule["points"][0], dict):
        return Found(last.start, one.end, {"type": "dates", "points": [*rule["points"], right]})
    left = point(last)
    if left is not None and left != right:
        return Found(last.start, one.end, {"type": "dates", "points": [left, right]})
    if rule["type"] == "recurring" and rule["every"] in {"year", "half_year"} and "at" in rule:
        moments = rule["at"] if isinstance(rule["at"], list) else [rule["at"]]
        if all("month" in moment and "next" not in moment for moment in moments):
            return Found(last.start, one.end, {**rule, "at": [*moments, right]})
    return None


def point(one: Found) -> dict[str, Any] | None:
    """A date without year as a point: month, day, hour."""
    due = one.rule.get("due", {})
    if due.get("anchor") != "calendar" or due.get("year") is not None or "week" in due:
        return None
    if not isinstance(due.get("month"), int):
        return None
    return {key: due[key] for key in ("month", "day", "hour") if key in due}


AHEAD = compiled(r"，[^，。；\d]{0,8}$")


OF_CALENDAR = compiled(
    r"(?:（[^（）]{1,8}）)?[，、]?[^，。；]{0,14}?(?:照常)?(?:上班|上课|公休|休息|放假|补课|补班)(?=[，。；、]|$)"
    r"|[）)]?为(?:动员|部署|筹备|准备|启动|组织实施|总结|验收)[^，。；]{0,8}阶段(?=[，。；：]|$)"
    r"|[^，。；\d]{2,16}情况的(?:汇报|报告|说明|通报)"
)
"""9月28日照常上班, 7月至12月为组织实施阶段: what a day or a stretch is, not by when."""


def says_nothing(one: Found, text: str, crisp: Sequence[Found]) -> bool:
    """A date that only tells what a day is, or a limit that another of the sentence says better."""
    calendar = one.rule["type"] in {"period", "dates"} or "month" in one.rule.get("due", {})
    if FEAST.match(text, one.start) or explains(one, text, crisp):
        return True
    told = calendar and not text[one.start : one.end].endswith(("前", "内", "底"))
    if told and OF_CALENDAR.match(text, one.end):
        return True
    return counted_too(one, text, crisp)


FEAST = compiled(r"(?:二月二|三月三|六月六|七月七|九月九)(?![日号\d一二三四五六七八九十])")
"""办好“三月三”歌会: a feast by its name."""


def explains(one: Found, text: str, crisp: Sequence[Found]) -> bool:
    """每季度末（即6月、9月和12月底）: the dates that a rhythm comes to."""
    opened = text[: one.start].endswith(("（即", "（分别为"))
    return opened and any(
        other.rule["type"] == "recurring" and text.find("（", other.end, one.start) == other.end
        for other in crisp
    )


def counted_too(one: Found, text: str, crisp: Sequence[Found]) -> bool:
    """系统升级前，须提前10日报备: the second says how long before; the first is the same event."""
    due = one.rule.get("due", {})
    if due.get("anchor") != "event" or due.get("dir") != "before" or "offset" in due:
        return False
    return any(
        other.rule.get("due", {}).get("dir") == "before"
        and "offset" in other.rule["due"]
        and text.startswith("提前", other.start)
        and AHEAD.match(text[one.end : other.start]) is not None
        for other in crisp
    )
