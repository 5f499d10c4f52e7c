"""Write a list out, row by row: CSV as it goes, XLSX as one packed file.

Every cell is guarded: no text of a row becomes a formula (security.md 7).
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Any

import xlsxwriter
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from luoshi.foundation.core.cells import guard
from luoshi.foundation.sheets.domain.templating import Named

MOST = 100_000
BOM = "\ufeff"
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def cells_of(row: Any, columns: Sequence[Named], at: datetime) -> list[object]:
    """The guarded cells of a row."""
    return [guard(one.column.value(row, at)) for one in columns]


def csv_lines(rows: Iterable[Any], columns: Sequence[Named], at: datetime) -> Iterator[str]:
    """The list as CSV text, a line at a time, with a mark by which spreadsheets know UTF-8; in the
    language it is asked for in, though its lines leave when the request's language is gone."""
    return spoken(get_language(), rows, columns, at)


def spoken(
    language: str | None, rows: Iterable[Any], columns: Sequence[Named], at: datetime
) -> Iterator[str]:
    """The lines, each put into words in this language."""
    with override(language):
        head = BOM + line_of([guard(one.name) for one in columns])
    yield head
    for row in rows:
        with override(language):
            line = line_of(cells_of(row, columns, at))
        yield line


def line_of(cells: Sequence[object]) -> str:
    """One CSV line."""
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def xlsx_file(
    rows: Iterable[Any],
    columns: Sequence[Named],
    at: datetime,
    *,
    title: str,
    about: dict[str, str],
) -> IO[bytes]:
    """The list as an XLSX file, from its start: a first sheet says filter, as-of and author. Only
    the packed file is held in memory, never the rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    cover = book.add_worksheet(_("About"))
    for line, (name, text) in enumerate(about.items()):
        cover.write_row(line, 0, [guard(name), guard(text)])
    sheet = book.add_worksheet(title[:31])
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, [guard(one.name) for one in columns])
    for line, row in enumerate(rows, start=1):
        sheet.write_row(line, 0, cells_of(row, columns, at))
    book.close()
    out.seek(0)
    return out
