"""The office's nudges: lists, exceptions asked and decided, slips as PDF."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.rows.counting import bounded_counts
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_path
from luoshi.foundation.typesetting.rendering import render as typeset
from luoshi.supervision.chasing import rules
from luoshi.supervision.chasing.domain.excepting import (
    ask_exception,
    grant_exception,
    refuse_exception,
)
from luoshi.supervision.chasing.domain.queries.charges import tell_whom
from luoshi.supervision.chasing.domain.queries.nudges import LISTINGS
from luoshi.supervision.chasing.domain.queries.papers import slip_of
from luoshi.supervision.chasing.models import ColourSlip, NudgeException, Urge
from luoshi.supervision.chasing.web.matter import address
from luoshi.supervision.matters.models import Assignment


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """One list of the office's nudges; `show` chooses it, `batch` those of one bulk act."""
    actor = request.actor
    ensure(rules.may_see_nudges(actor))
    office = actor.unit_id or UUID(int=0)
    key = request.GET.get("show", "held")
    key = key if key in LISTINGS else "held"
    listing = LISTINGS[key]
    rows = listing.rows(office)
    batch = a_batch(request.GET.get("batch", ""))
    if batch and key in {"held", "sent"}:
        rows = rows.filter(batch=batch)
    found = page(rows, order=listing.order, cursor=request.GET.get("cursor", ""))
    if key in {"escalations", "budget"}:
        tell_whom(found.rows, office)
    counted = bounded_counts({name: one.rows(office).order_by() for name, one in LISTINGS.items()})
    tabs = [
        {"key": name, "label": one.label, "n": counted[name], "current": name == key}
        for name, one in LISTINGS.items()
    ]
    context = {
        "page": found,
        "show": key,
        "title": listing.label,
        "tabs": tabs,
        "batch": batch,
        "may_decide": rules.decides(actor, office),
        "may_set": bool(rules.may_set_ladder(actor, office)),
    }
    return render(request, "chasing/nudges.html", context)


def a_batch(raw: str) -> UUID | None:
    """The bulk act whose rows are asked for."""
    try:
        return UUID(raw)
    except ValueError:
        return None


def an_urge(request: OfficeRequest, pk: UUID) -> Urge:
    """A nudge of a share in the reader's sight."""
    shares = Assignment.objects.visible_to(request.actor)
    rows = Urge.objects.filter(pk=pk, assignment__in=shares)
    found = rows.select_related("assignment__matter__office", "assignment__unit").first()
    if found is None:
        raise not_visible()
    return found


def not_visible() -> NotVisible:
    """Outside the reader's sight, or not there."""
    return NotVisible(
        _("Not found, or outside your scope."),
        _("If you need it, contact the supervision office."),
        code="not-visible",
    )


@require_POST
def exception(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Ask for the one exception of a held nudge."""
    found = an_urge(request, pk)
    reason = request.POST.get("reason", "").replace("\x00", "")
    ask_exception(urge=found, reason=reason, actor=request.actor, at=request.now)
    return back(request, found)


@require_POST
def decision(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Grant or refuse, as second person."""
    rows = NudgeException.objects.select_related("urge__assignment__matter__office")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise not_visible()
    shown = an_urge(request, found.urge_id)
    if request.POST.get("verdict") == "granted":
        grant_exception(exception=found, actor=request.actor, at=request.now)
    else:
        remark = request.POST.get("remark", "").replace("\x00", "")
        refuse_exception(exception=found, remark=remark, actor=request.actor, at=request.now)
    return back(request, shown)


def back(request: OfficeRequest, urge: Urge) -> HttpResponse:
    """To where the form stood: the list, else the matter's nudges."""
    return redirect(a_path(request.POST.get("back", ""), address(urge.assignment.matter_id)))


@require_safe
def slip(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A slip as PDF, for the office and the unit it went to."""
    shares: Any = Assignment.objects.visible_to(request.actor)
    rows = ColourSlip.objects.filter(pk=pk, urge__assignment__in=shares)
    found = rows.select_related(
        "office", "duty", "former", "urge__assignment__matter", "urge__assignment__unit"
    ).first()
    if found is None:
        raise not_visible()
    body = typeset(slip_of(found), site_fonts=settings.FONTS)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="slip-{found.serial}.pdf"'
    return response
