"""Lines → paragraphs: a line that fills its column goes on in the next one, over the end of a
column and of a page too, unless that one begins a paragraph, heading or list item."""

import itertools
import re
from collections.abc import Sequence
from statistics import median

from luoshi.foundation.reading.sources.pages.page import Line

PARAGRAPH = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[．.、]|"
    r"第[一二三四五六七八九十百]+[条章节]|附件|抄送|主送|参加|出席|列席|[\u4e00-\u9fff]{2,12}[：:])"
)
CLOSED = re.compile(r"[。！？!?：:；;][”’」』）)]*$")
OPEN = re.compile(r"[，、（《“‘(,—]$")
WORD = re.compile(r"[A-Za-z]$"), re.compile(r"^[A-Za-z]")
FILLED = 2.3  # characters a full line may end before the edge (no closing mark begins a line)
INDENTED = 1.2
Edges = tuple[float, float]


def place(column: Sequence[Line], body: float, usual: Sequence[Edges]) -> None:
    """Set `indent` and `short` of a column's lines, measured from the edges of its sentences; a
    column of few lines takes those of the `usual` ones that begin nearest."""
    edges = edges_of(column, body)
    if edges is None and usual and column:
        start = min(line.x0 for line in column)
        edges = min(usual, key=lambda one: abs(one[0] - start))
    for line in column:
        left, right = edges or (line.x0, line.x1)
        line.indent = (line.x0 - left) / line.size
        line.short = (right - line.x1) / line.size


def edges_of(column: Sequence[Line], body: float) -> Edges | None:
    """Left and right edge of the sentences of a column; None where it has fewer than four lines."""
    lines = [line for line in column if abs(line.size - body) <= 0.1 * body]
    if len(lines) < 4:
        return None
    return min(line.x0 for line in lines), max(line.x1 for line in lines)


def usual_edges(columns: Sequence[Sequence[Line]], body: float) -> list[Edges]:
    """The edges of all columns that have some; else those of all lines together."""
    found = {edges for column in columns if (edges := edges_of(column, body))}
    lines = [line for column in columns for line in column]
    if found or not lines:
        return sorted(found)
    return [(min(line.x0 for line in lines), max(line.x1 for line in lines))]


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The paragraphs of consecutive lines."""
    if not lines:
        return []
    share = sum(INDENTED <= line.indent <= 2.8 for line in lines) / len(lines)
    indents = share >= 0.08
    step = usual_step(lines)
    out = [lines[0].text]
    head = lines[0]
    for before, line in itertools.pairwise(lines):
        same = before.page == line.page and before.column == line.column
        apart = same and line.y - before.y > 1.5 * step
        if not apart and goes_on(before, line, head, indents=indents):
            spaced = WORD[0].search(out[-1]) and WORD[1].search(line.text)
            out[-1] += (" " if spaced else "") + line.text
        else:
            out.append(line.text)
            head = line
    return out


def usual_step(lines: Sequence[Line]) -> float:
    """The distance between most lines."""
    steps = [
        two.y - one.y
        for one, two in itertools.pairwise(lines)
        if one.page == two.page and two.y > one.y
    ]
    return median(steps) if steps else 1e9


def goes_on(before: Line, line: Line, head: Line, *, indents: bool) -> bool:
    """Whether `line` continues the paragraph that began with `head` and stands at `before`.
    `indents` = the document begins its paragraphs with an indentation."""
    if abs(before.size - line.size) > 0.12 * max(before.size, line.size):
        return False
    starts, closed = PARAGRAPH.match(line.text), CLOSED.search(before.text)
    if before.short > FILLED:
        return bool(OPEN.search(before.text) and not starts and line.indent < INDENTED)
    if line.indent < INDENTED:
        if indents:
            return not (starts and closed)
        return not starts
    if starts or closed:
        return False
    hanging = PARAGRAPH.match(head.text) and line.indent > head.indent + 0.8
    return bool(hanging or abs(line.indent - before.indent) < 0.5)
