"""Patterns that the characters of a sentence rule out."""

import re

import pytest

from luoshi.foundation.reading.gate import features
from luoshi.foundation.reading.gate.held import Sieve, guarded, held
from luoshi.foundation.reading.gate.training import shipped_examples
from luoshi.foundation.reading.units.words import DOING, HARD, SOFT


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("每[日天]", "每"),
        ("(?:日|天)前?", "日天"),
        ("(?:前)?[\\u4e00-\\u9fff]后", "后"),
        ("前(?=须)", "前"),
        ("(?:日)?", None),
        ("(?:日|.)", None),
        ("(?i:a)", None),
        ("[^日]", None),
    ],
)
def test_what_a_match_must_hold(pattern: str, wanted: str | None) -> None:
    """One of these characters at least, or nothing that is known."""
    assert held(re.compile(pattern)) == (None if wanted is None else frozenset(wanted))


def test_no_match_is_ruled_out() -> None:
    """Performance, reading: what the sieve leaves out finds nothing in any labelled sentence."""
    sieve = Sieve([*features.WORDS, *features.MODALS])
    for text in {row.sentence for row in shipped_examples()}:
        left = {name for name, _pattern in sieve.left(text)}
        found = {name for name, pattern, _need in sieve.rows if pattern.search(text)}
        assert found <= left


@pytest.mark.parametrize(
    ("pattern", "looks"),
    [
        ("会(?:同|商)|应当", "(?=[会应])"),
        ("(?<!重)要|(?:并|还)?须|\\d日", "(?=[并要还须\\d])"),
        ("(?:日)?", ""),
        ("[^日]月|年", ""),
        (".月", ""),
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
