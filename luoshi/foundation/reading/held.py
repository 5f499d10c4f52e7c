"""What every match of a pattern must hold. A sentence is looked at with hundreds of patterns of
which a handful match; most are ruled out by the characters that the sentence does not have, which
is a tenth of the work of searching it."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from re import _constants as op  # type: ignore[attr-defined] # the parser of `re` itself
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

from luoshi.foundation.reading.patterns import REPEATS

MOST = 12
"""More characters than these rule out hardly a sentence."""
Held = frozenset[str]
Name = TypeVar("Name")


class Sieve(Generic[Name]):
    """Named patterns, of which a text is searched with those alone that may find something."""

    def __init__(self, patterns: Iterable[tuple[Name, re.Pattern[str]]]) -> None:
        self.patterns = tuple(patterns)

    @cached_property
    def rows(self) -> list[tuple[Name, re.Pattern[str], Held | None]]:
        """Each with what it needs, told when the first text is looked at."""
        return [(name, pattern, held(pattern)) for name, pattern in self.patterns]

    def left(self, text: str) -> list[tuple[Name, re.Pattern[str]]]:
        """The patterns that the characters of the text do not rule out, in their order."""
        there = characters(text)
        return [
            (name, pattern)
            for name, pattern, need in self.rows
            if need is None or not need.isdisjoint(there)
        ]

    def finditer(self, text: str) -> Iterator[tuple[Name, re.Match[str]]]:
        """What each pattern finds in a text, pattern by pattern."""
        for name, pattern in self.left(text):
            for match in pattern.finditer(text):
                yield name, match


@lru_cache(maxsize=64)
def characters(text: str) -> Held:
    """The characters of a text; a sentence is asked for them by many sieves."""
    return frozenset(text)


def held(pattern: re.Pattern[str]) -> Held | None:
    """The characters of which every text that the pattern finds something in has at least one; None
    where there are no such characters, or too many."""
    if pattern.flags & re.IGNORECASE:
        return None
    return min(of_all(_parser.parse(pattern.pattern, pattern.flags)), key=len, default=None)


def of_all(parts: Iterable[tuple[Any, Any]]) -> list[Held]:
    """Of parts that all have to match: what each of them needs."""
    return [need for kind, value in parts for need in of_part(kind, value)]


def of_part(kind: Any, value: Any) -> list[Held]:
    """What one part of a pattern needs."""
    if kind is op.LITERAL:
        return [frozenset(chr(value))]
    if kind is op.IN:
        return of_set(value)
    if kind is op.BRANCH:
        return of_any([of_all(branch) for branch in value[1]])
    if kind is op.SUBPATTERN:
        return [] if value[1] else of_all(value[3])  # with flags of its own
    if kind in REPEATS:
        return of_all(value[2]) if value[0] > 0 else []
    if kind is op.ATOMIC_GROUP:
        return of_all(value)
    return of_all(value[1]) if kind is op.ASSERT else []


def of_set(parts: Iterable[tuple[Any, Any]]) -> list[Held]:
    """Of a set of characters: those in it, where they are few."""
    found: set[str] = set()
    for kind, value in parts:
        if kind is op.LITERAL:
            found.add(chr(value))
        elif kind is op.RANGE and value[1] - value[0] < MOST:
            found.update(chr(code) for code in range(value[0], value[1] + 1))
        else:
            return []
    return [frozenset(found)] if len(found) <= MOST else []


def of_any(branches: list[list[Held]]) -> list[Held]:
    """Of parts of which one has to match: what any of them needs most."""
    if not all(branches):
        return []
    found = frozenset[str]().union(*(min(needs, key=len) for needs in branches))
    return [found] if len(found) <= MOST else []
