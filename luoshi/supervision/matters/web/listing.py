"""Lists of sent reports: all in the reader's sight, and those of one matter."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.enums import REPORT_UNSENT
from luoshi.supervision.matters.models import Matter, OutdatedRow, Report


def sent_reports(request: OfficeRequest) -> "QuerySet[Any]":
    """Sent reports in sight with what a list shows; a handling unit sees its own branch."""
    changed = OutdatedRow.objects.filter(row__report=OuterRef("pk"))
    rows = Report.objects.visible_to(request.actor).exclude(state__in=REPORT_UNSENT)
    rows = rows.annotate(has_changes=Exists(changed))
    rows = rows.select_related("assignment__matter", "assignment__unit", "review")
    return rows.prefetch_related("duties")


@require_safe
def sent_list(request: OfficeRequest) -> HttpResponse:
    """Reports in sight, the latest first; of a handling post those of its own unit."""
    ensure(may_see_business(request.actor))
    rows = sent_reports(request)
    if request.actor.role in HANDLING_ROLES:
        rows = rows.filter(assignment__unit_id=request.actor.unit_id)
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
