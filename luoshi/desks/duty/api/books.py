"""The duty log, daily reports of sensitive periods and surprise checks by API. A token reads and
writes them for the duty desk; who is on duty in person does on the page. Handing over needs both
people and has no route."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Status

from luoshi.desks.duty import rules
from luoshi.desks.duty.api import shaping
from luoshi.desks.duty.api.rosters import LIMIT, reader
from luoshi.desks.duty.api.schemas import (
    CheckIn,
    CheckOut,
    Checks,
    Dailies,
    DailyIn,
    DailyOut,
    NoteIn,
    NoteOut,
    Notes,
    NoteWord,
    Periods,
    ResultWord,
    SettlingIn,
)
from luoshi.desks.duty.domain.queries.finding import a_note, a_period, own
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
from luoshi.desks.duty.domain.watch.reporting import report
from luoshi.desks.duty.models import DailyReport, SensitivePeriod
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Day, Key, Line

router = Router(tags=["duty"])
DAILY_ORDER = ("-day", "unit_code", "id")


def book_reader(request: OfficeRequest, scope: str) -> Actor:
    """Who reads the books of duty."""
    actor = scoped(request, scope)
    ensure(rules.may_see_books(actor, request.now))
    return actor


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

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/duty/log/{uuid:pk}/settlement", response={200: NoteOut} | WRITE)
def settle_line(request: OfficeRequest, pk: UUID, body: SettlingIn, key: Key = KEY) -> Any:
    """What was open about a line is done."""
    actor = book_reader(request, "matters:write")
    row = a_note(request, pk)

    def act() -> tuple[int, Any]:
        done = settle(row, outcome=body.outcome, actor=actor, at=request.now)
        return 200, shaping.note(done)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.get("/duty/periods", response={200: Periods} | READ)
def list_periods(request: OfficeRequest, cursor: Cursor = "", limit: int = LIMIT) -> Any:
    """Sensitive periods in the office's book, the latest first."""
    reader(request, "matters:read")
    rows = own(SensitivePeriod, request)
    found = page(rows, order=("-starts_on", "id"), cursor=cursor, size=limit)
    items = [shaping.period(row) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.get("/duty/periods/{uuid:pk}/reports", response={200: Dailies} | READ)
def list_daily_reports(
    request: OfficeRequest,
    pk: UUID,
    day: Day | None = None,
    cursor: Cursor = "",
    limit: int = LIMIT,
) -> Any:
    """The daily reports of a period in the office's book: its own and, where it declared the
    period, those of the units below; the latest day first."""
    reader(request, "matters:read")
    rows = own(DailyReport, request).filter(period=a_period(request, pk))
    if day:
        rows = rows.filter(day=day)
    found = page(rows, order=DAILY_ORDER, cursor=cursor, size=limit)
    return {"items": [shaping.daily(row) for row in found.rows], "next": found.next_cursor or None}


@router.post("/duty/periods/{uuid:pk}/reports", response={201: DailyOut} | WRITE)
def send_daily_report(request: OfficeRequest, pk: UUID, body: DailyIn, key: Key = KEY) -> Any:
    """Send the day's report, even if nothing happened (R-DUT-7)."""
    actor = reader(request, "matters:write")
    row = a_period(request, pk)

    def act() -> tuple[int, Any]:
        return 201, shaping.daily(report(row, **body.dict(), actor=actor, at=request.now))

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


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

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)
