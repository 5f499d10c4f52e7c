"""Before an import is confirmed, by API: say what the columns hold, correct rows, leave rows out.
Confirming, assigning and undoing are a person's decisions; the routes exist and refuse tokens."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Path, Router, Schema
from pydantic import Field

from luoshi.desks.ledgers.api.imports import ImportLine, RowOut, line_of, row_of
from luoshi.desks.ledgers.domain import assigning, correcting, undoing, writing
from luoshi.desks.ledgers.domain.writing import Terms
from luoshi.desks.ledgers.enums import Field as Column
from luoshi.desks.ledgers.models import Ledger, LedgerRow
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.web.problems import Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.supervision.matters.api.schemas import WRITE, Decision, Given, Line, LongText
from luoshi.supervision.matters.domain.queries.fetching import visible

router = Router(tags=["ledger imports"])
PERSON = {403: Problem} | WRITE


class ColumnsIn(Given):
    """What each column holds: its place in the sheet, from 0, to the field's name; "" = nothing."""

    fields: dict[str, Line] = Field(max_length=60)


class CellsIn(Given):
    """Other texts for fields of a row, as if the sheet had said so."""

    values: dict[str, LongText] = Field(max_length=30)


class SkippingIn(Given):
    """Rows by place, and whether they are left out; without places every wrong row."""

    places: list[int] | None = Field(None, max_length=1000)
    skipped: bool = True


class TermsIn(Given):
    """What holds for every row: source, method, purpose."""

    regime: Line
    method: LongText
    purpose: LongText


class Skipped(Schema):
    """How many rows changed."""

    rows: int


def an_import(request: OfficeRequest, pk: UUID) -> Ledger:
    """The import in the token's sight."""
    row: Ledger = visible(Ledger.objects, scoped(request, "matters:write"), pk)
    return row


@router.put("/ledger-imports/{uuid:pk}/columns", response={200: ImportLine} | WRITE)
def match_import_columns(request: OfficeRequest, pk: UUID, body: ColumnsIn) -> Any:
    """Say what the columns hold; every row is checked again."""
    row = an_import(request, pk)
    wrong = [
        place
        for place, name in body.fields.items()
        if not (place.isascii() and place.isdigit() and int(place[:6]) < len(row.columns))
        or (name and name not in Column.values)
    ]
    if wrong:
        text = _("Column %(place)s is not in the sheet, or its field is unknown.")
        raise Invalid(_("Not matched."), {"fields": [text % {"place": wrong[0][:10]}]})
    fields = {int(place): name for place, name in body.fields.items()}
    done = correcting.match_columns(ledger=row, fields=fields, actor=request.actor, at=request.now)
    return line_of(done)


@router.put("/ledger-imports/{uuid:pk}/rows/{int:place}", response={200: RowOut} | WRITE)
def correct_import_row(
    request: OfficeRequest, pk: UUID, body: CellsIn, place: int = Path(ge=0, le=2_000_000)
) -> Any:
    """Write other texts into a row's fields; it is checked again."""
    row = an_import(request, pk)
    if not LedgerRow.objects.filter(ledger=row, place=place).exists():
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    correcting.correct_row(
        ledger=row, place=place, values=body.values, actor=request.actor, at=request.now
    )
    return row_of(LedgerRow.objects.get(ledger=row, place=place))


@router.post("/ledger-imports/{uuid:pk}/skips", response={200: Skipped} | WRITE)
def skip_import_rows(request: OfficeRequest, pk: UUID, body: SkippingIn) -> Any:
    """Leave rows out, or take them in again."""
    row = an_import(request, pk)
    count = correcting.skip_rows(
        ledger=row,
        places=body.places,
        skipped=body.skipped,
        actor=request.actor,
        at=request.now,
    )
    return {"rows": count}


@router.post("/ledger-imports/{uuid:pk}/confirmation", response=PERSON)
def confirm_import(request: OfficeRequest, pk: UUID, body: TermsIn) -> Any:
    """Take the rows over: a person's decision, refused to tokens."""
    row = an_import(request, pk)
    writing.confirm(ledger=row, terms=Terms(**body.dict()), actor=request.actor, at=request.now)


@router.post("/ledger-imports/{uuid:pk}/assignment", response=PERSON)
def assign_import(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Assign what was taken over: a person's decision, refused to tokens."""
    assigning.ask_to_assign(ledger=an_import(request, pk), actor=request.actor, at=request.now)


@router.post("/ledger-imports/{uuid:pk}/undoing", response=PERSON)
def undo_import(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Take the whole import back: a person's decision, refused to tokens."""
    undoing.undo(ledger=an_import(request, pk), actor=request.actor, at=request.now)
