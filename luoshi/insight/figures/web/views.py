"""Today, the units' board, a leader's one minute."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.enums import OFFICER_CLASS, Role
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.insight.figures.domain import board as boards
from luoshi.insight.figures.domain.minute import minute_of
from luoshi.insight.figures.domain.today import waiting
from luoshi.insight.figures.web import rows as ledger_rows
from luoshi.insight.figures.web.waiting import dress
from luoshi.supervision.matters.enums import LIGHTS_WORST_FIRST

CHART_WIDTH = 240


@require_safe
def home(request: OfficeRequest) -> HttpResponse:
    """The landing page of the role."""
    if request.actor.role == Role.LEADER:
        return minute(request)
    if request.actor.role in OFFICER_CLASS or not request.actor.role:
        return render(request, "figures/officer.html")
    found = waiting(request.actor, request.now)
    dress(found, request.now, get_language() or "zh-hans")
    return render(request, "figures/today.html", {"waiting": found})


@require_safe
def board(request: OfficeRequest) -> HttpResponse:
    """Lights per unit, as a table and as bars whose every part opens its rows."""
    ensure(may_see_business(request.actor))
    rows: list[Any] = boards.board(request.actor, request.now)
    top = max((row.red + row.yellow + row.green + row.grey for row in rows), default=1) or 1
    for row in rows:
        row.query = urlencode({"unit": row.unit.short_name, "share": 1})
        row.bars = bars(row, top)
        row.total = row.red + row.yellow + row.green + row.grey
    overdue = [row for row in rows if row.red]
    return render(request, "figures/board.html", {"rows": rows, "overdue": overdue})


def bars(row: Any, top: int) -> list[dict[str, Any]]:
    """The stacked bar of a unit: x and width in units of the picture."""
    out, x = [], 0.0
    for light in LIGHTS_WORST_FIRST:
        value = getattr(row, light.value)
        width = value / top * CHART_WIDTH
        if value:
            out.append(
                {
                    "light": light.value,
                    "word": light.label,
                    "x": f"{x:.1f}",
                    "w": f"{width:.1f}",
                    "middle": f"{x + width / 2:.1f}",
                    "n": value,
                }
            )
        x += width
    return out


@require_safe
def minute(request: OfficeRequest) -> HttpResponse:
    """A leader's one minute: sentences before numbers."""
    ensure(may_see_business(request.actor))
    today = office_date(request.now)
    found = minute_of(request.actor, request.now)
    ledger_rows.dress([*found.red, *found.yellow], request.now, get_language() or "zh-hans")
    monday = today - timedelta(days=today.weekday())
    context = {"minute": found, "monday": monday.isoformat()}
    return render(request, "figures/minute.html", context)
