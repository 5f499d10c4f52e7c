"""The duty log and surprise checks by API. A token reads and writes them for the duty desk; who is
on duty in person does on the page."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from luoshi.desks.duty.api import shaping
from luoshi.desks.duty.api.acting import LIMIT, book_reader, once
from luoshi.desks.duty.api.schemas import (
    CheckIn,
    CheckOut,
    Checks,
    NoteIn,
    NoteOut,
    Notes,
    NoteWord,
    ResultWord,
    SettlingIn,
)
from luoshi.desks.duty.domain.queries.finding import a_note
from luoshi.desks.duty.domain.queries.listing import (
    CHECK_ORDER,
    LOG_ORDER,
    CheckFilters,
    LogFilters,
    checks,
    notes,
)
from luoshi.desks.duty.domain.watch.checking import NOT_NOTED, Call, check
from luoshi.desks.duty.domain.watch.noting import Line as LogLine
from luoshi.desks.duty.domain.watch.noting import note, settle
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Key, Line

router = Router(tags=["duty"])


@router.get("/duty/log", response={200: Notes} | READ)
def list_log(
    request: OfficeRequest,
    waiting: bool = False,
    kind: NoteWord | None = None,
    text: Line = "",
    cursor: Cursor = "",
    limit: int = LIMIT,
) -> Any:
    """The log, the newest first; `waiting` keeps the lines about which something is open."""
    actor = book_reader(request, "matters:read")
    filters = LogFilters("open" if waiting else "", kind or "", text[:60].strip())
    found = page(notes(actor, filters), order=LOG_ORDER, cursor=cursor, size=limit)
    return {"items": [shaping.note(row) for row in found.rows], "next": found.next_cursor or None}


@router.post("/duty/log", response={201: NoteOut} | WRITE)
def write_log(request: OfficeRequest, body: NoteIn, key: Key = KEY) -> Any:
    """Write a line into the log; it is never changed, only settled."""
    actor = book_reader(request, "matters:write")

    def act() -> tuple[int, Any]:
        return 201, shaping.note(note(LogLine(**body.dict()), actor=actor, at=request.now))

    return once(request, key, act)


@router.post("/duty/log/{uuid:pk}/settlement", response={200: NoteOut} | WRITE)
def settle_line(request: OfficeRequest, pk: UUID, body: SettlingIn, key: Key = KEY) -> Any:
    """What was open about a line is done."""
    actor = book_reader(request, "matters:write")
    row = a_note(request, pk)

    def act() -> tuple[int, Any]:
        done = settle(row, outcome=body.outcome, actor=actor, at=request.now)
        return 200, shaping.note(done)

    return once(request, key, act)


@router.get("/duty/checks", response={200: Checks} | READ)
def list_checks(
    request: OfficeRequest,
    unit: Line = "",
    result: ResultWord | None = None,
    year: int | None = Query(None, ge=2000, le=2098),
    cursor: Cursor = "",
    limit: int = LIMIT,
) -> Any:
    """Checks the office made and those made of it, the newest first; `unit` by its code."""
    actor = book_reader(request, "matters:read")
    rows = checks(actor, CheckFilters(unit, result or "", year))
    found = page(rows, order=CHECK_ORDER, cursor=cursor, size=limit)
    return {"items": [shaping.check(row) for row in found.rows], "next": found.next_cursor or None}


@router.post("/duty/checks", response={201: CheckOut} | WRITE)
def record_check(request: OfficeRequest, body: CheckIn, key: Key = KEY) -> Any:
    """Write a call down; the result follows from the answer and the roster (R-DUT-6)."""
    actor = book_reader(request, "matters:write")

    def act() -> tuple[int, Any]:
        unit = Unit.objects.filter(code=body.unit).first()
        if unit is None:
            why = _("No unit is called “%(name)s”.") % {"name": body.unit[:40]}
            raise Invalid(NOT_NOTED, {"unit": [why]})
        given = body.dict(exclude={"unit", "called_at"})
        call = Call(unit=unit, called_at=body.called_at or request.now, **given)
        return 201, shaping.check(check(call, actor=actor, at=request.now))

    return once(request, key, act)
