"""Task tables without upright rules: a heading row of recognisable columns (任务 | 责任单位 | 时限)
and lines below it whose words keep to those columns."""

import itertools
from bisect import bisect_right
from collections.abc import Sequence

from luoshi.foundation.reading.sources.pages.page import Grid, Line, Rule, Run
from luoshi.foundation.reading.sources.source import one_cell
from luoshi.foundation.reading.structure.tables import columns

MOST_LINES = 400
CLEAR = 0.4  # characters of white space between two columns
APART = 1.25  # a step this many times the smallest is a step between rows


def take_aligned(lines: list[Line], rules: Sequence[Rule]) -> tuple[list[Grid], list[Line]]:
    """The aligned tables among the lines of a page, and the other lines."""
    found: list[Grid] = []
    rest: list[Line] = []
    index = 0
    while index < len(lines):
        taken = table_at(lines[index : index + MOST_LINES], rules)
        if taken is None:
            rest.append(lines[index])
            index += 1
        else:
            grid, count = taken
            found.append(grid)
            index += count
    return found, rest


def table_at(lines: list[Line], rules: Sequence[Rule]) -> tuple[Grid, int] | None:
    """The table whose heading row is the first line, and how many lines it takes."""
    head = lines[0]
    named = columns([run.text for run in head.runs]) if len(head.runs) > 2 else {}
    if not {"task", "lead"} <= set(named):
        return None
    gaps = [
        (one.x0 + 0.3 * (one.x1 - one.x0), two.x1 - 0.3 * (two.x1 - two.x0))
        for one, two in zip(head.runs, head.runs[1:], strict=False)
    ]
    taken = 1
    places = [middle(gap, head.runs) for gap in gaps]
    while taken < len(lines):
        tried = [run for line in lines[: taken + 1] for run in line.runs]
        more = [middle(gap, tried) for gap in gaps]
        step = lines[taken].y - lines[taken - 1].y
        if any(place is None for place in more) or step > 4 * head.size:
            break
        places, taken = more, taken + 1
    edges = [place for place in places if place is not None]
    if taken < 2 or len(edges) < len(gaps):
        return None
    held = lines[:taken]
    while len(held) > 1 and len({bisect_right(edges, run.middle[0]) for run in held[-1].runs}) < 2:
        if len(held) > 2 and held[-1].y - held[-2].y <= 1.6 * held[-1].size:
            break  # the last line of a cell of several lines
        held.pop()
    return (grid_of(held, edges, rules), len(held)) if len(held) > 1 else None


def middle(gap: tuple[float, float], runs: list[Run]) -> float | None:
    """The middle of the widest white stretch inside a gap between two headings."""
    start, end = gap
    size = runs[0].size
    sides = sorted((run.x0, run.x1) for run in runs if run.x1 > start and run.x0 < end)
    best, place, reach = CLEAR * size, None, start
    for left, right in [*sides, (end, end)]:
        if left - reach > best:
            best, place = left - reach, (left + reach) / 2
        reach = max(reach, right)
    return place


def grid_of(lines: list[Line], edges: list[float], rules: Sequence[Rule]) -> Grid:
    """The lines as rows: cut by the level rules between them, else by the wider steps, else where
    the first column has words."""
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    cuts = [
        rule.y0
        for rule in rules
        if rule.level and rule.x1 - rule.x0 > 0.6 * (x1 - x0) and lines[0].y < rule.y0 < lines[-1].y
    ]
    rows: list[list[Line]] = []
    steps = [two.y - one.y for one, two in itertools.pairwise(lines)]
    wide = APART * min(steps)
    uneven = max(steps) > wide
    for index, line in enumerate(lines):
        if index == 0:
            new = True
        elif len(cuts) > 1:
            new = bisect_right(cuts, line.y) != bisect_right(cuts, lines[index - 1].y)
        elif uneven:
            new = index == 1 or steps[index - 1] > wide
        else:
            new = any(bisect_right(edges, run.middle[0]) == 0 for run in line.runs)
        if new:
            rows.append([])
        rows[-1].append(line)
    cells = [row_of(row, edges) for row in rows]
    top, low = lines[0].y - lines[0].size, lines[-1].y
    return Grid(cells, x0, x1, top, low, (x0, *edges, x1), lines[0].page)


def row_of(lines: list[Line], edges: list[float]) -> list[str]:
    """The cells of one row."""
    cells = [""] * (len(edges) + 1)
    for line in lines:
        for run in line.runs:
            cells[bisect_right(edges, run.middle[0])] += run.text
    return [one_cell(cell) for cell in cells]
