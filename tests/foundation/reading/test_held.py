"""Patterns that the characters of a sentence rule out."""

import re

import pytest

from luoshi.foundation.reading.gate import features
from luoshi.foundation.reading.gate.training import shipped_examples
from luoshi.foundation.reading.held import Sieve, held


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
