"""Read one cell: numbers as texts, dates in six spellings and Excel serials, limits, percentages.

Dates: 2026.7.20 · 2026/8/9 · 2026-8-9 · 2026年10月9日 · 20260809 · a serial (46314) · an ISO date
of a date cell; full-width digits are the same. A limit that names a date becomes a rule; other
words go through the reading room; words it cannot date stay words.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from luoshi.foundation.deadlines.engine.rule import BadRule, Vague, from_json
from luoshi.foundation.reading.times.grammar import find_times

DATE = re.compile(
    r"^(\d{4})\s*[.\-/年]\s*(\d{1,2})\s*[.\-/月]\s*(\d{1,2})\s*日?(?:\s*(?:之?前|以前|底前))?"
    r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$"
)
SOLID = re.compile(r"^(20\d\d)(\d\d)(\d\d)$")
SERIAL = re.compile(r"^\d{5}$")
EPOCH = date(1899, 12, 30)
EARLIEST, LATEST = 36526, 69763
STANDING = re.compile(r"^(?:长期(?:坚持|推进)?|常年(?:坚持)?|持续(?:推进|坚持)?)$")
BETWEEN = re.compile(r"[、,;/\n]+")
STANDING_RULE = {"type": "period", "from": "now", "to": None}


class NotADate(ValueError):
    """Written like a date, but no such day exists."""


@dataclass(frozen=True)
class Limit:
    """A limit as read: the day it names, the rules it says, or neither (words only)."""

    words: str
    day: date | None = None
    rules: tuple[dict[str, Any], ...] = ()
    standing: bool = False


def tidy(text: str) -> str:
    """Without blanks at the ends (the ideographic one too), one blank inside, half-width digits."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def title_of(text: str) -> str:
    """A title keeps its own punctuation; blanks at the ends and line breaks go."""
    return "".join(text.replace("\u3000", " ").split("\n")).strip()


@lru_cache(maxsize=4000)
def read_date(text: str) -> date | None:
    """The day a cell names; None where it names none. Raises `NotADate` for 2026.2.30."""
    words = tidy(text)
    found = DATE.match(words) or SOLID.match(words)
    if found:
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError as error:
            raise NotADate(words) from error
    if SERIAL.match(words) and EARLIEST <= int(words) <= LATEST:
        return EPOCH + timedelta(days=int(words))
    return None


@lru_cache(maxsize=4000)
def read_limit(text: str) -> Limit:
    """A limit cell. Raises `NotADate`."""
    words = tidy(text)
    day = read_date(words)
    if day is not None:
        due = {"anchor": "calendar", "year": day.year, "month": day.month, "day": day.day}
        return Limit(words, day, ({"type": "once", "due": due},))
    if STANDING.match(words):
        return Limit(words, rules=(STANDING_RULE,), standing=True)
    return Limit(words, rules=tuple(dated_rules(words)))


def dated_rules(words: str) -> list[dict[str, Any]]:
    """The rules the reading room drafts from the words; vague ones are none."""
    rules = []
    for found in find_times(words):
        try:
            if found.rule and not isinstance(from_json(found.rule), Vague):
                rules.append(dict(found.rule))
        except BadRule:
            continue
    return rules


@lru_cache(maxsize=1000)
def read_percent(text: str) -> int | None:
    """0–100 from 50%, １００％, 0.5 or 1 (a share); None where it is no percentage."""
    words = tidy(text).replace(" ", "")
    try:
        if words.endswith("%"):
            value = float(words[:-1])
        else:
            value = float(words)
            value = value * 100 if value <= 1 else value
    except ValueError:
        return None
    return round(value) if 0 <= value <= 100 else None


@lru_cache(maxsize=4000)
def names_in(text: str) -> tuple[str, ...]:
    """Unit names apart, in their order."""
    parts = BETWEEN.split(tidy(text).replace("，", "、").replace("；", "、"))
    return tuple(part.strip() for part in parts if part.strip())
