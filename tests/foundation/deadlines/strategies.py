"""Hypothesis strategies over the whole rule schema. `CASES` is a sample in `make test`; `make
faults` sets LUOSHI_CASES to 10,000 (security.md 11)."""

import os
from datetime import date
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from luoshi.foundation.deadlines.engine.rule import (
    ANCHORS,
    CUES,
    DAY_WORDS,
    EVERY,
    NAMED_POINTS,
    OFFSET_UNITS,
    SHIFTS,
)

CASES = settings(max_examples=int(os.environ.get("LUOSHI_CASES", "300")), deadline=None)
DAYS = st.dates(date(2014, 1, 1), date(2028, 12, 31))
YEAR = st.one_of(st.none(), st.sampled_from(SHIFTS), st.integers(1990, 2099))
HOUR = {"hour": st.integers(0, 24)}


def objects(needed: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """JSON objects with these keys."""
    return st.fixed_dictionaries(needed, optional=optional)


MONTHLY = objects(
    {
        "anchor": st.just("calendar"),
        "year": YEAR,
        "month": st.one_of(st.sampled_from(SHIFTS), st.integers(1, 12)),
    },
    {"day": st.one_of(st.sampled_from(DAY_WORDS), st.integers(1, 31)), **HOUR},
)
WEEKLY = objects(
    {"anchor": st.just("calendar"), "week": st.sampled_from(SHIFTS)},
    {"weekday": st.integers(1, 7), **HOUR},
)
CALENDAR = st.one_of(MONTHLY, WEEKLY)
LENGTHS = st.dictionaries(
    st.sampled_from(OFFSET_UNITS), st.integers(0, 400), min_size=1, max_size=1
)
SIDED = objects(
    {"anchor": st.sampled_from(ANCHORS), "dir": st.sampled_from(("after", "before"))},
    {"offset": LENGTHS, "year": YEAR},
)
UNSIDED = objects({"anchor": st.sampled_from(ANCHORS)}, {"year": YEAR})
ONCE = objects({"type": st.just("once"), "due": st.one_of(CALENDAR, SIDED, UNSIDED)}, {})
DAY_KEYS = (
    {},
    {"weekday": st.integers(1, 7)},
    {"workday": st.integers(-23, 23).filter(bool)},
    {"day": st.one_of(st.integers(1, 31), st.sampled_from(DAY_WORDS))},
)
CLOCKS = ({}, HOUR, {**HOUR, "minute": st.integers(0, 59)})
MOMENT = st.sampled_from([(day, clock) for day in DAY_KEYS for clock in CLOCKS]).flatmap(
    lambda keys: objects(
        {**keys[0], **keys[1]}, {"next": st.just(True), "month": st.integers(1, 12)}
    )
)
MOMENTS = st.lists(MOMENT.filter(bool), min_size=1, max_size=3).map(
    lambda found: found[0] if len(found) == 1 else found
)
RECURRING = objects(
    {"type": st.just("recurring"), "every": st.sampled_from(EVERY)},
    {
        "n": st.integers(2, 24),
        "times": st.integers(2, 12),
        "modality": st.just("at_least"),
        "at": MOMENTS,
    },
)


def without_anchor(raw: dict[str, Any]) -> dict[str, Any]:
    """A point is a calendar object without its anchor, and without a year that is not said."""
    return {k: v for k, v in raw.items() if k != "anchor" and (k, v) != ("year", None)}


POINTS = st.one_of(st.sampled_from(NAMED_POINTS), CALENDAR.map(without_anchor))
DATES = objects({"type": st.just("dates"), "points": st.lists(POINTS, min_size=1, max_size=4)}, {})
PERIOD = objects(
    {
        "type": st.just("period"),
        "from": st.one_of(st.just("now"), CALENDAR),
        "to": st.one_of(st.none(), CALENDAR),
    },
    {},
)
VAGUE = objects({"type": st.just("vague"), "cue": st.sampled_from(CUES)}, {})
RULES = st.one_of(ONCE, RECURRING, DATES, PERIOD, VAGUE)
