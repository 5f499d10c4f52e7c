"""All pages of a document → its text and tables (pure; any number of ranges read before)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from luoshi.foundation.reading.sources.pages.aligned import take_aligned
from luoshi.foundation.reading.sources.pages.columns import (
    Item,
    gutter,
    gutter_at,
    in_order,
    usual_band,
)
from luoshi.foundation.reading.sources.pages.footnotes import (
    marks_of,
    take_footnotes,
    without_marks,
)
from luoshi.foundation.reading.sources.pages.gathering import Gathered
from luoshi.foundation.reading.sources.pages.joining import paragraphs, place, usual_edges
from luoshi.foundation.reading.sources.pages.margins import take_margins
from luoshi.foundation.reading.sources.pages.page import Grid, Line, Page, Run, lines_of
from luoshi.foundation.reading.sources.pages.ruled import take_tables
from luoshi.foundation.reading.sources.source import Source, Table, row_line


@dataclass
class Laid:
    """A page on its way: its tables, its lines, then its columns."""

    page: Page
    grids: list[Grid]
    lines: list[Line]
    columns: list[list[Item]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def runs(self) -> list[Run]:
        """What its lines hold."""
        return [run for line in self.lines for run in line.runs]


def assemble(pages: Sequence[Page], kind: str) -> Source:
    """The document of its pages, in order. The text is empty where no page has any."""
    laid = [lay(page) for page in pages]
    gathered = Gathered()
    take_margins([(one.page, one.lines) for one in laid], gathered)
    silent = tuple(
        one.page.number for one in laid if one.page.pictured and not (one.lines or one.grids)
    )
    body = body_size(laid)
    bands = [gutter(one.runs) for one in laid]
    usual = usual_band(bands)
    for one, band in zip(laid, bands, strict=True):
        settle(one, band or gutter_at(usual, one.runs), body)
    columns = [column for one in laid for column in one.columns]
    text, tables = written(columns, body, gathered)
    notes = [note for one in laid for note in one.notes]
    return Source("\n".join([*text, *notes]), tables, kind, len(pages), silent, gathered.all())


def lay(page: Page) -> Laid:
    """Tables first, so that their words make no lines."""
    grids, runs = take_tables(page)
    aligned, lines = take_aligned(lines_of(runs, page.number), page.rules)
    return Laid(page, [*grids, *aligned], lines)


def body_size(laid: Sequence[Laid]) -> float:
    """The type size most letters outside tables have."""
    sizes: Counter[float] = Counter()
    for one in laid:
        for line in one.lines:
            for run in line.runs:
                sizes[round(run.size, 1)] += len(run.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def settle(one: Laid, band: float | None, body: float) -> None:
    """The columns of a page (`band` = the x between two), footnotes and their marks taken out."""
    one.columns = in_order(one.runs, one.grids, band, one.page.number)
    for column in one.columns:
        tail: list[Line] = []
        for item in reversed(column):
            if isinstance(item, Grid):
                break
            tail.insert(0, item)
        before = column[: len(column) - len(tail)]
        one.notes.extend(take_footnotes(one.page, tail, body))
        column[:] = [*before, *tail]
    marks = marks_of(one.notes)
    if marks:
        for column in one.columns:
            for item in column:
                if isinstance(item, Line):
                    without_marks(item, marks)


def written(
    columns: Sequence[list[Item]], body: float, gathered: Gathered
) -> tuple[list[str], list[Table]]:
    """Paragraphs and table rows in reading order, and the tables; headings that a table repeats
    are gathered."""
    only = [[item for item in column if isinstance(item, Line)] for column in columns]
    usual = usual_edges(only, body)
    flow: list[Item] = []
    for number, (column, lines) in enumerate(zip(columns, only, strict=True)):
        place(lines, body, usual)
        for item in column:
            item.column = number
        flow.extend(column)
    out: list[str] = []
    tables: list[Table] = []
    waiting: list[Line] = []
    last: Grid | None = None
    for item in flow:
        if isinstance(item, Line):
            waiting.append(item)
            continue
        if waiting or last is None or not goes_on(last, item):
            out.extend(paragraphs(waiting))
            waiting = []
            tables.append([*item.rows])
            out.extend(map(row_line, item.rows))
        else:
            heads = repeated_heads(tables[-1], item.rows)
            for row in item.rows[:heads]:
                gathered.add(row_line(row), "heading", item.page)
            more, cut = continued(tables[-1], item.rows[heads:])
            if cut:
                out[-1] = row_line(tables[-1][-1])
            tables[-1].extend(more)
            out.extend(map(row_line, more))
        last = item
    return [*out, *paragraphs(waiting)], tables


def goes_on(before: Grid, grid: Grid) -> bool:
    """Whether a table continues the one at the end of the page before."""
    same = len(before.rows[0]) == len(grid.rows[0])
    return same and grid.page - before.page == 1


def repeated_heads(table: Table, rows: Table) -> int:
    """How many rows at the top of the continuation are the heading again."""
    heads = 0
    while heads < min(3, len(rows), len(table)) and rows[heads] == table[heads]:
        heads += 1
    return heads


def continued(table: Table, rows: Table) -> tuple[Table, bool]:
    """What the continuation adds, its repeated heading apart: a cell merged over the page's end
    filled from above, and a row cut by the page's end put together (then True)."""
    more = [[*row] for row in rows]
    if not more:
        return [], False
    cut = is_rest(more[0], table[-1])
    if cut:
        rest = more.pop(0)
        table[-1][:] = [one + two for one, two in zip(table[-1], rest, strict=True)]
    for column in (0, 1):  # categories are merged down, seldom anything else
        merged = column == 0 or table[-1][column] == table[-2:][0][column]
        for row in more if merged and column < len(table[-1]) else ():
            if row[column]:
                break
            row[column] = table[-1][column]
    return more, cut


def is_rest(row: list[str], before: list[str]) -> bool:
    """Whether a row is the rest of the one before the page's end: its first cell and at least half
    of its cells are empty, and none stands where the row before has none."""
    empty = sum(not cell for cell in row)
    fits = all(above or not cell for cell, above in zip(row, before, strict=True))
    return not row[0] and 2 * empty >= len(row) and fits
