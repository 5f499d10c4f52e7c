"""The patterns of the reading, quick to search for: each behind a look at its first character."""

import re
from collections.abc import Iterable
from itertools import groupby
from re import _constants as op  # type: ignore[attr-defined] # the parser of `re` itself
from re import _parser  # type: ignore[attr-defined]
from typing import Any, ClassVar, cast

REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, behind a look at its first character where that can be told. It is compiled when
    it is first used: all of them take longer than the start of a command that reads nothing."""
    return cast("re.Pattern[str]", Waiting(pattern))


class Waiting:
    """Stands for a pattern, and has what one has from the first time it is asked for any of it."""

    known: ClassVar[list["Waiting"]] = []

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.known.append(self)

    def __getattr__(self, name: str) -> Any:
        real = re.compile(guarded(self.pattern))
        vars(self).update({one: getattr(real, one) for one in ("pattern", "flags", *SEARCHES)})
        return getattr(real, name)


SEARCHES = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


def compile_all() -> None:
    """Compile what waits: a server does it before it divides itself into workers."""
    for one in Waiting.known:
        if "search" not in vars(one):
            one.search  # noqa: B018 - asking compiles it


def guarded(pattern: str) -> str:
    """The same pattern behind a look at its first character, where that can be told: an alternation
    of hundreds is then tried at few places. Where it cannot, those alternatives where it can."""
    if look := looked_at(pattern):
        return f"{look}(?:{pattern})"
    runs = groupby(alternatives(pattern), key=lambda one: bool(looked_at(one)))
    kept = ["|".join(run) if not known else guarded("|".join(run)) for known, run in runs]
    return "|".join(kept)


def looked_at(pattern: str) -> str:
    """A look at the first character of a match; "" where it may be any, or there may be none."""
    firsts, empty = beginnings(_parser.parse(pattern))
    if firsts is None or empty:
        return ""
    some = "".join(re.escape(one) for one in sorted(firsts - {DIGIT}))
    digits = r"\d" if DIGIT in firsts else ""
    return f"(?=[{some}{digits}])"


def alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern, as they are written."""
    found, depth = [""], 0
    for part in PART.findall(pattern):
        depth += (part == "(") - (part == ")")
        if part == "|" and not depth:
            found.append("")
        else:
            found[-1] += part
    return found


PART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]|.", re.DOTALL)
"""An escape, a set of characters, or a character of a pattern."""
DIGIT = "\\d"
Firsts = tuple[set[str] | None, bool]
"""The characters a match may begin with (None: any), and whether it may be empty."""


def beginnings(parts: Iterable[tuple[Any, Any]]) -> Firsts:
    """Of parts one after the other."""
    found: set[str] = set()
    for kind, value in parts:
        more, empty = beginning(kind, value)
        if more is None:
            return None, False
        found |= more
        if not empty:
            return found, False
    return found, True


def beginning(kind: Any, value: Any) -> Firsts:
    """Of one part."""
    if kind is op.LITERAL:
        return {chr(value)}, False
    if kind is op.IN:
        return first_of_set(value), False
    if kind in {op.AT, op.ASSERT, op.ASSERT_NOT}:
        return set(), True
    if kind is op.SUBPATTERN:
        return (None, False) if value[1] else beginnings(value[3])  # with flags of its own
    if kind is op.BRANCH:
        each = [beginnings(branch) for branch in value[1]]
        known = [firsts for firsts, _empty in each if firsts is not None]
        if len(known) < len(each):
            return None, False
        return set().union(*known), any(empty for _firsts, empty in each)
    if kind in REPEATS:
        firsts, empty = beginnings(value[2])
        return firsts, empty or value[0] == 0
    return None, False


def first_of_set(parts: Iterable[tuple[Any, Any]]) -> set[str] | None:
    """Of a set of characters: those in it; None where they are many."""
    found: set[str] = set()
    for kind, value in parts:
        if kind is op.LITERAL:
            found.add(chr(value))
        elif kind is op.RANGE and value[1] - value[0] < 100:
            found.update(chr(code) for code in range(value[0], value[1] + 1))
        elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            found.add(DIGIT)
        else:
            return None
    return found
