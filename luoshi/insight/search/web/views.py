"""Search results."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.insight.search.domain.finding import find


@require_safe
def results(request: OfficeRequest) -> HttpResponse:
    """What the words find."""
    ensure(may_see_business(request.actor))
    text = request.GET.get("q", "")
    return render(request, "search/results.html", {"hits": find(text, request.actor), "text": text})
