"""The lines of a document: their numbers, points and headings."""

import re
from dataclasses import dataclass

from luoshi.foundation.reading.structure.plain import QUANTITY

NUMBERING = (
    re.compile(r"^第[一二三四五六七八九十百]+[章节条部分]"),
    re.compile(r"^[一二三四五六七八九十]+[、．.]"),
    re.compile(r"^[（(][一二三四五六七八九十]+[）)]"),
    re.compile(
        r"^\d+(?:[.\-—]\d+)*[．.、\u3000 ]|^\d{1,2}(?:\.\d{1,2})+(?=[\u4e00-\u9fff])(?!["
        + QUANTITY
        + "])"
    ),
    re.compile(r"^[（(]\d+[）)]"),
    re.compile(r"^(?:[①-⑳]|\d{1,2}[）)]|[（(]?[A-Za-z][）)．.、])"),
    re.compile(r"^[一二三四五六七八九十]+(?:是|要)"),
)
UNNUMBERED = -1
"""The rank of a line without a number, above them all."""
HEADING_END = re.compile(r"[。；;！!？?：:，,]$")


@dataclass(frozen=True)
class Point:
    """A numbered point: its number as written, its rank (0 = highest) and its line."""

    number: str
    rank: int
    start: int
    end: int


def lines(text: str) -> list[tuple[int, str]]:
    """(offset, line) of each line with content, indentation skipped."""
    found, offset = [], 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            found.append((offset + raw.index(stripped[0]), stripped))
        offset += len(raw) + 1
    return found


def line_starts(text: str) -> set[int]:
    """Where the lines begin, indentation skipped."""
    return {start for start, _line in lines(text)}


def numbered(line: str) -> tuple[int, str] | None:
    """(rank, number) of a numbered line."""
    for rank, pattern in enumerate(NUMBERING):
        if match := pattern.match(line):
            return rank, match.group().rstrip("、．.")
    return None


def points(text: str) -> list[Point]:
    """The numbered points of a document, by position (A17)."""
    found = []
    for start, line in lines(text):
        head = numbered(line)
        if head is not None:
            found.append(Point(head[1], head[0], start, start + len(line)))
    return found


def is_heading(line: str) -> bool:
    """A short numbered line, or one without closing punctuation."""
    return len(line) <= 40 and not HEADING_END.search(line)


def rank_of(line: str) -> int:
    """The rank of a line's number."""
    found = numbered(line)
    return found[0] if found else UNNUMBERED


def whole_item(text: str, start: int, end: int) -> bool:
    """Whether a numbered sentence is an item of a list: a whole line under which nothing stands,
    beside a line with a number of its own rank."""
    rank = rank_of(text[start:end])
    if rank == UNNUMBERED or not alone(text, start, end):
        return False
    above, below = rank_of(line_above(text, start)), line_below(text, end)
    under = rank_of(below)
    return rank in {above, under} and (not below or UNNUMBERED < under <= rank)


def place_of(text: str, start: int, end: int, mode: str) -> str:
    """The mode of a sentence as the gate sees it: an item of a list in a part that plans is an
    `item`; there a name alone (五一放假前安全教育) may be the task."""
    return "item" if mode == "plan" and whole_item(text, start, end) else mode


def alone(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands on the line or lines of a stretch."""
    begins, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    rest = text[end : stop if stop >= 0 else len(text)]
    return not text[begins:start].strip() and not rest.strip()


def line_above(text: str, at: int) -> str:
    """The last line with content above the one at `at`, empty where there is none."""
    stop = text.rfind("\n", 0, at)
    while stop > 0:
        begins = text.rfind("\n", 0, stop) + 1
        if line := text[begins:stop].strip():
            return line
        stop = begins - 1
    return ""


def line_below(text: str, at: int) -> str:
    """The first line with content under the one at `at`, empty where there is none."""
    begins = text.find("\n", at) + 1
    while begins > 0:
        stop = text.find("\n", begins)
        if line := text[begins : stop if stop >= 0 else len(text)].strip():
            return line
        begins = stop + 1
    return ""
