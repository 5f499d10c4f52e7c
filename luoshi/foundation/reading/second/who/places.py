"""Where a name may begin: the head of a clause, after 由 or 请, after a word that hands over."""

from collections.abc import Iterator
from typing import NamedTuple

from luoshi.foundation.reading.held import Sieve
from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.units.acting import ASK, BY, CLAUSE, TO_HELP, WITH, unprefixed

Part = str
"""`lead`: those who act, helpers too; `told`: those who are told."""
PARTS: tuple[Part, ...] = ("told", "lead")
CALLS = Sieve((("由", BY), ("请", ASK), ("同", WITH), ("配", TO_HELP), ("（", compiled(r"[（(]"))))
STOPS = frozenset("，,。；;：:＿\n“”《》？！ \u3000")
"""What no name reaches over."""
MARKS = STOPS | frozenset("、）)")
"""What no name begins with."""
HANDS_OVER = compiled(
    r"(?:报(?:送|告|请|给|到|至|经)?|上报|送(?:达|交|至|给|到|往)?|交(?:由|给|到|至|回)?|发(?:至|给|到|往|送)?|[给至到向往跟与和同]|告知|通知"
    r"|抄[送报告]|移[交送]|退(?:回|还|给)?|转(?:交|送|给|告|报)?|反馈|告诉|提[交请]|呈[送报]?|寄|通报|汇报|函告|知会|提醒|推送|分送|补报|回告)(?:至|给|到|与)?"
)


class Place(NamedTuple):
    """Where a name may begin, and the word that leads to it."""

    start: int
    after: str


def places(text: str, part: Part) -> list[Place]:
    """The places of a sentence whose limits are covered, in order, each once."""
    found: dict[int, str] = {}
    for start, after in heads(text) if part == "lead" else receivers(text):
        if start < len(text):
            found.setdefault(start, after)
    return [Place(start, found[start]) for start in sorted(found)]


def heads(text: str) -> Iterator[tuple[int, str]]:
    """Where somebody who acts may be named."""
    for clause in CLAUSE.finditer(text):
        start = unprefixed(text, clause.start(), clause.end())
        if start < clause.end():
            yield start, "首"
    yield from ((match.end(), after) for after, match in CALLS.finditer(text))


def receivers(text: str) -> Iterator[tuple[int, str]]:
    """Where somebody who is told may be named."""
    for match in HANDS_OVER.finditer(text):
        if text[match.end() : match.end() + 1] not in MARKS:
            yield match.end(), match.group()
