"""Proposals for registration that wait for the secretary-general (立项审批)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.matters.domain.queries import exporting


@require_safe
def proposals(request: OfficeRequest) -> HttpResponse:
    """What waits in one's own office, the longest first; who approves may decide here."""
    rows = exporting.proposals(request)
    found = page(rows, order=("proposed_at", "id"), cursor=request.GET.get("cursor", ""))
    approves = request.actor.role == Role.SECRETARY_GENERAL
    return render(request, "matters/changes/proposals.html", {"page": found, "approves": approves})
