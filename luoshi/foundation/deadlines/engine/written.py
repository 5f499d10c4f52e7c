"""Read a phrase as `phrases.phrase` writes it in Chinese back to the same rule.

This is the strict inverse of the printed form, not the grammar of documents (that is `reading`):
a phrase that is not written exactly so is no rule.
"""

import re
from typing import Any

from luoshi.foundation.deadlines.engine.phrases import (
    CUE_WORDS,
    EVERY_WORDS,
    PART_ZH,
    POINT_WORDS,
    WEEK_ZH,
)
from luoshi.foundation.deadlines.engine.rule import BadRule, DeadlineRule, Json, from_json
from luoshi.foundation.deadlines.engine.wording import ANCHOR_WORDS, UNIT_WORDS


def choice(words: dict[str, str]) -> str:
    """An alternative of words, longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


ANCHORS = {zh: key for key, (zh, _en) in ANCHOR_WORDS.items() if key != "calendar"}
UNITS = {zh: key for key, (zh, _en) in UNIT_WORDS.items()}
EVERY = {zh: key for key, (zh, _en) in EVERY_WORDS.items()}
CUES = {zh: key for key, (zh, _en) in CUE_WORDS.items()}
POINTS = {zh: key for key, (zh, _en) in POINT_WORDS.items()}
PARTS = {zh: key for key, zh in PART_ZH.items()}
YEARS: dict[str, str | None] = {"今年": "+0", "次年": "+1", "当年": None}
SHIFTS = {"本": "+0", "下": "+1"}
CALENDAR = re.compile(
    rf"(?:(?P<week>[本下])周(?P<weekday>[{WEEK_ZH}])?"
    r"|(?P<year>\d{4}年|今年|次年)?(?P<month>\d{1,2}|本|下)月"
    rf"(?:(?P<day>\d{{1,2}})日|(?P<part>{choice(PARTS)}))?)"
    r"(?:(?P<hour>\d{1,2})时)?"
)
RELATIVE = re.compile(
    rf"(?P<year>\d{{4}}年|今年|次年|当年)?(?P<anchor>{choice(ANCHORS)})"
    rf"(?:(?P<dir>[前后])(?:(?P<number>\d+)(?P<unit>{choice(UNITS)})(?P<within>内)?)?)?"
)
RECURRING = re.compile(
    rf"每(?:(?P<n>\d+)个?)?(?P<every>{choice(EVERY)})(?:(?P<at>.+?)前)?"
    r"(?:(?P<least>至少)?(?P<times>\d+)次)?"
)
MOMENT = re.compile(
    r"(?P<next>次月)?(?:第(?P<month>\d+)个月|(?P<of_year>\d+)月)?"
    rf"(?:周(?P<weekday>[{WEEK_ZH}])|(?P<last>最后一个工作日)"
    r"|(?P<back>倒数)?第(?P<workday>\d+)个工作日"
    rf"|(?P<day>\d+)日|(?P<part>{choice(PARTS)}))?"
    r"(?:(?P<hour>\d+)时)?(?:(?P<minute>\d+)分)?"
)


def rule_of(words: str) -> DeadlineRule:
    """The rule a printed Chinese phrase says; raises `BadRule` for anything else."""
    if words in CUES:
        return from_json({"type": "vague", "cue": CUES[words]})
    span = re.fullmatch(r"(?:即日|自(?P<from>.+))起(?:至(?P<to>.+))?", words)
    if span:
        start = calendar(span["from"]) if span["from"] else "now"
        end = calendar(span["to"]) if span["to"] else None
        return from_json({"type": "period", "from": start, "to": end})
    if words.startswith("每"):
        return from_json(recurring(words))
    if relative := RELATIVE.fullmatch(words):
        return from_json({"type": "once", "due": event(relative)})
    if words.endswith("前"):
        return from_json({"type": "once", "due": calendar(words[:-1])})
    points = [POINTS[word] if word in POINTS else calendar(word) for word in words.split("、")]
    return from_json({"type": "dates", "points": points})


def calendar(words: str) -> Json:
    """A calendar object."""
    found = CALENDAR.fullmatch(words)
    if found is None:
        raise BadRule(f"not a date: {words}")
    out: Json = {"anchor": "calendar"}
    if found["week"]:
        out["week"] = SHIFTS[found["week"]]
        if found["weekday"]:
            out["weekday"] = WEEK_ZH.index(found["weekday"]) + 1
    else:
        month = found["month"]
        out |= {"year": year(found["year"]), "month": SHIFTS.get(month) or int(month)}
        if found["day"] or found["part"]:
            out["day"] = int(found["day"]) if found["day"] else PARTS[found["part"]]
    if found["hour"]:
        out["hour"] = int(found["hour"])
    return out


def year(words: str | None) -> int | str | None:
    """A written year; None where none is written."""
    if not words:
        return None
    return YEARS[words] if words in YEARS else int(words[:-1])


def event(found: re.Match[str]) -> Json:
    """A limit from an event."""
    out: Json = {"anchor": ANCHORS[found["anchor"]]}
    if found["year"]:
        out["year"] = year(found["year"])
    if found["dir"]:
        out["dir"] = "after" if found["dir"] == "后" else "before"
    if found["unit"]:
        if bool(found["within"]) != (found["dir"] == "后"):
            raise BadRule("内 follows 后 only")
        out["offset"] = {UNITS[found["unit"]]: int(found["number"])}
    return out


def recurring(words: str) -> Json:
    """A duty of every period."""
    found = RECURRING.fullmatch(words)
    if found is None:
        raise BadRule(f"not a period: {words}")
    out: Json = {"type": "recurring", "every": EVERY[found["every"]]}
    if found["n"]:
        out["n"] = int(found["n"])
    if found["times"]:
        out["times"] = int(found["times"])
    if found["least"]:
        out["modality"] = "at_least"
    if found["at"]:
        at = found["at"]
        if out["every"] == "week" and not found["n"] and at[0] in WEEK_ZH:
            at = f"周{at}"
        out["at"] = [moment(one) for one in at.split("、")]
    return out


def moment(words: str) -> dict[str, Any]:
    """One moment inside a period."""
    found = MOMENT.fullmatch(words)
    if found is None:
        raise BadRule(f"not a moment: {words}")
    numbers = found.groupdict()
    out: dict[str, Any] = {"next": True} if found["next"] else {}
    if found["month"] or found["of_year"]:
        out["month"] = int(found["month"] or found["of_year"])
    if found["weekday"]:
        out["weekday"] = WEEK_ZH.index(found["weekday"]) + 1
    if found["last"]:
        out["workday"] = -1
    if found["workday"]:
        out["workday"] = int(found["workday"]) * (-1 if found["back"] else 1)
    if found["part"]:
        out["day"] = PARTS[found["part"]]
    return out | {k: int(numbers[k]) for k in ("day", "hour", "minute") if numbers[k]}
