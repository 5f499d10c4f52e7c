"""Scoring rules: the versions of an office, a new one, and one version's weights."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import whole
from luoshi.supervision.appraisal import rules
from luoshi.supervision.appraisal.domain.computing import weights_of
from luoshi.supervision.appraisal.domain.queries.trying import typed_weights
from luoshi.supervision.appraisal.domain.scoring import EXAMPLE
from luoshi.supervision.appraisal.domain.versioning import change_version, draft_version
from luoshi.supervision.appraisal.models import ScoringVersion
from luoshi.supervision.appraisal.web.forms import limits, weight_rows


def typed(request: OfficeRequest) -> dict[str, Any]:
    """The form of a version."""
    post = request.POST
    return {
        "title": post.get("title", ""),
        "basis": post.get("basis", ""),
        "weights": typed_weights(post),
        "objection_workdays": whole(post.get("objection_workdays", ""), "objection_workdays"),
    }


@require_http_methods(["GET", "POST"])
def index(request: OfficeRequest) -> HttpResponse:
    """The versions, the latest first; POST drafts the next one from the form."""
    ensure(rules.may_prepare(request.actor))
    rows = ScoringVersion.objects.filter(office_id=request.actor.unit_id)
    last = rows.order_by("-number").first()
    refusal = None
    if request.method == "POST":
        ensure(rules.may_work(request.actor))
        try:
            made = draft_version(**typed(request), actor=request.actor, at=request.now)
            return redirect("appraisal:version", made.pk)
        except Invalid as found:
            refusal = found
    weights = weights_of(last) if last else EXAMPLE
    context = {
        "page": page(rows, order=("-number", "id"), cursor=request.GET.get("cursor", "")),
        "rows": weight_rows(weights, request.POST if refusal else None),
        "values": request.POST if refusal else start(last),
        **limits(weights, request.POST if refusal else None),
        "refusal": refusal,
        "may_change": bool(rules.may_work(request.actor)),
    }
    return render(request, "appraisal/versions.html", context, status=422 if refusal else 200)


def start(last: ScoringVersion | None) -> dict[str, object]:
    """What a new version begins from: the latest one, else the shipped example (R-SUP-8)."""
    if last is None:
        return {"title": "", "basis": "", "objection_workdays": 5}
    names = ("title", "basis", "objection_workdays")
    return {name: getattr(last, name) for name in names}


@require_http_methods(["GET", "POST"])
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One version; POST changes it while nothing was published by it."""
    ensure(rules.may_prepare(request.actor))
    rows = ScoringVersion.objects.filter(office_id=request.actor.unit_id)
    version = rows.filter(pk=pk).first()
    if version is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    refusal = None
    if request.method == "POST":
        ensure(rules.may_change(request.actor, version))
        try:
            change_version(version=version, **typed(request), actor=request.actor, at=request.now)
            return redirect("appraisal:version", version.pk)
        except Invalid as found:
            refusal = found
    weights = weights_of(version)
    context = {
        "version": version,
        "rows": weight_rows(weights, request.POST if refusal else None),
        "values": request.POST if refusal else start(version),
        **limits(weights, request.POST if refusal else None),
        "refusal": refusal,
        "may_change": bool(rules.may_change(request.actor, version)),
    }
    return render(request, "appraisal/version.html", context, status=422 if refusal else 200)
