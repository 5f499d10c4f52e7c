"""The ledger as XLSX: a first sheet says filter, as-of and author; cells are guarded."""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi.foundation.core.cells import guard
from luoshi.foundation.core.time import instant_text, last_day

LIMIT = 100_000


def workbook(rows: Iterable[Any], *, about: dict[str, str], at: datetime) -> bytes:
    """The rows as an XLSX file."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    cover = book.add_worksheet(_("About"))
    for line, (name, text) in enumerate(about.items()):
        cover.write_row(line, 0, [guard(name), guard(text)])
    sheet = book.add_worksheet(_("Ledger"))
    heads = (_("Light"), _("Number"), _("Matter"), _("Source"), _("Lead unit"), _("Whose turn"))
    sheet.write_row(0, 0, [*heads, _("Next report"), _("Last heard"), _("Late")])
    language = get_language() or "zh-hans"
    for line, row in enumerate(rows, start=1):
        cells = (
            str(row.light(at).label),
            row.number,
            row.title,
            str(row.get_regime_display()),
            str(row.lead_unit or ""),
            str(row.get_turn_display()),
            last_day(row.overdue_at).isoformat() if row.overdue_at else "",
            instant_text(row.last_heard_at, language) if row.last_heard_at else "",
            row.late_marks,
        )
        sheet.write_row(line, 0, [guard(cell) for cell in cells])
    book.close()
    return out.getvalue()
