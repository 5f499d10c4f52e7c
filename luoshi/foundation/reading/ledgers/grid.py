"""Decode a spreadsheet (XLSX, XLS, CSV) into a grid of texts with its merged ranges.

Cells become texts: dates ISO, whole numbers without a point, formulas their cached value; leading
zeros of texts stay. Rows and columns count from 0. Free of policy: limits belong to the sandbox.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from luoshi.foundation.reading.sources import CannotRead, decode

HIDDEN = re.compile(rb'<row\b[^>]*\br="(\d+)"[^>]*\bhidden="(?:1|true)"')
WIDEST, LONGEST = 60, 60_000


@dataclass
class Grid:
    """One sheet: rows of texts, merged ranges (row, column, last row, last column), hidden rows."""

    name: str
    rows: list[list[str]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


def read_grids(path: Path) -> list[Grid]:
    """Every sheet with content. Raises `CannotRead` for other kinds; other errors mean damage."""
    kind = path.suffix.lower().lstrip(".")
    if kind == "csv":
        lines = csv.reader(io.StringIO(decode(path.read_bytes()).replace("\x00", "")))
        return [Grid("CSV", [row[:WIDEST] for row in lines][:LONGEST])]
    if kind not in {"xlsx", "xls"}:
        raise CannotRead(kind)
    book = CalamineWorkbook.from_path(str(path))
    found = []
    for number, name in enumerate(book.sheet_names):
        sheet = book.get_sheet_by_index(number)
        rows = sheet.to_python(skip_empty_area=False)[:LONGEST]
        texts = [[text_of(cell) for cell in row[:WIDEST]] for row in rows]
        if any(any(row) for row in texts):
            ranges = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
            hidden = hidden_rows(path, number) if kind == "xlsx" else []
            found.append(Grid(name, texts, ranges, hidden))
    return found


def text_of(cell: Any) -> str:
    """A cell as text."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def hidden_rows(path: Path, number: int) -> list[int]:
    """Rows hidden in the sheet; they belong to the ledger all the same, and are named."""
    with zipfile.ZipFile(path) as archive:
        name = f"xl/worksheets/sheet{number + 1}.xml"
        if name not in archive.namelist():
            return []
        return [int(row) - 1 for row in HIDDEN.findall(archive.read(name))]
