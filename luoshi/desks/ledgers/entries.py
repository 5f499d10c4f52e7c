"""The left bar's entry of the imports, their report as a file, who may open the uploaded one."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.desks.ledgers.domain.uploading import OWNER
from luoshi.desks.ledgers.models import Ledger, LedgerRow
from luoshi.desks.ledgers.rules import may_upload
from luoshi.foundation.attachments.owners import register as register_owner
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.navigation import Entry, register
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.sheets.registry import Column, Listing
from luoshi.foundation.sheets.registry import register as register_listing

SUPERVISING = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)


def file_visible(actor: Actor, owner_id: UUID) -> bool:
    """Through the same scope as the import's page."""
    return Ledger.objects.visible_to(actor).filter(pk=owner_id).exists()


def report_rows(request: OfficeRequest) -> "QuerySet[Any]":
    """The rows of the import the address names, with what became of each."""
    ensure(may_upload(request.actor))
    try:
        key = UUID(request.GET.get("import", ""))
    except ValueError:
        key = UUID(int=0)
    seen = Ledger.objects.visible_to(request.actor).filter(pk=key)
    rows = LedgerRow.objects.filter(ledger__in=seen).select_related("matter")
    return rows.defer("matter__search").order_by("place")


def outcome(row: Any, at: Any) -> str:
    """What became of a row, in one line."""
    faults = "；".join(f"{one['field']} {one['reason']} {one['value']}" for one in row.errors)
    return " ".join(part for part in (faults, row.note) if part)


COLUMNS = (
    Column("row", _("Row"), lambda row, at: row.place),
    Column("number", _("Number"), lambda row, at: row.number),
    Column("title", _("Matter"), lambda row, at: row.title),
    Column("verdict", _("Check"), lambda row, at: str(row.get_verdict_display())),
    Column("skipped", _("Not imported"), lambda row, at: str(_("yes")) if row.skipped else ""),
    Column("outcome", _("Remark"), outcome),
    Column(
        "state",
        _("State"),
        lambda row, at: str(row.matter.get_state_display()) if row.matter else "",
    ),
)


def imports(request: OfficeRequest) -> "QuerySet[Any]":
    """The office's imports, newest first."""
    ensure(may_upload(request.actor))
    return Ledger.objects.visible_to(request.actor).order_by("-uploaded_at", "id")


IMPORTS = (
    Column("title", _("Ledger"), lambda row, at: row.title),
    Column("year", _("Year"), lambda row, at: row.year),
    Column("sheet", _("Sheet"), lambda row, at: row.sheet),
    Column("rows", _("Rows"), lambda row, at: row.total),
    Column("done", _("Finished"), lambda row, at: row.done),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
    Column("uploaded", _("Uploaded"), lambda row, at: office_date(row.uploaded_at).isoformat()),
    Column("by", _("Uploaded by"), lambda row, at: row.uploaded_by_name),
    Column("confirmed", _("Confirmed by"), lambda row, at: row.confirmed_by_name),
    Column("undone", _("Undone by"), lambda row, at: row.undone_by_name),
)
label = _("Ledger imports")
register(Entry(label, "ledgers:ledgers", "upload", 41, SUPERVISING, _("Supervision")))
register_owner(OWNER, file_visible)
register_listing(Listing("ledger-imports", label, "ledgers:ledgers", IMPORTS, imports))
label = _("Rows of an import")
register_listing(Listing("ledger-import", label, "ledgers:ledgers", COLUMNS, report_rows))
