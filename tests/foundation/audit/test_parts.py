"""A long trail walked in parts says what the same trail walked in one piece says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.foundation.audit.domain.parts import Part, cut, lay, walked
from luoshi.foundation.audit.domain.verifying import (
    Finding,
    Heads,
    Row,
    Walk,
    ending,
    noted,
    verify,
)
from tests.foundation.audit.test_verifier import (
    CHAIN,
    EDITS,
    FAULTS,
    HEADS,
    KEPT,
    LENGTH,
    SOUND_ROWS,
    tampered,
)


def in_parts(rows: list[Row], heads: Heads, size: int) -> Finding:
    """The verdict of the parts, read and walked one by one as the processes do."""
    kept = noted(KEPT)
    assert not isinstance(kept, Finding)
    walk = Walk({})
    for part in cut(heads, size):
        own = [row for row in rows if part.holds((row.chain, row.seq))]
        found = lay(walk, kept, part, walked(part, iter(own), {}, dict(kept)))
        if found is not None:
            return found
    return ending(walk, heads, lambda: heads, kept, None)


@given(st.sampled_from(EDITS), st.integers(0, LENGTH - 1), st.integers(1, LENGTH + 2))
@settings(max_examples=FAULTS, deadline=None)
def test_parts_say_what_the_whole_says(edit: str, at: int, size: int) -> None:
    """security.md 6: code, place and count are the same whatever the size of a part."""
    rows, heads, _codes = tampered(edit, at)
    rows = sorted(rows, key=lambda row: row.seq)
    whole = verify(rows, algorithms={}, heads=heads, later=lambda: heads, anchors=KEPT)
    parts = in_parts(rows, heads, size)
    assert (parts.code, parts.count, parts.seq) == (whole.code, whole.count, whole.seq)


@given(st.integers(1, LENGTH + 2))
def test_untouched_parts_are_whole(size: int) -> None:
    """The counterpart: without an edit every cut is sound and ends at the head."""
    assert in_parts(SOUND_ROWS, HEADS, size) == verify(
        SOUND_ROWS, algorithms={}, heads=HEADS, anchors=KEPT
    )


def test_parts_cover_each_chain_once() -> None:
    """The last part of a chain is open: entries written meanwhile belong to it."""
    assert cut({1: (0, ""), CHAIN: (5, "h")}, 2) == [
        Part(1, 1, None),
        Part(CHAIN, 1, 2),
        Part(CHAIN, 3, 4),
        Part(CHAIN, 5, None),
    ]
