"""The burden ledger: per unit and per basis, the rows behind each number, the office's settings."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.insight.burden import rules
from luoshi.insight.burden.domain.ledger import by_basis, by_unit, chosen, chosen_reports
from luoshi.insight.burden.domain.narrowing import kind_of, span_of, unit_of, year_of
from luoshi.supervision.matters.domain.queries.burden import Hours, Span
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.domain.settling import may_settle, settle


@require_safe
def ledger(request: OfficeRequest) -> HttpResponse:
    """An office: what it asks of each unit. A handling unit: what it is asked, by whom and why."""
    actor = request.actor
    ensure(rules.may_see_burden(actor))
    year, unit = year_of(request), unit_of(request)
    own = actor.role in HANDLING_ROLES
    settings = settings_of(actor.unit_id)  # type: ignore[arg-type]
    units = by_unit(actor, Span(year), settings.report_cap)
    context = {
        "year": year,
        "own": own,
        "units": units,
        "total": totals(units),
        "estimate": estimate(units),
        "bases": by_basis(actor, Span(year), unit),
        "unit": unit,
        "chosen": next((load.key[1] for load in units if load.key[0] == unit), ""),
        "settings": settings,
        "may_settle": not own and bool(may_settle(actor)),
    }
    return render(request, "burden/ledger.html", context)


def totals(units: list[Any]) -> dict[str, Any]:
    """The foot of the ledger."""
    names = ("asked", "sent", "reports", "saved", "tables", "characters", "meetings", "told")
    hours = sum((load.hours for load in units), Decimal(0))
    return {name: sum(getattr(load, name) for load in units) for name in names} | {"hours": hours}


def estimate(units: list[Any]) -> int | None:
    """The hours of all reports at the mean of those that stated theirs; None from too few."""
    total = totals(units)
    return Hours(total["told"], total["hours"]).for_reports(total["reports"])


@require_safe
def rows(request: OfficeRequest) -> HttpResponse:
    """Exactly the duties, or the reports, a number counts."""
    actor = request.actor
    ensure(rules.may_see_burden(actor))
    span, unit = span_of(request), unit_of(request)
    kind = kind_of(request)
    if kind:
        reports = chosen_reports(actor, span, kind=kind, unit_id=unit)
        cut = page(reports, order=("submitted_at", "id"), cursor=request.GET.get("cursor", ""))
        return render(request, "burden/reports.html", {"page": cut, "span": span})
    rule, sent = request.GET.get("rule", ""), bool(request.GET.get("sent"))
    found = chosen(actor, span, unit_id=unit, rule=rule, sent=sent)
    cut = page(found, order=("counted_at", "id"), cursor=request.GET.get("cursor", ""))
    return render(request, "burden/rows.html", {"page": cut, "span": span})


@require_http_methods(["GET", "POST"])
def settings(request: OfficeRequest) -> HttpResponse:
    """Reduction mode and the cap of the office; the secretary-general sets them."""
    actor = request.actor
    ensure(rules.may_keep_burden(actor))
    refusal = None
    found = settings_of(actor.unit_id)  # type: ignore[arg-type]
    if request.method == "POST":
        raw = request.POST.get("report_cap", "")
        number = raw.isascii() and raw.isdigit() and len(raw) < 5
        try:
            if not number:
                raise Invalid(_("Not changed."), {"report_cap": [_("Give a whole number.")]})
            values = {"report_cap": int(raw), "reduction_mode": "reduction_mode" in request.POST}
            settle(office_id=actor.unit_id, values=values, actor=actor, at=request.now)
            return redirect("burden:ledger")
        except Invalid as wrong:
            refusal = wrong
    typed = {"report_cap": found.report_cap, "reduction_mode": found.reduction_mode}
    context = {
        "settings": found,
        "values": request.POST if refusal else typed,
        "refusal": refusal,
        "may_settle": bool(may_settle(actor)),
    }
    return render(request, "burden/settings.html", context, status=422 if refusal else 200)
