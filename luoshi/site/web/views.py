"""Health, and the auditor's page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.audit.domain.verifying import verify_stored
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.audit.registry import ACTIONS
from luoshi.foundation.core.keyset import page
from luoshi.foundation.core.refusals import Forbidden
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.enums import Role
from luoshi.site.domain.starting import BEHIND, clock_behind
from luoshi.site.domain.watching import disk, pending_migrations


@login_not_required
@require_safe
def live(request: OfficeRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"live": True})


@login_not_required
@require_safe
def ready(request: OfficeRequest) -> HttpResponse:
    """Database, schema, disk and clock, each by itself; 503 as long as one is not in order."""
    found = {
        "database": True,  # or the next question is answered by `errors.server_error`
        "migrations": not pending_migrations(),
        "disk": disk().light != "red",
        "clock": clock_behind(request.now) <= BEHIND,
    }
    good = all(found.values())
    return JsonResponse({"ready": good} | found, status=200 if good else 503)


@require_http_methods(["GET", "POST"])
def trail(request: OfficeRequest) -> HttpResponse:
    """The auditor reads and verifies the trail (ui.md 5.15)."""
    if request.actor.role != Role.AUDITOR:
        raise Forbidden(_("Not shown."), _("Only the auditor reads the trail."), code="auditor")
    finding = None
    if request.method == "POST":
        finding = verify_stored()
        with acting(actor=request.actor, at=request.now):
            record(
                "audit.verified",
                actor=request.actor,
                at=request.now,
                object_kind="audit",
                object_id="trail",
                after={"code": finding.code, "count": finding.count},
            )
    rows = Entry.objects.select_related("detail")
    action = request.GET.get("action", "")
    if action in ACTIONS:
        rows = rows.filter(action=action)
    found = page(rows, order=("-id",), cursor=request.GET.get("cursor", ""))
    for row in found.rows:
        row.words = row.detail_of()
        row.label = ACTIONS[row.action].label if row.action in ACTIONS else row.action
    actions = sorted((name, one.label) for name, one in ACTIONS.items())
    context = {"page": found, "finding": finding, "actions": actions, "action": action}
    return render(request, "site/trail.html", context)
