"""What differs between two versions of an item, sentence by sentence. Pure but for the rows."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from luoshi.desks.information.models import ItemVersion

PART = re.compile(r"[^。！？；!?;\n]*[。！？；!?;\n]?")
PARTS = ("title", "text", "analysis", "suggestion")
Piece = tuple[str, str]


def pieces(before: str, after: str) -> Iterator[Piece]:
    """("same" | "del" | "ins", words) in order; sentences are compared whole, so that a reader sees
    what was said and not which characters."""
    one = [part for part in PART.findall(before) if part]
    other = [part for part in PART.findall(after) if part]
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(one[a:b])
            continue
        if b > a:
            yield "del", "".join(one[a:b])
        if d > c:
            yield "ins", "".join(other[c:d])


def differences(before: ItemVersion, after: ItemVersion) -> list[tuple[str, list[Piece]]]:
    """The parts that changed, each with its pieces."""
    return [
        (name, list(pieces(getattr(before, name), getattr(after, name))))
        for name in PARTS
        if getattr(before, name) != getattr(after, name)
    ]


def side_by_side(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Two texts, each in pieces: "same" where the other says the sentence too, else "own"."""
    said_one = [part for part in PART.findall(one) if part.strip()]
    said_other = [part for part in PART.findall(other) if part.strip()]
    left, right = map(plain, said_one), map(plain, said_other)
    known_right, known_left = set(map(plain, said_other)), set(map(plain, said_one))
    return (
        [
            ("same" if key in known_right else "own", part)
            for key, part in zip(left, said_one, strict=True)
        ],
        [
            ("same" if key in known_left else "own", part)
            for key, part in zip(right, said_other, strict=True)
        ],
    )


def plain(part: str) -> str:
    """A sentence without blanks and marks."""
    return re.sub(r"[\s。！？；!?;，,、]", "", part)
