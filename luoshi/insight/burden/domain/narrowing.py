"""What an address of the ledger asks for: year or quarter, unit, kind of report."""

from uuid import UUID

from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key
from luoshi.supervision.matters.domain.queries.burden import Span

REPORTS = {"reports", "tables", "characters", "saved", "hours"}  # numbers that count reports


def year_of(request: OfficeRequest) -> int:
    """The year asked for, else this one."""
    raw = request.GET.get("year", "")
    fits = raw.isascii() and raw.isdigit() and 2000 <= int(raw[:5]) <= 2090
    return int(raw) if fits else office_date(request.now).year


def span_of(request: OfficeRequest) -> Span:
    """The year asked for, narrowed to a quarter where one is named."""
    quarter = request.GET.get("quarter", "")
    return Span(year_of(request), int(quarter) if quarter in {"1", "2", "3", "4"} else 0)


def unit_of(request: OfficeRequest) -> UUID | None:
    """The unit the reader narrowed the ledger to."""
    return a_key(request.GET.get("unit", ""))


def kind_of(request: OfficeRequest) -> str:
    """Which reports a number counts; "" where it counts duties."""
    kind = request.GET.get("of", "")
    return kind if kind in REPORTS else ""
