"""The rule schema: JSON both ways, refusals, and the printed phrase read back (reading README)."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.rule import BadRule, from_json
from luoshi.foundation.deadlines.engine.written import rule_of
from tests.foundation.deadlines.strategies import CASES, RULES


@given(RULES)
@CASES
def test_rule_survives_json(raw: dict[str, Any]) -> None:
    """B2: the rule stored is the rule read; the JSON comes back key for key."""
    rule = from_json(raw)
    assert rule.to_json() == raw
    assert from_json(rule.to_json()) == rule


@given(RULES)
@CASES
def test_chinese_phrase_reads_back(raw: dict[str, Any]) -> None:
    """B2: rule → Chinese phrase → rule, over the whole schema; the English phrase says something
    in every case."""
    rule = from_json(raw)
    words = phrase(rule, "zh")
    assert rule_of(words) == rule, words
    assert phrase(rule, "en").strip()


def places(raw: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every object inside a rule."""
    found = [path] if isinstance(raw, dict) else []
    items = raw.items() if isinstance(raw, dict) else enumerate(raw)
    for key, value in items:
        if isinstance(value, dict | list):
            found.extend(places(value, (*path, key)))
    return found


@given(RULES, st.data())
@CASES
def test_unknown_key_is_refused_wherever_it_stands(raw: dict[str, Any], data: Any) -> None:
    """security.md 3: input that the schema does not know is refused, never ignored."""
    changed = copy.deepcopy(raw)
    target: Any = changed
    for key in data.draw(st.sampled_from(places(raw))):
        target = target[key]
    target["colour"] = 1
    with pytest.raises(BadRule):
        from_json(changed)


@pytest.mark.parametrize(
    "raw",
    [
        {"type": "once", "due": {"anchor": "calendar"}},
        {"type": "once", "due": {"anchor": "calendar", "month": True}},
        {"type": "once", "due": {"anchor": "calendar", "week": []}},
        {"type": "once", "due": {"anchor": "calendar", "week": "+0", "month": 3}},
        {"type": "once", "due": {"anchor": "calendar", "month": 3, "weekday": 2}},
        {"type": "once", "due": {"anchor": "meeting", "offset": {"days": 3}}},
        {"type": "once", "due": {"anchor": "meeting", "dir": ["after"], "offset": {"days": 3}}},
        {"type": "once", "due": {"anchor": "meeting", "dir": "after", "offset": {"days": 3.0}}},
        {"type": "once", "due": {"anchor": "flood_season", "dir": "before", "year": "soon"}},
        {"type": "recurring", "every": "month", "at": {}},
        {"type": "recurring", "every": "month", "at": []},
        {"type": "recurring", "every": "month", "at": {"day": 40}},
        {"type": "recurring", "every": "month", "at": {"day": 5, "weekday": 1}},
        {"type": "recurring", "every": "month", "at": {"workday": 0}},
        {"type": "recurring", "every": "day", "at": {"minute": 30}},
        {"type": "period", "from": None, "to": None},
        {"type": "period", "to": {"anchor": "calendar", "month": 3}},
        {"type": ["once"]},
    ],
)
def test_half_said_rules_are_refused(raw: object) -> None:
    """B2: a rule that leaves its date to guessing is refused."""
    with pytest.raises(BadRule):
        from_json(raw)


@pytest.mark.parametrize(
    ("words", "raw"),
    [
        ("签收后15个工作日内", {"anchor": "receipt", "dir": "after", "offset": {"workdays": 15}}),
        ("会议前3个工作日", {"anchor": "meeting", "dir": "before", "offset": {"workdays": 3}}),
        ("12月底前", {"anchor": "calendar", "year": None, "month": 12, "day": "end"}),
        ("下周五17时前", {"anchor": "calendar", "week": "+1", "weekday": 5, "hour": 17}),
    ],
)
def test_phrase_is_office_wording(words: str, raw: dict[str, Any]) -> None:
    """ui.md 5.4: the printed rule is what an officer would write."""
    assert phrase(from_json({"type": "once", "due": raw}), "zh") == words


@pytest.mark.parametrize(
    "words", ["", "很快", "签收后15天", "会议前3个工作日内", "每月5日", "13月前"]
)
def test_other_words_are_no_rule(words: str) -> None:
    """B2: only the printed form reads back; nothing is guessed."""
    with pytest.raises(BadRule):
        rule_of(words)
