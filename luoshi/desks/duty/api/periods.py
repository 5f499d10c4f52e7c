"""Sensitive periods and their daily reports by API. Declaring one, and ending it, are the
secretary-general's in person: a token is refused (TR-17)."""

from typing import Any
from uuid import UUID

from ninja import Router

from luoshi.desks.duty.api import roster_shaping, shaping
from luoshi.desks.duty.api.acting import LIMIT, once, reader
from luoshi.desks.duty.api.roster_schemas import BelowDay, PeriodIn, RevokingIn
from luoshi.desks.duty.api.schemas import Dailies, DailyIn, DailyOut, PeriodOut, Periods
from luoshi.desks.duty.domain.periods.declaring import Wish, declare, revoke
from luoshi.desks.duty.domain.queries.daily import below
from luoshi.desks.duty.domain.queries.finding import a_period, own
from luoshi.desks.duty.domain.watch.reporting import report
from luoshi.desks.duty.models import DailyReport, SensitivePeriod
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Day, Key

router = Router(tags=["duty"])
DAILY_ORDER = ("-day", "unit_code", "id")


@router.get("/duty/periods", response={200: Periods} | READ)
def list_periods(request: OfficeRequest, cursor: Cursor = "", limit: int = LIMIT) -> Any:
    """Sensitive periods in the office's book, the latest first."""
    reader(request, "matters:read")
    rows = own(SensitivePeriod, request)
    found = page(rows, order=("-starts_on", "id"), cursor=cursor, size=limit)
    items = [shaping.period(row) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.post("/duty/periods", response={201: PeriodOut} | WRITE)
def declare_period(request: OfficeRequest, body: PeriodIn, key: Key = KEY) -> Any:
    """Declare a sensitive period for the office and all below it: the secretary-general in person;
    a token is refused (TR-17)."""
    actor = reader(request, "matters:write")

    def act() -> tuple[int, Any]:
        return 201, shaping.period(declare(Wish(**body.dict()), actor=actor, at=request.now))

    return once(request, key, act)


@router.get("/duty/periods/{uuid:pk}", response={200: PeriodOut} | READ)
def read_period(request: OfficeRequest, pk: UUID) -> Any:
    """One sensitive period of the office's book."""
    reader(request, "matters:read")
    return shaping.period(a_period(request, pk))


@router.post("/duty/periods/{uuid:pk}/revocation", response={200: PeriodOut} | WRITE)
def revoke_period(request: OfficeRequest, pk: UUID, body: RevokingIn, key: Key = KEY) -> Any:
    """It does not hold any more, here and below: the secretary-general in person."""
    actor = reader(request, "matters:write")
    row = a_period(request, pk)

    def act() -> tuple[int, Any]:
        return 200, shaping.period(revoke(row, reason=body.reason, actor=actor, at=request.now))

    return once(request, key, act)


@router.get("/duty/periods/{uuid:pk}/below", response={200: BelowDay} | READ)
def read_below(request: OfficeRequest, pk: UUID, day: Day | None = None) -> Any:
    """Who one level down has reported on a day (today) of a period this office declared, and who
    has not (R-DUT-7); nobody where a superior declared it."""
    reader(request, "matters:read")
    row = a_period(request, pk)
    on = min(max(day or office_date(request.now), row.starts_on), row.ends_on)
    rows = below(row, on) if row.daily and not row.from_code else []
    return {
        "day": on.isoformat(),
        "reported": sum(one.report is not None for one in rows),
        "items": [roster_shaping.below(one) for one in rows],
    }


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

    return once(request, key, act)
