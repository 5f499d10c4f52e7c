"""Find every limit of a sentence, in order, and turn each into a rule.

Objects' own times (上年度决算) and spans inside narration are left to the gate; here every
expression counts. Longer expressions win over shorter ones inside them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from luoshi.foundation.deadlines.engine.rule import BadRule, DeadlineRule, from_json
from luoshi.foundation.reading.times import calendar_dates as dates
from luoshi.foundation.reading.times import lengths, recurrences, vague
from luoshi.foundation.reading.times.anchors import local_default

CLAUSE = re.compile(r"[^，,；;。：:]+")
BOTH = re.compile(r"年中(?:、|和|及|与)年(?:末|底|终)")
PERIOD = re.compile(
    r"(?:(?:(?P<y1>\d{4})年)?(?P<m1>\d{1,2})月(?:份|(?P<d1>\d{1,2})日)?|(?:从|自)?(?:即日|现在|通知下发之日)起)"
    r"(?:至|到|—+|–|-|～|~)"
    r"(?:(?P<y2>\d{4})年)?(?:(?P<m2>\d{1,2})月)?(?:(?P<d2>\d{1,2})日|(?P<e2>底|份))?"
)
SEVERAL = re.compile(
    r"(?P<months>\d{1,2}月(?:底|末)?(?:(?:、|和|及|与)\d{1,2}月(?:底|末)?)+)(?:之?前)?(?=各|分别|两次|[一二三四]次)"
)
REGIME = re.compile(
    r"(?P<unit>周|旬|月|季度?|半年|年)度?(?:跟踪|调度|通报|督导|会商|研判|报告|考核|评估|总结|盘点|督查|分析|评)"
)
SINCE = re.compile(
    r"(?:自|从)(?![^，。；]{0,16}之日起)[^，。；]{0,14}?(?:起|开始)(?:施行|执行|实施)?"
    r"|截[至止](?:目前|[^，。；]{0,14}?(?:日|底|末))"
)


@dataclass(frozen=True)
class Found:
    """One limit: span within the sentence, and its rule as JSON."""

    start: int
    end: int
    rule: dict[str, Any]

    @property
    def crisp(self) -> bool:
        """A limit with a number or a date."""
        return self.rule["type"] != "vague"


def once(due: dict[str, Any] | None) -> dict[str, Any] | None:
    """Wrap a due object."""
    return None if due is None else {"type": "once", "due": due}


def candidates(text: str, default: str) -> Iterator[Found]:
    """Every reading of every expression; overlaps are settled later."""
    for match in BOTH.finditer(text):
        rule: dict[str, Any] = {"type": "dates", "points": ["mid_year", "year_end"]}
        yield Found(match.start(), match.end(), rule)
    for pattern in (recurrences.EVERY, recurrences.BY):
        for match in recurring_matches(pattern, text):
            rule, used = recurrences.recurring(match, text[match.start() :])
            yield Found(match.start(), match.start() + used, rule)
    for match in recurrences.ONCE_A.finditer(text):
        rule = {"type": "recurring", "every": recurrences.NAMES[match.group("unit")]}
        yield Found(match.start(), match.end(), rule)
    for match in PERIOD.finditer(text):
        if made := period(match):
            yield Found(match.start(), match.end(), made)
    for match in recurrences.FOLLOWING.finditer(text):
        if "每" in text[: match.start()] or "按月" in text[: match.start()]:
            at = {"next": True, "day": lengths.number(match.group("day"))}
            monthly = {"type": "recurring", "every": "month", "at": at}
            yield Found(match.start(), match.end(), monthly)
    yield from length_candidates(text, local_default(text, default))
    for match in SEVERAL.finditer(text):
        if "每" not in text[max(0, match.start() - 12) : match.start()]:
            yield Found(match.start(), match.end(), several(match))
    simple: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Any]], ...] = (
        (dates.FLOOD, dates.flood),
        (dates.FESTIVAL, dates.festival),
        (dates.DIGITS_ONLY, dates.digits_only),
        (dates.WEEK, dates.week),
        (dates.QUARTER, dates.quarter),
        (dates.HALF, dates.half),
        (dates.YEAR_END, dates.year_end),
    )
    for pattern, read in simple:
        for match in pattern.finditer(text):
            if match.groupdict().get("year") not in dates.PAST_YEARS:
                made = once(read(match))
                if made:
                    yield Found(match.start(), match.end(), made)
    for match in dates.MONTH_DATE.finditer(text):
        if dates.is_limit(match) and match.group("year") not in dates.PAST_YEARS:
            made = once(dates.month_date(match))
            if made:
                yield Found(match.start(), match.end(), made)


def recurring_matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches that may begin inside the tail of an earlier one."""
    position = 0
    while match := pattern.search(text, position):
        yield match
        position = match.start("unit") + 1


def length_candidates(text: str, default: str) -> Iterator[Found]:
    """Lengths from events."""
    for match in lengths.AHEAD.finditer(text):
        yield Found(match.start(), match.end(), lengths.ahead(match))
    for match in lengths.EARLY.finditer(text):
        yield Found(match.start(), match.end(), lengths.early(match, text))
    for pattern in (lengths.WITHIN, lengths.AFTER, lengths.NOT_OVER):
        for match in pattern.finditer(text):
            before = text[: match.start()] + ("后" if pattern is lengths.AFTER else "")
            rule = lengths.within(match, before, default)
            yield Found(match.start(), match.end(), rule)


