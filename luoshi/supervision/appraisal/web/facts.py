"""Recorded facts, their withdrawal, and facts set aside."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.counting import bounded_counts
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_date
from luoshi.foundation.organizations.domain.queries.names import unit_by_name
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.appraisal import rules
from luoshi.supervision.appraisal.domain.queries import exporting
from luoshi.supervision.appraisal.domain.recording import record_fact, set_aside, withdraw_fact
from luoshi.supervision.appraisal.enums import RECORDED
from luoshi.supervision.appraisal.models import RecordedFact


@require_http_methods(["GET", "POST"])
def index(request: OfficeRequest) -> HttpResponse:
    """What the office recorded, and with `show=aside` what it does not count; POST records a
    fact."""
    ensure(rules.may_prepare(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            return recording(request)
        except Invalid as found:
            refusal = found
    recorded, asides = exporting.recorded(request), exporting.asides(request)
    aside_shown, cursor = request.GET.get("show", "") == "aside", request.GET.get("cursor", "")
    rows = asides if aside_shown else recorded
    order = ("-set_at" if aside_shown else "-happened_on", "id")
    context = {
        "page": page(rows, order=order, cursor=cursor),
        "counts": bounded_counts({"recorded": recorded, "aside": asides}),
        "show": "aside" if aside_shown else "recorded",
        "kinds": [(kind.value, kind.label) for kind in RECORDED],
        "values": request.POST if refusal else {},
        "refusal": refusal,
        "may_work": bool(rules.may_work(request.actor)),
    }
    return render(request, "appraisal/facts.html", context, status=422 if refusal else 200)


def recording(request: OfficeRequest) -> HttpResponse:
    """Record once, whatever is clicked twice."""
    post = request.POST
    happened_on = a_date(post.get("happened_on", ""), "happened_on")
    unit = unit_by_name(post.get("unit", "").strip().replace("\x00", ""))

    def act() -> str:
        record_fact(
            kind=post.get("kind", ""),
            unit=unit,
            happened_on=happened_on,
            reason=post.get("reason", ""),
            reference=post.get("reference", ""),
            actor=request.actor,
            at=request.now,
        )
        return reverse("appraisal:facts")

    return act_once(request, "appraisal:facts", act)


@require_POST
def withdrawal(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Withdraw a recorded fact."""
    ensure(rules.may_prepare(request.actor))
    row = RecordedFact.objects.filter(pk=pk, office_id=request.actor.unit_id).first()
    if row is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    reason = request.POST.get("reason", "")
    withdraw_fact(row=row, reason=reason, actor=request.actor, at=request.now)
    return redirect("appraisal:facts")


@require_POST
def aside(request: OfficeRequest) -> HttpResponse:
    """Set a fact aside."""
    ensure(rules.may_work(request.actor))
    try:
        row_id = UUID(request.POST.get("row", ""))
        unit = Unit.objects.filter(pk=UUID(request.POST.get("unit", ""))).first()
    except ValueError as error:
        raise Invalid(_("Not saved."), {"row": [_("Open the page again.")]}) from error
    if unit is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    set_aside(
        kind=request.POST.get("kind", ""),
        row_id=row_id,
        unit=unit,
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        at=request.now,
    )
    return redirect("appraisal:facts")
