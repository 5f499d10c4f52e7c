"""Lists of sent reports: all in the reader's sight, and those of one matter."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters.domain.queries.exporting import sent_in_sight, sent_reports
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.models import Matter


@require_safe
def sent_list(request: OfficeRequest) -> HttpResponse:
    """Reports in sight, the latest first; of a handling post those of its own unit."""
    rows = sent_in_sight(request)
    found = page(rows, order=("-submitted_at", "id"), cursor=request.GET.get("cursor", ""))
    return render(request, "matters/reports/sent_list.html", {"page": found})


@require_safe
def of_matter(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The reports of one matter, the latest first."""
    matter = visible(Matter.objects, request.actor, pk)
    rows = sent_reports(request).filter(assignment__matter=matter)
    found = page(rows, order=("-submitted_at", "id"), cursor=request.GET.get("cursor", ""))
    context = {"page": found, "matter": matter}
    return render(request, "matters/reports/sent_list.html", context)
