"""Tables drawn with rules: crossing lines make a grid, and what stands between them are its cells.

A border that is missing between two places of the grid merges them; a merged cell repeats its text
in every place it covers, as in DOCX.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luoshi.foundation.reading.sources.pages.page import Grid, Page, Rule, Run, lines_of
from luoshi.foundation.reading.sources.source import one_cell

NEAR = 3.0  # points within which two lines touch
PLACES = 20_000
Spans = dict[float, list[tuple[float, float]]]


@dataclass(frozen=True)
class Frame:
    """A grid of lines: the places of its level (`ys`) and upright (`xs`) lines and how far each
    reaches."""

    xs: list[float]
    ys: list[float]
    level: Spans
    upright: Spans


def take_tables(page: Page) -> tuple[list[Grid], list[Run]]:
    """The ruled tables of a page, and the runs that stand in none."""
    found: list[Grid] = []
    rest = page.runs
    for frame in frames_of(page.rules):
        inside = [run for run in rest if within(frame, run)]
        grid = filled(frame, inside, page.number)
        if grid is not None:
            found.append(grid)
            taken = {id(run) for run in inside}
            rest = [run for run in rest if id(run) not in taken]
    return found, rest


def within(frame: Frame, run: Run) -> bool:
    """Whether a run stands inside the frame."""
    x, y = run.middle
    return frame.xs[0] <= x <= frame.xs[-1] and frame.ys[0] <= y <= frame.ys[-1]


def merged(rules: Iterable[tuple[float, float, float]]) -> Spans:
    """(place, from, to) of parallel lines → the spans at each place, near ones joined."""
    spans: Spans = {}
    for at, start, end in sorted(rules):
        place = next((known for known in reversed(spans) if at - known <= NEAR), at)
        spans.setdefault(place, []).append((start, end))
    for place, pieces in spans.items():
        joined: list[tuple[float, float]] = []
        for start, end in sorted(pieces):
            if joined and start - joined[-1][1] <= NEAR:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        spans[place] = joined
    return spans


def frames_of(rules: Sequence[Rule]) -> list[Frame]:
    """The grids of a page: groups of level and upright lines that cross."""
    level = [(r.y0, r.x0, r.x1) for r in rules if r.level]
    upright = [(r.x0, r.y0, r.y1) for r in rules if not r.level]
    across, down = merged(level), merged(upright)
    lines = [(True, y, a, b) for y, spans in across.items() for a, b in spans]
    lines += [(False, x, a, b) for x, spans in down.items() for a, b in spans]
    if len(lines) > 2000:
        return []
    found = []
    for group in groups(lines):
        frame = frame_of(group)
        if frame is not None:
            found.append(frame)
    return found


Drawn = tuple[bool, float, float, float]


def groups(lines: list[Drawn]) -> list[list[Drawn]]:
    """Lines that hang together."""
    left = set(range(len(lines)))
    found = []
    while left:
        reached, todo = [], [left.pop()]
        while todo:
            one = todo.pop()
            reached.append(one)
            near = [other for other in left if cross(lines[one], lines[other])]
            left.difference_update(near)
            todo.extend(near)
        found.append([lines[index] for index in reached])
    return found


def cross(one: Drawn, two: Drawn) -> bool:
    """Whether a level and an upright line touch."""
    if one[0] == two[0]:
        return False
    within_one = one[2] - NEAR <= two[1] <= one[3] + NEAR
    return within_one and two[2] - NEAR <= one[1] <= two[3] + NEAR


def frame_of(group: list[Drawn]) -> Frame | None:
    """A group as a grid of at least two columns; sides that are not drawn are where the lines
    across them end."""
    level, upright = (
        merged(line[1:] for line in group if line[0]),
        merged(line[1:] for line in group if not line[0]),
    )
    if len(level) < 2 or not upright:
        return None
    xs, ys = sorted(upright), sorted(level)
    left = min(a for spans in level.values() for a, _b in spans)
    right = max(b for spans in level.values() for _a, b in spans)
    xs = [left] * (xs[0] - left > 4 * NEAR) + xs + [right] * (right - xs[-1] > 4 * NEAR)
    if len(xs) < 3 or (len(xs) - 1) * (len(ys) - 1) > PLACES:
        return None
    return Frame(xs, ys, level, upright)


def bordered(spans: Spans, at: float, where: float, outer: float) -> bool:
    """Whether a line stands at `at` across `where`; a side that is not drawn borders too."""
    return at == outer or any(a - NEAR <= where <= b + NEAR for a, b in spans.get(at, ()))


def cells_of(frame: Frame) -> list[list[int]]:
    """The number of the cell that covers each place; merged places share one."""
    wide, high = len(frame.xs) - 1, len(frame.ys) - 1
    owner = list(range(wide * high))

    def root(place: int) -> int:
        while owner[place] != place:
            place = owner[place]
        return place

    for row in range(high):
        middle = (frame.ys[row] + frame.ys[row + 1]) / 2
        for column in range(wide):
            place = row * wide + column
            if column and not bordered(frame.upright, frame.xs[column], middle, frame.xs[0]):
                owner[root(place)] = root(place - 1)
            centre = (frame.xs[column] + frame.xs[column + 1]) / 2
            if row and not bordered(frame.level, frame.ys[row], centre, frame.ys[0]):
                owner[root(place)] = root(place - wide)
    return [[root(row * wide + column) for column in range(wide)] for row in range(high)]


def filled(frame: Frame, runs: list[Run], page: int) -> Grid | None:
    """The grid with its words; None for a drawing or a frame round text."""
    cells = cells_of(frame)
    words: dict[int, list[Run]] = {}
    for run in runs:
        x, y = run.middle
        row = min(max(bisect_right(frame.ys, y) - 1, 0), len(cells) - 1)
        column = min(max(bisect_right(frame.xs, x) - 1, 0), len(cells[0]) - 1)
        words.setdefault(cells[row][column], []).append(run)
    if len(words) < 2:
        return None
    texts = {
        cell: one_cell("".join(line.text for line in lines_of(held)))
        for cell, held in words.items()
    }
    rows = [[texts.get(cell, "") for cell in row] for row in cells]
    rows = [row for row in rows if any(row)]
    keep = [i for i in range(len(rows[0])) if any(row[i] for row in rows)]
    rows = [[row[i] for i in keep] for row in rows]
    if len(keep) < 2:
        return None
    xs, ys = frame.xs, frame.ys
    return Grid(rows, xs[0], xs[-1], ys[0], ys[-1], tuple(xs), page)
