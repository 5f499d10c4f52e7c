"""A long source is shown leaf by leaf, text and drafts of the same stretch together.

Where it is cut follows from the text alone, so that no step of a review moves a border.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

LINES, CHARACTERS = 160, 12_000
"""Of one leaf, at most: a dense list has a draft a line, prose one in about eighty characters."""


@dataclass(frozen=True)
class Leaf:
    """Leaf `number` of `count`, from 1: the characters [start, end) of the text."""

    number: int
    count: int
    start: int
    end: int

    def holds(self, offset: int) -> bool:
        """Whether a place of the text lies on it; what stands behind the text is on the last."""
        return self.start <= offset and (offset < self.end or self.number == self.count)


def cuts(text: str) -> Iterator[int]:
    """Where each leaf begins: at a line, and inside a line only where that alone is too long."""
    yield 0
    begin, lines, at = 0, 0, 0
    for line in text.split("\n"):
        end = at + len(line)
        if lines and (lines == LINES or end - begin > CHARACTERS):
            begin, lines = at, 0
            yield begin
        while end - begin > CHARACTERS:
            stop = text.rfind("。", begin, begin + CHARACTERS) + 1
            begin = stop if stop > begin else begin + CHARACTERS
            yield begin
        lines, at = lines + 1, end + 1


def leaves(text: str) -> list[Leaf]:
    """All leaves of a text, at least one; together they are the text."""
    starts = list(cuts(text))
    ends = [*starts[1:], len(text)]
    count = len(starts)
    return [
        Leaf(number, count, start, end)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    ]


def leaf_at(found: list[Leaf], offset: int) -> Leaf:
    """The leaf a place of the text lies on."""
    return found[max(0, bisect_right(found, offset, key=lambda leaf: leaf.start) - 1)]
