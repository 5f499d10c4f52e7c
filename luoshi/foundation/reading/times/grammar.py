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

CLAUSE = re.compile(r"[^，,；;。：:]+")
BOTH = re.compile(r"年中(?:、|和|及|与)年(?:末|底|终)")
PERIOD = re.compile(
    r"(?:(?P<y1>\d{4})年)?(?P<m1>\d{1,2})月(?:(?P<d1>\d{1,2})日)?(?:至|到|—|–|-|～|~)"
    r"(?:(?P<y2>\d{4})年)?(?:(?P<m2>\d{1,2})月)?(?:(?P<d2>\d{1,2})日|(?P<e2>底))?"
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
    for match in recurrences.FOLLOWING.finditer(text):
        if "每" in text[: match.start()] or "按月" in text[: match.start()]:
            at = {"next": True, "day": lengths.number(match.group("day"))}
            monthly = {"type": "recurring", "every": "month", "at": at}
            yield Found(match.start(), match.end(), monthly)
    yield from length_candidates(text, default)
    simple: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Any]], ...] = (
        (dates.FLOOD, dates.flood),
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
    return sorted(crisp + vague_words(text, crisp), key=lambda f: f.start)


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
            if match and vague.DELIVER.search(clause.group()):
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
