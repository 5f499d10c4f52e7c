"""Words by what they say about a duty: 排定时间表 ends in something an inspector can see,
提升水平 in nothing. A list of our own, sorted by hand; what each kind weighs is learned."""

import json
from functools import cache
from pathlib import Path

from luoshi.foundation.reading.patterns import compiled

LIST = Path(__file__).with_name("words.json")
CLAUSE = compiled(r"[^，；。：！？、]+")
Word = tuple[str, str]
"""(the word, its kind)."""


@cache
def listed() -> dict[str, str]:
    """The kind of every word of the list. Acts: `settles` (afterwards something is there),
    `delivers`, `handles` (a step of work), `strives` (effort without end), `believes`, `happens`
    (is told), `says`, `binds`. Things: `paper`, `thing` (built, bought), `event`, `body` (unit,
    post), `step` (procedure, case), `quality`, `measure`. And `slogan`, `life` (everyday, story),
    `other`."""
    kinds = json.loads(LIST.read_text(encoding="utf-8"))
    return {word: kind for kind, words in kinds.items() for word in words.split()}


@cache
def named(kind: str) -> tuple[str, str, str]:
    """The features of a kind: that it is there, that it begins a clause, that it ends one."""
    return f"word:{kind}", f"begins:{kind}", f"ends:{kind}"


@cache
def heads() -> dict[str, int]:
    """By the first two characters of a word, the length of the longest word that begins so."""
    found: dict[str, int] = {}
    for word in listed():
        found[word[:2]] = max(len(word), found.get(word[:2], 0))
    return found


def words_in(clause: str) -> list[Word]:
    """The words of the list in a clause, from left to right, the longest first."""
    longest, known = heads().get, listed().get
    found, at, last = [], 0, len(clause) - 1
    while at < last:
        size = longest(clause[at : at + 2])
        if size is None:
            at += 1
            continue
        piece = clause[at : at + size]
        while (kind := known(piece)) is None and len(piece) > 2:
            piece = piece[:-1]
        if kind is not None:
            found.append((piece, kind))
            at += len(piece)
        else:
            at += 1
    return found


def kinds_in(text: str) -> dict[str, str]:
    """What a sentence shows: `word:` and a kind, and the kinds its clauses begin (`begins:`) and
    end with (`ends:`), each with the first word that shows it."""
    shown: dict[str, str] = {}
    for clause in CLAUSE.findall(text):
        if words := words_in(clause):
            for word, kind in words:
                shown.setdefault(named(kind)[0], word)
            (first, begins), (last, ends) = words[0], words[-1]
            shown.setdefault(named(begins)[1], first)
            shown.setdefault(named(ends)[2], last)
    return shown
