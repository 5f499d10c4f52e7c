"""What the model looks at: the ends a name may have, and what can be seen of each.

A feature is a letter for its kind and the characters it sees; only the sentence is looked at.
"""

from collections.abc import Iterator

from luoshi.foundation.reading.second.who.places import STOPS, Place

NOBODY = 0
"""The end of a place that names nobody."""
LONGEST = 36
SHORT, LONG = 6, 12
"""A name of at most so many characters is seen whole; longer than the other, all are alike."""


def ends(text: str, start: int) -> Iterator[int]:
    """Where a name that begins at `start` may end: before the next mark, brackets kept whole."""
    depth = 0
    for at in range(start, min(len(text), start + LONGEST)):
        mark = text[at]
        if mark in STOPS or (mark in "）)" and not depth):
            return
        depth += (mark in "（(") - (mark in "）)")
        if not depth:
            yield at + 1


def of_nobody(text: str, place: Place) -> tuple[str, ...]:
    """What speaks for nobody: the words that stand where a name would begin."""
    start, after = place
    return (
        "N",
        "K" + after,
        "A" + text[start : start + 1],
        "B" + text[start : start + 2],
        "C" + text[start : start + 3],
        "D" + after + text[start : start + 2],
        "E" + text[max(0, start - 2) : start] + after,
    )


def of_name(text: str, place: Place, end: int) -> list[str]:
    """What stands on both sides of an end, how long the name is and how it begins, the whole of a
    short one and the pairs of characters inside it."""
    start, after = place
    size = end - start
    last, follows = text[max(start, end - 2) : end], text[end : end + 2]
    seen = [
        "a" + last[-1],
        "b" + last,
        "n" + follows[:1],
        "o" + follows,
        "q" + last[-1] + follows[:1],
        "r" + last + follows,
        "g" + text[start : start + 2],
        "k" + after + last,
        "m" + after + follows,
        f"l{min(size, LONG)}",
    ]
    if size <= SHORT:
        seen.append("w" + text[start:end])
    return seen + ["v" + text[at - 2 : at] for at in range(start + 2, end + 1)]


def features(text: str, place: Place, end: int) -> list[str]:
    """Everything that is seen of one end; of nobody where it is 0."""
    return list(of_nobody(text, place)) if end == NOBODY else of_name(text, place, end)
