"""The principal's pages: reports that wait for a signature, one of them with sign and give back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Forbidden, Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.report import composing, signing_off
from luoshi.supervision.matters.enums import ReportState, SigningState
from luoshi.supervision.matters.models import Report, Signing
from luoshi.supervision.matters.web.reports import attached, full_reports, previous_of


@require_safe
def queue(request: OfficeRequest) -> HttpResponse:
    """Reports of one's own unit that wait for the principal, the longest first."""
    if request.actor is None or request.actor.role not in HANDLING_ROLES:
        raise Forbidden(_("Not shown."), _("The handling unit signs its own reports."))
    rows = Signing.objects.filter(
        state=SigningState.ASKED, report__assignment__unit_id=request.actor.unit_id
    ).select_related("report__assignment__matter")
    rows = rows.prefetch_related("report__duties")
    found = page(rows, order=("asked_at", "id"), cursor=request.GET.get("cursor", ""))
    return render(request, "matters/reports/signings.html", {"page": found})


@require_http_methods(["GET", "POST"])
def signing(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A report before the principal; POST signs and sends, gives back, or takes back."""
    found = visible(full_reports(), request.actor, pk)
    if request.method == "POST":
        refusal = decide(request, found)
        if refusal is None:
            return redirect(after(found))
        return shown(request, found, refusal)
    if found.state != ReportState.SIGNING:
        return redirect(after(found))
    return shown(request, found, None)


def decide(request: OfficeRequest, found: Report) -> Invalid | None:
    """Do what was pressed; an incomplete form comes back."""
    act = request.POST.get("act", "")
    try:
        if act == "take":
            signing_off.take_back(report=found, actor=request.actor, at=request.now)
        elif act == "back":
            words = request.POST.get("words", "")
            signing_off.give_back(report=found, words=words, actor=request.actor, at=request.now)
        else:
            reason = request.POST.get("late_reason", "")
            signing_off.sign(report=found, late_reason=reason, actor=request.actor, at=request.now)
    except Invalid as refusal:
        return refusal
    return None


def after(found: Report) -> str:
    """Where the report is read once it no longer waits."""
    found.refresh_from_db(fields=("state",))
    if found.state == ReportState.DRAFT:
        return f"/assignments/{found.assignment_id}/report/"
    return f"/reports/{found.pk}/"


def shown(request: OfficeRequest, found: Report, refusal: Invalid | None) -> HttpResponse:
    """The report as it would be sent."""
    ensure(rules.still_before_principal(found))
    sums, changed = composing.provenance(found)
    limits = [duty.redo_due_at or duty.due_at for duty in found.duties.all()]
    context = {
        "report": found,
        "matter": found.assignment.matter,
        "files": list(attached(found.pk)),
        "previous": previous_of(found),
        "signing": found.signings.filter(state=SigningState.ASKED).first(),
        "may_sign": bool(rules.may_sign_report(request.actor, found)),
        "may_take": bool(rules.may_take_back(request.actor, found)),
        "late": any(limit is not None and limit <= request.now for limit in limits),
        "sums": sums,
        "outdated": changed,
        "refusal": refusal,
        "values": request.POST,
    }
    return render(request, "matters/reports/signing.html", context, status=422 if refusal else 200)
