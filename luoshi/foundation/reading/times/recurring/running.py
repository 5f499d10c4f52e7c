"""What a rhythm said earlier, or a standing rule, makes of a date: 月底 in a monthly duty, 周五 in
a weekly one, 12月20日前 beside a yearly one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.merging import Found

Rule = dict[str, Any]


def running(found: Sequence[Found], text: str) -> list[Found]:
    """A running month after a named one is that month (11月25日前…，当月底前); a weekday in a
    weekly rhythm, and a date of the same year in a yearly one, recur."""
    out: list[Found] = []
    for one in found:
        earlier = [other.rule for other in out]
        rhythms = {rule.get("every") for rule in earlier}
        if out and dated(one.rule.get("due", {})) and set_for(out[-1], one, text):
            last = out.pop()
            at = kept(one.rule["due"], "month", "day")
            one = Found(last.start, one.end, {**last.rule, "at": at})
        elif monthly_after(one) and "quarter" in rhythms and "month" not in rhythms:
            one = replace(one, rule={**one.rule, "every": "quarter"})
            out = [other for other in out if other.rule != every("quarter")]
        elif rule := (
            of_month(one, out, text)
            or of_week(one, rhythms, text)
            or of_year(one, earlier, rhythms, text)
        ):
            one = replace(one, rule=rule)
        out.append(one)
    return out


def every(unit: str, at: Any = None) -> Rule:
    """A rhythm, with its moments where they are said."""
    return {"type": "recurring", "every": unit, **({"at": at} if at else {})}


def kept(due: Rule, *keys: str) -> Rule:
    """What a date says of these."""
    return {key: due[key] for key in keys if key in due}


def of_month(one: Found, before: Sequence[Found], text: str) -> Rule | None:
    """What a day of the running month, or of the next one, is beside the limits before it."""
    due = one.rule.get("due", {})
    earlier = [other.rule for other in before]
    rhythms = {rule.get("every") for rule in earlier}
    said = text[one.start : one.end]
    if due.get("month") == "+0":
        quarterly = moments_of(before, "quarter")
        if quarterly and said.startswith("当月"):
            moment = {"month": quarterly[-1].get("month", 1), "day": due["day"]}
            return every("quarter", moment)
        if not said.startswith(("本", "这")) and any(dated(due_of(rule)) for rule in earlier):
            return {"type": "once", "due": in_month(due, earlier)}
        moments = [rule.get("at") for rule in earlier if rule.get("every") == "month"]
        if "month" in rhythms and (any(moments) or said.startswith(("月", "当月"))):
            return every("month", kept(due, "day", "hour"))
    if said in MONTH_ENDS and (rhythms & {"day", "week"} or EACH_TIME.search(text, 0, one.start)):
        return every("month", kept(due, "day"))
    if due.get("month") == "+1" and "month" in rhythms and follows_month(one, text):
        return every("month", {"next": True, "day": due["day"]})
    return None


def of_week(one: Found, rhythms: set[Any], text: str) -> Rule | None:
    """What a weekday is in a weekly duty."""
    due = one.rule.get("due", {})
    running_week = due.get("week") == "+0" or text.startswith("次周", one.start)
    if running_week and "weekday" in due and ("week" in rhythms or by_regime(one, text)):
        return every("week", kept(due, "weekday", "hour"))
    return None


def of_year(one: Found, earlier: Sequence[Rule], rhythms: set[Any], text: str) -> Rule | None:
    """What a day of a numbered month, or several, is in a yearly duty."""
    if month_days(one) and yearly_before(earlier):
        return every("year", one.rule["points"])
    due = one.rule.get("due", {})
    if dated(due) and "year" in rhythms and recurs(one, earlier, text):
        return every("year", kept(due, "month", "day"))
    return None


MONTH_ENDS = frozenset({"月底", "月末"})
EACH_TIME = compiled(r"每次")
"""每周反馈，月末另作一次汇总; 每次探望作好记录，月底归册: the end of every month."""


def month_days(one: Found) -> bool:
    """Whether a limit is several days of numbered months."""
    return one.rule["type"] == "dates" and isinstance(one.rule["points"][0], dict)


def yearly_before(earlier: Sequence[Rule]) -> bool:
    """Whether a day of every year was said before: 每年3月底前…，七月上旬、十二月下旬各考评一次."""
    return any("at" in rule for rule in earlier if rule.get("every") == "year")


SET_FOR = compiled(r"[^。；]{0,12}，[^，。；]{0,6}(?:定|放|安排|排)[在于]")
"""每年开一次，定在12月份: the month in which it comes."""


def set_for(last: Found, one: Found, text: str) -> bool:
    """Whether a date says when in the year the rhythm before it comes."""
    bare = last.rule.get("every") == "year" and not set(last.rule) & {"at", "n", "times"}
    return bare and SET_FOR.fullmatch(text[last.end : one.start]) is not None


def due_of(rule: Rule) -> Rule:
    """The day a limit is, or the last day of its period."""
    due: Rule = rule.get("due") or rule.get("to") or {}
    return due


def in_month(due: Rule, earlier: Sequence[Rule]) -> Rule:
    """月底前 after 2027年4月20日前: of the month named last, in its year."""
    last = [due_of(rule) for rule in earlier if dated(due_of(rule))][-1]
    year = due["year"] if due.get("year") is not None else last.get("year")
    return {**due, "month": last["month"], "year": year}


REGIME = compiled(r"[^，。；]{2,16}(?:制度|机制)")


def moments_of(found: Sequence[Found], every: str) -> list[Rule]:
    """The moments of the rhythms of one unit, where each has one."""
    moments = (one.rule.get("at") for one in found if one.rule.get("every") == every)
    return [at for at in moments if isinstance(at, dict)]


def follows_month(one: Found, text: str) -> bool:
    """次月上旬通报 in a monthly duty: in the month after each."""
    return text[one.start : one.start + 2] in {"次月", "下月"}


def by_regime(one: Found, text: str) -> bool:
    """实行周五下班前报下周安排制度: a weekday made a regime comes every week."""
    made = text[: one.start].endswith(("实行", "执行", "落实", "坚持", "建立", "推行"))
    return made and REGIME.match(text, one.end) is not None


def dated(due: Rule) -> bool:
    """Whether a limit is a day of a numbered month."""
    return due.get("anchor") == "calendar" and isinstance(due.get("month"), int)


THIS_ONE = compiled(r"今年的?[^，。；]{0,12}$")
"""今年的六十二个村10月底以前审完: beside a yearly duty, of this year alone."""


def yearly(one: Found, earlier: Sequence[Rule], text: str) -> bool:
    """A date without year said after a date of every year is of every year too."""
    if THIS_ONE.search(text, 0, one.start):
        return False
    return yearly_before(earlier) and one.rule["due"].get("year") is None


def recurs(one: Found, earlier: Sequence[Rule], text: str) -> bool:
    """Whether a date beside a yearly duty comes every year."""
    said = same_year(one, text) or text[: one.end].endswith("年初")
    return said or yearly(one, earlier, text)


def same_year(one: Found, text: str) -> bool:
    """当年12月20日前, 次年1月底前 after a yearly rhythm."""
    return text[one.start : one.end].startswith(("当年", "次年", "翌年", "第二年"))


def every_year(
    found: Sequence[Found], text: str, before: Sequence[Found], *, weekly: bool = True
) -> list[Found]:
    """The limits of a sentence of standing rules: 次年1月20日前 comes every year, and so does a
    date without year after a yearly date just `before` it; 周五17时前 comes every week."""
    moments = [
        one.rule["at"] for one in before if one.rule.get("every") == "year" and "at" in one.rule
    ]
    out = []
    for one in found:
        due = one.rule.get("due", {})
        next_year = text[one.start : one.end].startswith(("次年", "翌年", "第二年"))
        follows = bool(moments) and due.get("year") is None
        if dated(due) and "day" in due and (next_year or follows):
            one = replace(one, rule=every("year", kept(due, "month", "day", "hour")))
        elif weekly and due.get("month") == "+0" and text.startswith("当月", one.start):
            one = replace(one, rule=every("month", kept(due, "day", "hour")))
        elif (
            weekly
            and due.get("week") == "+0"
            and "weekday" in due
            and text[one.start] not in THIS_WEEK
        ):
            one = replace(one, rule=every("week", kept(due, "weekday", "hour")))
        out.append(one)
    return out


THIS_WEEK = "本这"
"""In standing rules 周五17：00前 comes every week; 本周五 does not."""


def monthly_after(one: Found) -> bool:
    """次月10日前: said after a quarterly rhythm it means the month after the quarter."""
    at = one.rule.get("at")
    return one.rule.get("every") == "month" and isinstance(at, dict) and bool(at.get("next"))
