"""The overview: weights in use, figures, what was learned; retrain and roll back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.desks.lessons import rules
from luoshi.desks.lessons.domain.choosing import choose
from luoshi.desks.lessons.domain.model.resting import health, local_model, resting
from luoshi.desks.lessons.domain.queries import listing
from luoshi.desks.lessons.domain.retraining import LEAST, STEPS, ask_to_retrain
from luoshi.desks.lessons.models import GateVersion
from luoshi.desks.lessons.tasks import retrain
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.reading.gate.weights import shipped


@require_safe
def overview(request: OfficeRequest) -> HttpResponse:
    """What the office taught the reading, and how the weights do."""
    ensure(rules.may_see(request.actor))
    office = request.actor.unit_id
    rows = listing.versions(office)
    used = next((row for row in rows if row.active), None)
    counts = listing.counts(office)
    context = {
        "counts": counts,
        "used": used,
        "figures": listing.figures(used) if used else [],
        "versions": [{"row": row, "figures": listing.figures(row)} for row in rows],
        "running": listing.unfinished(office),
        "steps": STEPS,
        "least": LEAST,
        "missing": max(0, LEAST - counts["rows"]["all"]),
        "shipped": shipped().version,
        **model_state(request),
    }
    return render(request, "lessons/overview.html", context)


def model_state(request: OfficeRequest) -> dict[str, Any]:
    """How the local model is: off, in order, or resting after failures."""
    model = local_model()
    return {
        "model": model.name or model.where.authority if model else "",
        "health": health(),
        "resting": bool(model) and resting(request.now),
        "consultations": listing.last_consultations(request.actor.unit_id),
    }


@require_POST
def training(request: OfficeRequest) -> HttpResponse:
    """Ask for new weights; the worker trains."""
    ask_to_retrain(office_id=request.actor.unit_id, actor=request.actor, at=request.now)
    retrain.defer()
    return redirect("lessons:overview")


@require_POST
def use(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Use another kept version."""
    ensure(rules.may_see(request.actor))
    row = GateVersion.objects.filter(office_id=request.actor.unit_id, pk=pk).first()
    if row is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    row = choose(version=row, actor=request.actor, at=request.now)
    words = _("Version %(n)d is in use for the next reading.") % {"n": row.number}
    messages.success(request, words)
    return redirect("lessons:overview")
