"""Upload a ledger: stored, read in the sandbox, its columns matched, every row checked.

Changes: one `Ledger` with its rows; nothing else is written before it is confirmed. Refused: files
that are no spreadsheet, spreadsheets without a row that looks like a ledger's heading, more than
50,000 rows.
"""

from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from luoshi.desks.ledgers import rules
from luoshi.desks.ledgers.domain.judging import judge
from luoshi.desks.ledgers.models import KnownColumn, Ledger, LedgerRow
from luoshi.foundation.attachments.domain.extracting import extract_table, workplace
from luoshi.foundation.attachments.domain.storing import store, stored_path
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.copying import copy_in, many_rows
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import needing_room
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.reading.ledgers.table import YEAR

OWNER, MOST = "ledger", 50_000


def upload(
    stream: BinaryIO, *, name: str, actor: Actor, at: datetime, year: int | None = None
) -> Ledger:
    """Take one ledger in; the year is the one given, else the title's, else this one."""
    ensure(rules.may_upload(actor))
    if year is not None and not 2000 <= year <= 2090:
        raise Invalid(_("Not uploaded."), {"year": [_("Give a year between 2000 and 2090.")]})
    with many_rows(), acting(actor=actor, at=at):
        attachment = store(stream, name=name, actor=actor, at=at).attachment
        table = table_of(attachment.file.sha256, name)
        title = (table["title"] or name)[:200]
        ledger = Ledger.objects.create(
            office_id=actor.unit_id,
            attachment=attachment,
            title=title,
            year=year or table["year"] or office_date(at).year,
            sheet=table["sheet"][:80],
            columns=table["headings"],
            matched=remembered(actor, table["headings"], table["matched"]),
            header_rows=table["header_rows"],
            left_out=table["skipped"][:200],
            hidden=table["hidden"][:200],
            total=len(table["rows"]),
            uploaded_by_name=actor.person_name,
            uploaded_at=at,
        )
        attachment.owner_kind, attachment.owner_id = OWNER, ledger.pk
        attachment.save(update_fields=("owner_kind", "owner_id"))
        rows = [
            LedgerRow(ledger=ledger, place=one["place"], cells=one["cells"])
            for one in table["rows"]
        ]
        judge(ledger, rows)
        copy_in(rows)
        after = {"title": title, "rows": len(rows)}
        record("ledgers.uploaded", actor=actor, at=at, obj=ledger, after=after)
    return ledger


def table_of(sha256: str, name: str) -> dict[str, Any]:
    """The table of a stored spreadsheet, read under a name with its extension."""
    with needing_room(settings.FILES), workplace() as folder:
        path = Path(folder) / f"ledger{Path(name).suffix.lower()}"
        path.symlink_to(stored_path(sha256))
        table = extract_table(path)
    if table is None:
        why = _("No row looks like a ledger's heading (number, matter, lead unit).")
        raise Invalid(_("Not uploaded."), {"file": [why]}, code="no-heading")
    if len(table["rows"]) > MOST:
        raise Invalid(_("Not uploaded."), {"file": [_("At most 50,000 rows at once.")]})
    if not table["rows"]:
        raise Invalid(_("Not uploaded."), {"file": [_("There is no row below the heading.")]})
    return table | {"year": year_in(table["title"])}


def year_in(title: str) -> int | None:
    """The year a title names."""
    found = YEAR.search(title)
    return int(found.group(1)) if found else None


def remembered(actor: Actor, headings: list[str], matched: dict[str, int]) -> dict[str, int]:
    """The columns as this office matched them last time, else by the known words."""
    rows = KnownColumn.objects.filter(office_id=actor.unit_id, heading__in=headings)
    known = {row.heading: row.field for row in rows}
    found = {
        known[heading]: column for column, heading in enumerate(headings) if known.get(heading)
    }
    for field, column in matched.items():
        if headings[column] not in known and field not in found:
            found[field] = column
    return found
