"""Find the table in a grid: title rows, a heading of one or two rows, the rows, what is none.

A heading over two rows joins as “责任分工/责任单位”. Merged cells are filled downwards; a row
merged over the whole width, a note, an empty row and cells outside the columns are no rows. Row
numbers are those of the spreadsheet, from 1: an anchor is a place, never a number (A17).
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from luoshi.foundation.reading.ledgers.grid import Grid

# what offices head these columns with
FIELDS: dict[str, tuple[str, ...]] = {
    "number": tuple("序号 编号 督办编号 督查编号 事项编号 立项编号 立项号 项目编号 号".split()),
    "title": tuple(
        (
            "督办事项 督查事项 督查督办事项 交办事项 承办事项 议定事项 重点事项 事项名称 "
            "事项 工作任务 重点任务 目标任务 督办任务 督查任务 整改任务 具体任务 任务名称 "
            "任务 主要内容 任务内容 督办内容 督查内容 交办内容 工作事项 工作内容 重点工作 "
            "项目名称"
        ).split()
    ),
    "source": tuple("任务来源 事项来源 来源 交办来源 事项出处 任务出处 立项依据".split()),
    "lead": tuple(
        (
            "责任单位 牵头单位 承办单位 主办单位 办理单位 落实单位 主责单位 主要责任单位 "
            "牵头责任单位 责任主体 牵头部门 责任部门 承办部门 主办部门"
        ).split()
    ),
    "joint": tuple(
        (
            "配合单位 协办单位 会办单位 参与单位 参加单位 协同单位 配合责任单位 配合部门 协办部门"
        ).split()
    ),
    "assigned": tuple(
        ("交办日期 交办时间 立项时间 立项日期 下达时间 下达日期 布置时间 批示时间 发文时间").split()
    ),
    "limit": tuple(
        (
            "完成时限 办结时限 办理时限 整改时限 反馈时限 报送时限 规定时限 时限 时限要求 "
            "完成期限 办结期限 办理期限 期限 完成时间 完成日期 计划完成时间 要求完成时间 "
            "办结时间 办结日期 截止时间 截止日期"
        ).split()
    ),
    "percent": tuple("完成比例 完成率 进度 完成进度".split()),
    "progress": tuple(
        (
            "办理进展 进展情况 落实情况 办理情况 推进情况 完成情况 整改情况 办结情况 "
            "工作进展 落实进展 目前进展 最新进展 进展"
        ).split()
    ),
    "contact": tuple("联系科室 联系人 联络员 责任人 经办人 联系电话 联系方式".split()),
    "remark": tuple("备注 说明".split()),
}
KNOWN = {name: key for key, names in FIELDS.items() for name in names}
NOTE = re.compile(r"^(?:注|备注|说明|填表说明)\s*[：:]")
SEARCHED = 30
YEAR = re.compile(r"(20\d\d)\s*年?")


@dataclass
class Row:
    """One row of the table: its place in the sheet and its cells by column."""

    place: int
    cells: list[str]


@dataclass
class Table:
    """The found table. `matched` maps a field to its column; `skipped` names rows that are none."""

    sheet: str
    title: str
    header_rows: list[int]
    headings: list[str]
    matched: dict[str, int]
    rows: list[Row]
    skipped: list[dict[str, Any]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)

    @property
    def year(self) -> int | None:
        """The year the title names."""
        found = YEAR.search(self.title)
        return int(found.group(1)) if found else None


class NoTable(ValueError):
    """No row looks like the heading of a ledger."""


def plain(text: str) -> str:
    """A heading without blanks, line breaks and bracketed additions, digits half-width."""
    joined = "".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"\(.*?\)", "", joined)


def find_table(grids: list[Grid]) -> Table:
    """The table of the first sheet that holds one; raises `NoTable`."""
    for grid in grids:
        start = heading_row(grid)
        if start is not None:
            return table_of(grid, start)
    raise NoTable


def heading_row(grid: Grid) -> int | None:
    """The row, among the first thirty, that holds the most known headings (two at least)."""
    best, most = None, 1
    for number, row in enumerate(grid.rows[:SEARCHED]):
        below = grid.rows[number + 1] if number + 1 < len(grid.rows) else []
        words = {KNOWN[plain(cell)] for cell in row if plain(cell) in KNOWN}
        second = {KNOWN[plain(cell)] for cell in below if plain(cell) in KNOWN}
        if words and len(words) > most:
            best, most = number, max(len(words), len(second))
    return best


def table_of(grid: Grid, start: int) -> Table:
    """Everything below the heading at `start`."""
    deep = two_rows(grid, start)
    first = start + (2 if deep else 1)
    headings = joined_headings(grid, start, deep=deep)
    width = len(headings)
    rows: list[Row] = []
    skipped: list[dict[str, Any]] = []
    filled = filled_down(grid, first)
    for number in range(first, len(grid.rows)):
        cells = [*filled[number][:width], *([""] * (width - len(filled[number])))]
        why = no_row(grid, number, cells)
        if why == "":
            rows.append(Row(number + 1, cells))
        else:
            skipped.append({"row": number + 1, "why": why})
    titles = [cell for row in grid.rows[:start] for cell in row if cell.strip()]
    hidden = [row + 1 for row in grid.hidden if first <= row]
    return Table(
        sheet=grid.name,
        title=titles[0].strip() if titles else "",
        header_rows=[start + 1, start + 2] if deep else [start + 1],
        headings=headings,
        matched=match(headings),
        rows=rows,
        skipped=[one for one in skipped if one["why"] != "blank" or int(one["row"]) < last(rows)],
        hidden=hidden,
    )


def row_has_content(grid: Grid, number: int) -> bool:
    """Whether a row of the sheet holds anything."""
    return number < len(grid.rows) and any(cell.strip() for cell in grid.rows[number])


def last(rows: list[Row]) -> int:
    """The place of the table's last row."""
    return rows[-1].place if rows else 0


