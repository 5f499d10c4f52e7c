"""Today, a leader's one minute."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.enums import OFFICER_CLASS, Role
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.insight.figures.domain.minute import minute_of
from luoshi.insight.figures.domain.today import waiting
from luoshi.insight.figures.web import rows as ledger_rows
from luoshi.insight.figures.web.waiting import dress


@require_safe
def home(request: OfficeRequest) -> HttpResponse:
    """The landing page of the role (ui.md 2)."""
    if request.actor.role == Role.LEADER:
        return minute(request)
    if request.actor.role == Role.SECRETARY_GENERAL:
        return redirect("site:overview")
    if request.actor.role in OFFICER_CLASS or not request.actor.role:
        return render(request, "figures/officer.html")
    return today(request)


@require_safe
def today(request: OfficeRequest) -> HttpResponse:
    """What waits for the reader, by urgency."""
    ensure(may_see_business(request.actor))
    found = waiting(request.actor, request.now)
    dress(found, request.now, get_language() or "zh-hans")
    return render(request, "figures/today.html", {"waiting": found})


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