def settle(found: list[Found]) -> list[Found]:
    """Keep the longest of overlapping readings, in order of the text."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (-(f.end - f.start), f.start)):
        if all(one.end <= k.start or one.start >= k.end for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


def carry_years(found: list[Found]) -> list[Found]:
    """A year said earlier in the sentence is carried to later dates without one."""
    year: Any = None
    out = []
    for one in found:
        due = one.rule.get("due", {})
        if due.get("anchor") == "calendar" and "year" in due:
            if due["year"] is not None:
                year = due["year"]
            elif isinstance(year, int):
                rule = {"type": "once", "due": {**due, "year": year}}
                one = Found(one.start, one.end, rule)
        out.append(one)
    return out


def find_times(text: str, default: str = "receipt") -> list[Found]:
    """The limits of one sentence; vague words only in clauses that no crisp limit governs."""
    masked = SINCE.sub(lambda m: "＿" * len(m.group()), text)
    crisp = carry_years(settle(list(candidates(masked, default))))
    crisp = [one for one in crisp if not inside_of_pair(one, crisp)]
    crisp = [one for one in crisp if not named_regime(one, masked, crisp)]
    crisp += regimes(masked, crisp)
    return sorted(crisp + vague_words(text, crisp), key=lambda f: f.start)


def several(match: re.Match[str]) -> dict[str, Any]:
    """6月和9月各一次: several named dates of one act."""
    months = re.findall(r"(\d{1,2})月", match.group("months"))
    return {"type": "dates", "points": [{"month": int(m), "day": "end"} for m in months]}


def named_regime(one: Found, text: str, crisp: list[Found]) -> bool:
    """每日“零报告”制度 beside 每天16时前: the moment says more than the name of the regime."""
    rule = one.rule
    bare = rule["type"] == "recurring" and "at" not in rule
    named = (
        re.match(r"[^，。；]{0,8}(?:制度|机制)", text[one.end :])
        or "一" in text[one.start : one.end]
    )
    return bool(bare and named) and any(
        other.rule.get("every") == rule.get("every") and "at" in other.rule for other in crisp
    )


def period(match: re.Match[str]) -> dict[str, Any] | None:
    """5月10日至6月10日, 即日起至12月底: from a day (or now) to a day."""
    part = match.groupdict()
    months = [int(part[m]) for m in ("m1", "m2") if part.get(m)]
    if any(not 1 <= month <= 12 for month in months):
        return None
    second = part.get("m2") or part.get("m1")
    if second is None or not (part.get("m2") or part.get("d2")):
        return None
    day = int(part["d2"]) if part.get("d2") else "end"
    year = int(part["y1"]) if part.get("y1") else None
    last = int(part["y2"]) if part.get("y2") else year
    end = {"anchor": "calendar", "year": last, "month": int(second), "day": day}
    if part.get("m1") is None:
        return {"type": "period", "from": "now", "to": end}
    first = int(part["d1"]) if part.get("d1") else 1
    start = {"anchor": "calendar", "year": year, "month": int(part["m1"]), "day": first}
    return {"type": "period", "from": start, "to": end}


def regimes(text: str, crisp: list[Found]) -> list[Found]:
    """周跟踪、月调度、季通报: a chain of regimes, or one made a 制度 or 机制; a rhythm that is
    said with 每 governs alone."""
    matches = list(REGIME.finditer(text))
    chain = [
        m for m in matches if "、" in text[max(0, m.start() - 1)] + text[m.end() : m.end() + 1]
    ]
    made = [m for m in matches if re.match(r"(?:制度|机制)", text[m.end() :])]
    known = {one.rule.get("every") for one in crisp}
    out = []
    for match in sorted({*chain, *made}, key=lambda m: m.start()) if len(chain) > 1 or made else ():
        every = recurrences.NAMES.get(match.group("unit"))
        if every and every not in known and not re.search(r"[每按逐]$", text[: match.start()]):
            known.add(every)
            out.append(Found(match.start(), match.end(), {"type": "recurring", "every": every}))
    return out


def inside_of_pair(one: Found, found: list[Found]) -> bool:
    """A date that a half-yearly duty already names as its moment."""
    due = one.rule.get("due", {})
    for other in found:
        moments: Any = other.rule.get("at")
        earlier = isinstance(moments, list) and other.start < one.start
        if earlier and {"month": due.get("month"), "day": due.get("day")} in moments:
            return True
    return False


def vague_words(text: str, crisp: list[Found]) -> list[Found]:
    """Vague words that govern an act of delivery in a clause of their own."""
    out: list[Found] = []
    for clause in CLAUSE.finditer(text):
        if any(c.start < clause.end() and c.end > clause.start() for c in crisp):
            continue
        for cue, pattern in vague.COMPILED:
            match = pattern.search(clause.group())
            governs = vague.DELIVER.search(clause.group()) or (
                cue in {"regular", "irregular", "as_prescribed"}
                and vague.INSPECT.search(clause.group())
            )
            if match and governs:
                start = clause.start() + match.start()
                rule = {"type": "vague", "cue": cue}
                if all(one.rule != rule for one in out):
                    out.append(Found(start, start + len(match.group()), rule))
                break
    return out


def rules_in(text: str, default_anchor: str | None = None) -> list[DeadlineRule]:
    """The rules of a phrase, for the command line; what is no rule is left out."""
    found = []
    for one in find_times(text, default_anchor or "receipt"):
        try:
            found.append(from_json(one.rule))
        except BadRule:
            continue
    return found
