"""Today, ledger, board, a leader's one minute, and the rows behind a figure."""

from uuid import UUID

from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.foundation.core.keyset import page
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import instant_text
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.organizations.enums import OFFICER_CLASS, Role
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.insight.figures.domain import board as boards
from luoshi.insight.figures.domain.exporting import LIMIT, workbook
from luoshi.insight.figures.domain.ledger import ORDER, Filters, counts, matters
from luoshi.insight.figures.domain.today import waiting
from luoshi.supervision.matters.domain.queries.showing import days_word
from luoshi.supervision.matters.enums import Light, Turn
from luoshi.supervision.matters.models import Matter, showing
from luoshi.supervision.rulebook.enums import Regime

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def home(request: OfficeRequest) -> HttpResponse:
    """The landing page of the role."""
    if request.actor.role == Role.LEADER:
        return minute(request)
    if request.actor.role in OFFICER_CLASS or not request.actor.role:
        return render(request, "figures/officer.html")
    found = waiting(request.actor, request.now)
    calendar = current_calendar()
    for row in [*found.to_report, *found.red]:
        row.shown = row.light(request.now)
        limit = row.overdue_at
        row.detail = days_word(limit, request.now, calendar) if limit else ""
    return render(request, "figures/today.html", {"waiting": found})


@require_safe
def ledger(request: OfficeRequest) -> HttpResponse:
    """The ledger as the URL narrows it."""
    ensure(may_see_business(request.actor))
    at, filters = request.now, Filters.of(request.GET)
    rows = matters(request.actor, filters, at)
    found = page(rows, order=ORDER, cursor=request.GET.get("cursor", ""))
    calendar = current_calendar()
    regimes, turns = words(Regime), words(Turn)
    base = reverse("matters:matter", args=[UUID(int=0)]).removesuffix(f"{UUID(int=0)}/")
    for row in found.rows:
        row.shown = row.light(at)
        row.detail = days_word(row.overdue_at, at, calendar) if row.overdue_at else ""
        row.url = f"{base}{row.pk}/"
        row.regime_word, row.turn_word = regimes.get(row.regime, ""), turns.get(row.turn, "")
    context = {
        "page": found,
        "filters": filters,
        "counts": counts(request.actor, filters, at),
        "regimes": Regime.choices,
        "turns": Turn.choices,
        "lights": [light.value for light in Light],
    }
    return render(request, "figures/ledger.html", context)


def words(choices: type[TextChoices]) -> dict[str, str]:
    """Value → word in the reader's language, translated once for the whole page."""
    return {value: str(label) for value, label in choices.choices}


@require_safe
def export(request: OfficeRequest) -> HttpResponse:
    """The ledger as XLSX, as narrowed."""
    ensure(may_see_business(request.actor))
    at, filters = request.now, Filters.of(request.GET)
    rows = matters(request.actor, filters, at).order_by("overdue_at", "pk")[:LIMIT]
    about = {
        _("As of"): instant_text(at, get_language() or "zh-hans"),
        _("Filter"): request.GET.urlencode() or _("none"),
        _("Made by"): f"{request.actor.person_name} · {request.actor.unit_name}",
    }
    body = workbook(rows.iterator(chunk_size=2000), about=about, at=at)
    response = HttpResponse(body, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="ledger.xlsx"'
    return response


@require_safe
def board(request: OfficeRequest) -> HttpResponse:
    """Lights per unit."""
    ensure(may_see_business(request.actor))
    rows = boards.board(request.actor, request.now)
    top = max((row.red + row.yellow + row.green + row.grey for row in rows), default=1) or 1
    for row in rows:
        row.bars = bars(row, top)  # type: ignore[attr-defined]
        row.query = urlencode({"unit": row.unit.short_name})  # type: ignore[attr-defined]
    return render(request, "figures/board.html", {"rows": rows})


def bars(row: object, top: int) -> list[dict[str, object]]:
    """The stacked bar of a unit: x and width in units of a 200 px wide picture."""
    out, x = [], 0.0
    for light in (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY):
        value = getattr(row, light.value)
        width = value / top * 200
        if value:
            out.append({"light": light.value, "x": f"{x:.1f}", "w": f"{width:.1f}", "n": value})
        x += width
    return out


@require_safe
def minute(request: OfficeRequest) -> HttpResponse:
    """A leader's one minute: sentences before numbers."""
    ensure(may_see_business(request.actor))
    at = request.now
    own = Matter.objects.filter(instructed_by_id=request.actor.person_id)
    seen = Matter.objects.visible_to(request.actor)
    calendar = current_calendar()
    red = list(
        seen.filter(showing(Light.RED, at)).select_related("lead_unit").order_by("overdue_at")[:5]
    )
    for row in red:
        row.detail = days_word(row.overdue_at, at, calendar)
    context = {
        "own": own.count(),
        "concluded": own.filter(state="concluded").count(),
        "lights": {light.value: own.filter(showing(light, at)).count() for light in Light},
        "red": red,
    }
    return render(request, "figures/minute.html", context)
