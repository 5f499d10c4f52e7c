"""Patterns behind a look at their first character, compiled when they are first used."""

import re

import pytest

from luoshi.foundation.reading import patterns
from luoshi.foundation.reading.gate.training import shipped_examples
from luoshi.foundation.reading.patterns import alternatives, compiled, guarded
from luoshi.foundation.reading.units.words import DOING, ENDINGS, HARD, SOFT


@pytest.mark.parametrize(
    ("pattern", "looks"),
    [
        ("会(?:同|商)|应当", "(?=[会应])"),
        ("(?<!重)要|(?:并|还)?须|\\d日", "(?=[并要还须\\d])"),
        ("(?:日)?", ""),
        ("[^日]月", ""),
        (".月", ""),
        ("(?i:a)", ""),
    ],
)
def test_what_a_match_may_begin_with(pattern: str, looks: str) -> None:
    """A look at the first character, where it can be told; else the pattern as it was."""
    assert guarded(pattern) == (f"{looks}(?:{pattern})" if looks else pattern)


@pytest.mark.parametrize("words", [HARD, SOFT, DOING])
def test_a_guarded_pattern_matches_where_it_did(words: str) -> None:
    """The words that end a name, at every place of sentences of every kind."""
    plain, behind = re.compile(words), re.compile(guarded(words))
    assert guarded(words) != words
    for example in shipped_examples()[::60]:
        for at in range(len(example.sentence)):
            assert bool(plain.match(example.sentence, at)) == bool(
                behind.match(example.sentence, at)
            )


def test_what_can_be_told_of_some_alternatives_is() -> None:
    """In their order, for the first that matches is the one found."""
    assert (
        guarded("年|月|.日|(?:时|分)|秒") == "(?=[年月])(?:年|月)|.日|(?=[分时秒])(?:(?:时|分)|秒)"
    )


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("年|月", ["年", "月"]),
        ("(?:年|月)日|", ["(?:年|月)日", ""]),
        (r"[|(]a|\||[^]|]b", ["[|(]a", r"\|", "[^]|]b"]),
    ],
)
def test_the_alternatives_of_a_pattern(pattern: str, wanted: list[str]) -> None:
    """No bar inside a group, a set or an escape parts them."""
    assert alternatives(pattern) == wanted


@pytest.mark.parametrize("words", [ENDINGS, "[^，。]{2}前|年底|(?<=之)后"])
def test_patterns_guarded_in_part_find_what_they_found(words: str) -> None:
    """The same words at the same places, in sentences of every kind."""
    plain, behind = re.compile(words), compiled(words)
    for example in shipped_examples()[::40]:
        found = [match.span() for match in plain.finditer(example.sentence)]
        assert found == [match.span() for match in behind.finditer(example.sentence)]


def test_a_pattern_is_compiled_at_its_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not when its module is loaded; once, whatever is asked of it; all of them for a server."""
    made = []
    real = re.compile
    monkeypatch.setattr(patterns.re, "compile", lambda one: made.append(one) or real(one))
    first, second = compiled("年底"), compiled("月底")
    assert not made
    assert first.search("到年底")
    assert first.match("年底前")
    assert made == ["(?=[年])(?:年底)"]
    patterns.compile_all()
    assert made[-1] == "(?=[月])(?:月底)"
    assert second.flags & re.UNICODE
    patterns.compile_all()
    assert made.count("(?=[月])(?:月底)") == 1
