"""Proposals for registration that wait for the secretary-general (立项审批)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.enums import Answer
from luoshi.supervision.matters.models import Proposal


@require_safe
def proposals(request: OfficeRequest) -> HttpResponse:
    """What waits in one's own office, the longest first; who approves may decide here."""
    ensure(rules.may_draft(request.actor))
    rows = Proposal.objects.filter(
        matter__office_id=request.actor.unit_id, state=Answer.PENDING
    ).select_related("matter")
    found = page(rows, order=("proposed_at", "id"), cursor=request.GET.get("cursor", ""))
    approves = request.actor.role == Role.SECRETARY_GENERAL
    return render(request, "matters/changes/proposals.html", {"page": found, "approves": approves})