def two_rows(grid: Grid, start: int) -> bool:
    """A heading takes two rows where a cell of it is merged down, or across with words below."""
    for row, column, last_row, last_column in grid.merged:
        if row == start and last_row == start + 1:
            return True
        below = grid.rows[start + 1][column : last_column + 1] if start + 1 < len(grid.rows) else []
        if row == last_row == start and column < last_column and all(c.strip() for c in below):
            return True
    return False


def joined_headings(grid: Grid, start: int, *, deep: bool) -> list[str]:
    """The heading of each column up to the last one that has any."""
    top = list(grid.rows[start])
    for row, column, last_row, last_column in grid.merged:
        if row == start and last_row == start:
            for place in range(column + 1, min(last_column + 1, len(top))):
                top[place] = top[column]
    below = list(grid.rows[start + 1]) if deep else []
    below += [""] * (len(top) - len(below))
    words = ["/".join(filter(None, (plain(a), plain(b)))) for a, b in zip(top, below, strict=False)]
    while words and not words[-1]:
        words.pop()
    return words


def filled_down(grid: Grid, first: int) -> list[list[str]]:
    """The rows with cells that are merged over several rows of one column repeated."""
    rows = [list(row) for row in grid.rows]
    for row, column, last_row, last_column in grid.merged:
        if row < first or column != last_column:
            continue
        for number in range(row + 1, min(last_row + 1, len(rows))):
            rows[number][column] = rows[row][column]
    return rows


def no_row(grid: Grid, number: int, cells: list[str]) -> str:
    """Why a row of the sheet is no row of the table; "" = it is one."""
    own = [cell for cell in grid.rows[number][: len(cells)] if cell.strip()]
    if not own:
        return "stray" if row_has_content(grid, number) else "blank"
    across = any(
        row == number and last_column - column + 1 >= max(3, len(cells) - 1)
        for row, column, _last, last_column in grid.merged
    )
    if across or (len(own) == 1 and NOTE.match(own[0].strip())):
        return "note"
    return "heading" if sum(plain(cell) in KNOWN for cell in own) >= 3 else ""


def match(headings: list[str]) -> dict[str, int]:
    """Field → column by the known words: the last part of a heading, then the whole."""
    found: dict[str, int] = {}
    for column, heading in enumerate(headings):
        key = KNOWN.get(heading.rsplit("/", 1)[-1]) or KNOWN.get(heading)
        if key and key not in found:
            found[key] = column
    return found
