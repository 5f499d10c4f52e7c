"""Two columns: found by the white band between them, read one after the other.

Words that cross the band (a title, a wide table) cut a page into stretches; in each stretch the
left column is read before the right one. A page whose sides are not prose (a signature at the
right, a list of names and numbers) stays one column.
"""

from collections.abc import Sequence
from statistics import median

from luoshi.foundation.reading.sources.pages.page import Grid, Line, Run, lines_of

FEWEST = 5
CROSSING = 0.4
FULL = 0.6
Item = Line | Grid


def gutter(runs: Sequence[Run]) -> float | None:
    """The x of the band between two columns of prose, or None."""
    if len(runs) < 2 * FEWEST:
        return None
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    wide = right - left
    tried = [left + wide * share / 100 for share in range(35, 66)]
    best = min(
        tried, key=lambda x: (sum(run.x0 < x < run.x1 for run in runs), abs(x - left - wide / 2))
    )
    over = [run for run in runs if run.x0 < best < run.x1]
    before = [run for run in runs if run.x1 <= best]
    after = [run for run in runs if run.x0 >= best]
    if min(len(before), len(after)) < FEWEST or len(over) > CROSSING * len(runs):
        return None
    start, end = max(run.x1 for run in before), min(run.x0 for run in after)
    size = median(run.size for run in runs)
    if end - start < 0.8 * size:
        return None
    for side, room in ((before, start - left), (after, right - end)):
        if median(run.x1 - run.x0 for run in side) < FULL * room:
            return None
    return (start + end) / 2


def usual_band(bands: Sequence[float | None]) -> float | None:
    """The band of a document that is printed in two columns on half of its pages or more."""
    found = [band for band in bands if band is not None]
    return median(found) if found and 2 * len(found) >= len(bands) else None


def gutter_at(band: float | None, runs: Sequence[Run]) -> float | None:
    """The document's band on a page whose second column is short or empty."""
    before = [run for run in runs if band is not None and run.x1 <= band]
    if band is None or len(before) < 2:
        return None
    over = [run for run in runs if run.x0 < band < run.x1]
    room = band - min(run.x0 for run in before)
    narrow = median(run.x1 - run.x0 for run in before) >= FULL * room
    return band if narrow and len(over) <= CROSSING * len(runs) else None


def in_order(
    runs: Sequence[Run], grids: Sequence[Grid], band: float | None, page: int
) -> list[list[Item]]:
    """Lines and tables of a page as columns in reading order; a page of one column is one list."""
    if band is None:
        return [sorted([*lines_of(runs, page), *grids], key=top_of)]
    across: list[Run | Grid] = [run for run in runs if run.x0 < band < run.x1]
    across += [grid for grid in grids if grid.x0 < band < grid.x1]
    sides: list[Run | Grid] = [run for run in runs if not run.x0 < band < run.x1]
    sides += [grid for grid in grids if not grid.x0 < band < grid.x1]
    out: list[list[Item]] = []
    waiting = sorted(sides, key=low_of)
    held: list[Run | Grid] = []

    def read_across() -> None:
        if held:
            out.append(mixed(held, page))
            held.clear()

    for one in sorted(across, key=low_of):
        over = [side for side in waiting if low_of(side) < low_of(one) - reach(one)]
        if over:
            read_across()
            out.extend(two_columns(over, band, page))
            waiting = waiting[len(over) :]
        held.append(one)
    read_across()
    out.extend(two_columns(waiting, band, page))
    return [column for column in out if column]


def two_columns(items: Sequence[Run | Grid], band: float, page: int) -> list[list[Item]]:
    """The left column, then the right one."""
    left = [item for item in items if item.x0 < band]
    right = [item for item in items if item.x0 >= band]
    return [mixed(side, page) for side in (left, right) if side]


def mixed(items: Sequence[Run | Grid], page: int) -> list[Item]:
    """Runs as lines among the tables."""
    lines = lines_of([item for item in items if isinstance(item, Run)], page)
    return sorted([*lines, *(item for item in items if isinstance(item, Grid))], key=top_of)


def top_of(item: Item) -> float:
    """Where an item stands in its column."""
    return item.y if isinstance(item, Line) else item.y0


def low_of(item: Run | Grid) -> float:
    """The same for what is not a line yet."""
    return item.y if isinstance(item, Run) else item.y0


def reach(item: Run | Grid) -> float:
    """How far above its baseline a word reaches."""
    return 0.5 * item.size if isinstance(item, Run) else 0.0
