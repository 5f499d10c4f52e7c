"""Ledger imports by API: list and read. The sheet is uploaded on the page, where every row is seen
before anything is written; `correcting` prepares its rows."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema

from luoshi.desks.ledgers.models import Ledger, LedgerRow
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.supervision.matters.api.shaping import instant
from luoshi.supervision.matters.domain.queries.fetching import visible

router = Router(tags=["ledger imports"])


class RowOut(Schema):
    """One row by its place in the sheet: what the check says, and its matter."""

    place: int
    number: str
    title: str
    verdict: str
    skipped: bool
    errors: list[dict[str, Any]]
    note: str
    matter_id: UUID | None


class ImportLine(Schema):
    """An import as the list shows it."""

    id: UUID
    title: str
    year: int
    state: str
    total: int
    done: int
    uploaded_at: datetime


class Imports(Schema):
    """One page of imports."""

    items: list[ImportLine]
    next: str | None


class Rows(Schema):
    """One page of an import's rows."""

    items: list[RowOut]
    next: str | None


def line_of(row: Ledger) -> dict[str, Any]:
    """An import as a JSON object."""
    names = ("title", "year", "state", "total", "done")
    found = {name: getattr(row, name) for name in names}
    return {"id": str(row.pk), **found, "uploaded_at": instant(row.uploaded_at)}


def row_of(row: LedgerRow) -> dict[str, Any]:
    """A row as a JSON object."""
    names = ("place", "number", "title", "verdict", "skipped", "errors", "note")
    found = {name: getattr(row, name) for name in names}
    return {**found, "matter_id": str(row.matter_id) if row.matter_id else None}


@router.get("/ledger-imports", response={200: Imports} | READ)
def list_imports(
    request: OfficeRequest, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """The office's imports, the latest first."""
    rows = Ledger.objects.visible_to(scoped(request, "matters:read"))
    cut = page(rows, order=("-uploaded_at", "id"), cursor=cursor, size=limit)
    return {"items": [line_of(row) for row in cut.rows], "next": cut.next_cursor or None}


@router.get("/ledger-imports/{uuid:pk}", response={200: ImportLine} | READ)
def read_import(request: OfficeRequest, pk: UUID) -> Any:
    """One import with its progress."""
    return line_of(visible(Ledger.objects, scoped(request, "matters:read"), pk))


@router.get("/ledger-imports/{uuid:pk}/rows", response={200: Rows} | READ)
def list_import_rows(
    request: OfficeRequest, pk: UUID, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """The rows of an import in the order of the sheet."""
    ledger = visible(Ledger.objects, scoped(request, "matters:read"), pk)
    rows = LedgerRow.objects.filter(ledger=ledger)
    cut = page(rows, order=("place",), cursor=cursor, size=limit)
    return {"items": [row_of(row) for row in cut.rows], "next": cut.next_cursor or None}
