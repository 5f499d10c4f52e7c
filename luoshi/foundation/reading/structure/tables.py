"""Task tables (任务 | 责任单位 | 配合单位 | 完成时限): one draft per row, headers inherited."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

COLUMNS = {
    "lead": re.compile(r"牵头|主办"),
    "responsible": re.compile(r"责任|承办|负责"),
    "helping": re.compile(r"配合|会办|协办|参与"),
    "time": re.compile(r"时限|时间|期限|进度要求|报送|频次|月份"),
    "task": re.compile(r"任务|事项|内容|措施|工作|项目|目标|行业|领域"),
}


MONTH_ONLY = re.compile(r"(?:\d{4}年)?\d{1,2}月份?")
MONTH_BY_DOT = re.compile(r"(\d{4})[.\-/](\d{1,2})")
DAY_ONLY = re.compile(r"\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2}|(?:\d{4}年)?\d{1,2}月\d{1,2}日")
YEAR_ONLY = re.compile(r"\d{4}年")


@dataclass(frozen=True)
class Row:
    """A task row: its line in the text and the cells by meaning."""

    line: str
    task: str
    lead: str
    helping: str
    time: str


def columns(header: Sequence[str]) -> dict[str, int]:
    """Meaning → column; the first matching column wins (of tasks the last, the most exact), a
    column has one meaning; 责任单位 beside 牵头单位 are those that help."""
    found: dict[str, int] = {}
    for meaning, pattern in COLUMNS.items():
        for index, cell in enumerate(header):
            if index not in found.values() and pattern.search(cell):
                found[meaning] = index
                if meaning != "task":
                    break
    if "lead" not in found and "responsible" in found:
        found["lead"] = found.pop("responsible")
    if "responsible" in found:
        found.setdefault("helping", found.pop("responsible"))
    return found


def written_out(time: str) -> str:
    """A time cell as a limit in words: 6月 → 6月底前, 2026.6.30 → 2026.6.30前, 2026年 → its end."""
    if MONTH_ONLY.fullmatch(time):
        return time.removesuffix("份") + "底前"
    if found := MONTH_BY_DOT.fullmatch(time):
        return f"{found.group(1)}年{int(found.group(2))}月底前"
    if DAY_ONLY.fullmatch(time):
        return time + "前"
    return time + "底前" if YEAR_ONLY.fullmatch(time) else time


def line_of(row: Sequence[str]) -> str:
    """The row as it stands in the text."""
    return "\t".join(c for i, c in enumerate(row) if i == 0 or c != row[i - 1])


def task_rows(table: Sequence[Sequence[str]]) -> Iterator[Row]:
    """The task rows of a table with a recognisable header; category rows are skipped."""
    where: dict[str, int] = {}
    for cells in table:
        header = columns(cells)
        if not where and {"task", "lead"} <= set(header):
            where = header
            continue
        if not where or len(set(cells)) < 3:
            continue

        def cell(
            meaning: str,
            cells: Sequence[str] = cells,
            where: dict[str, int] = where,
        ) -> str:
            index = where.get(meaning)
            return cells[index].strip() if index is not None and index < len(cells) else ""

        if cell("task") and cell("lead"):
            yield Row(line_of(cells), cell("task"), cell("lead"), cell("helping"), cell("time"))


CELLS = re.compile(r"\t+|[ \u3000]{2,}|\s*\|\s*")
BLANKS = re.compile(r"[ \u3000]+")
"""One blank parts cells too where the header is written so and the line has as many."""


def rows_in_text(text: str) -> Iterator[tuple[int, Row]]:
    """(offset, row) of task tables written as lines of a text, cells parted by tabs, bars or at
    least two blanks; a line with fewer cells than the header ends the table."""
    where: dict[str, int] = {}
    width, offset = 0, 0
    for line in text.split("\n"):
        cells = [cell for cell in CELLS.split(line.strip()) if cell]
        header = columns(cells) if len(cells) >= 3 and not where else {}
        if {"task", "lead"} <= set(header) and max(map(len, cells)) <= HEADER_CELL:
            where, width = header, len(cells)
        elif where and len(cells) < min(width, 3):
            where = {}
        elif where and (row := row_of(line.strip(), cells, where)):
            yield offset + line.index(line.strip()), row
        offset += len(line) + 1


HEADER_CELL = 12


def row_of(line: str, cells: Sequence[str], where: dict[str, int]) -> Row | None:
    """The row of a line, or None where it has no task or no unit."""
    said = {name: cells[at].strip() for name, at in where.items() if at < len(cells)}
    if not said.get("task") or not said.get("lead"):
        return None
    return Row(line, said["task"], said["lead"], said.get("helping", ""), said.get("time", ""))


WIDE = re.compile(r"[ \u3000]{2,}")


def tabbed(text: str) -> str:
    """The text with tabs between the cells of its own table lines, every place as before, so that
    no later step takes the gaps for blanks inside words."""
    head = TABLE_HEAD.search(text)
    if head is None:
        return single(text)
    lines = text[head.start() :].split("\n")
    kept = [WIDE.sub(lambda m: "\t" + m.group()[1:], line.rstrip()) + tail(line) for line in lines]
    return text[: head.start()] + "\n".join(kept)


def single(text: str) -> str:
    """The same where one blank parts the cells: below a header that names tasks and units, as long
    as the lines have its cells; what is too much belongs to the task."""
    width, task = 0, 0
    out = []
    for line in text.split("\n"):
        gaps = [found.span() for found in BLANKS.finditer(line.strip())]
        cells = BLANKS.split(line.strip())
        if not width and len(gaps) > 1 and max(map(len, cells)) <= HEADER_CELL:
            where = columns(cells)
            width, task = (len(cells), where["task"]) if {"task", "lead"} <= set(where) else (0, 0)
        elif width and len(cells) < min(width, 3):
            width = 0
        if width and (more := len(cells) - width) > 0:
            gaps = gaps[:task] + gaps[task + more :]
        if width:
            indent = len(line) - len(line.lstrip())
            for start, end in gaps:
                at = indent + start
                line = line[:at] + "\t" + line[at + 1 : indent + end] + line[indent + end :]
        out.append(line)
    return "\n".join(out)


def tail(line: str) -> str:
    """The blanks at the end of a line."""
    return line[len(line.rstrip()) :]


TABLE_HEAD = re.compile(
    r"^[^\n，。]{0,12}(?:任务|事项|内容|措施|项目)[^\n，。]{0,4}[ \u3000]{2,}"
    r"[^\n，。]{0,12}(?:责任|牵头|承办)[^\n，。]*$",
    re.MULTILINE,
)
