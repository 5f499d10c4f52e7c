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
