"""Search results, and a leader's own instructions."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.insight.search.domain.finding import Hits, find
from luoshi.supervision.matters.models import Matter


@require_safe
def results(request: OfficeRequest) -> HttpResponse:
    """What the words find."""
    ensure(may_see_business(request.actor))
    text = request.GET.get("q", "")
    return render(request, "search/results.html", {"hits": find(text, request.actor), "text": text})


@require_safe
def instructions(request: OfficeRequest) -> HttpResponse:
    """Matters that carry the reader's own written instruction."""
    ensure(may_see_business(request.actor))
    rows = Matter.objects.filter(instructed_by_id=request.actor.person_id)
    rows = rows.visible_to(request.actor).select_related("lead_unit").order_by("overdue_at")
    hits = Hits(list(rows[:50]), [], [])
    return render(request, "search/results.html", {"hits": hits, "text": ""})
