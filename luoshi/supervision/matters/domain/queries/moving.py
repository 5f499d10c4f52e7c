"""Limits before and after as pages, sheets and the API show them."""

import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import xlsxwriter
from django.utils.translation import gettext as _

from luoshi.foundation.core.cells import guard
from luoshi.foundation.core.time import last_day
from luoshi.supervision.matters.domain.duty.recomputing import Move, totals
from luoshi.supervision.matters.enums import Change
from luoshi.supervision.matters.models import RedatedDuty, ReportDuty

SHOWN_CHANGES = tuple(change for change in Change if change != Change.SAME)


@dataclass(frozen=True)
class Line:
    """One limit before and after. `key` orders the list: by the limit as it stood."""

    key: str
    matter_id: UUID
    duty_id: UUID
    number: str
    matter: str
    title_zh: str
    title_en: str
    unit: str
    change: Change
    before: datetime | None
    after: datetime | None
    overdue: bool


def line(
    duty: ReportDuty,
    change: str,
    before: datetime | None,
    after: datetime | None,
    *,
    overdue: bool,
) -> Line:
    """A duty with its share, matter and unit at hand."""
    share = duty.assignment
    stood = before.isoformat() if before else "~"
    return Line(
        key=f"{stood}|{duty.assignment_id}|{duty.rule_code}|{duty.period}",
        matter_id=share.matter_id,
        duty_id=duty.pk,
        number=share.matter.number,
        matter=share.matter.title,
        title_zh=duty.title_zh,
        title_en=duty.title_en,
        unit=str(share.unit),
        change=Change(change),
        before=before,
        after=after,
        overdue=overdue,
    )


def lines_of(found: Iterable[Move], only: str = "") -> list[Line]:
    """The moves that change a date, by the limit as it stood; `only` keeps one kind, which may be
    the limits that stay and take the new version."""
    rows = [
        line(one.duty, one.change, one.before, one.after, overdue=one.overdue)
        for one in found
        if (one.moves or only == Change.SAME) and wanted(one.change, only, overdue=one.overdue)
    ]
    return sorted(rows, key=lambda row: row.key)


def wanted(change: str, only: str, *, overdue: bool) -> bool:
    """Whether the filter of the tabs keeps a row."""
    return not only or (overdue if only == "overdue" else change == only)


def line_of(row: RedatedDuty) -> Line:
    """A stored move."""
    return line(row.duty, row.change, row.before_at, row.after_at, overdue=row.overdue)


def tabs(counted: dict[str, int]) -> list[tuple[str, Any, int]]:
    """The counts a list opens by, those that are there."""
    found: list[tuple[str, Any, int]] = [
        (change.value, change.label, counted.get(change.value, 0)) for change in SHOWN_CHANGES
    ]
    found.append(("overdue", _("Becomes overdue"), counted.get("overdue", 0)))
    always = {Change.EARLIER.value, Change.LATER.value, "overdue"}
    return [one for one in found if one[2] or one[0] in always]


def sheet(rows: Iterable[Line], *, about: dict[str, str]) -> bytes:
    """The rows as XLSX; a first sheet says what they are; cells are guarded."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    cover = book.add_worksheet(_("About"))
    for number, (name, text) in enumerate(about.items()):
        cover.write_row(number, 0, [guard(name), guard(text)])
    page = book.add_worksheet(_("Limits"))
    heads = (_("Number"), _("Matter"), _("Report"), _("Unit"), _("Change"), _("Before"), _("After"))
    page.write_row(0, 0, [*heads, _("Becomes overdue")])
    for number, row in enumerate(rows, start=1):
        cells = (
            row.number,
            row.matter,
            row.title_zh,
            row.unit,
            str(row.change.label),
            last_day(row.before).isoformat() if row.before else "",
            last_day(row.after).isoformat() if row.after else "",
            _("yes") if row.overdue else "",
        )
        page.write_row(number, 0, [guard(cell) for cell in cells])
    book.close()
    return out.getvalue()


def totals_of(found: Iterable[Move]) -> dict[str, int]:
    """The counts of a preview as plain values."""
    counted = totals(found)
    return asdict(counted) | {"moved": counted.moved}
