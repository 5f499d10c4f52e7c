"""Acts on an inspection and on the plan of the year; each leads back to its page."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.foundation.typesetting.rendering import render as typeset
from luoshi.supervision.inspections.domain import (
    concluding,
    ending,
    frequency,
    planning,
    receiving,
    reviewing,
    starting,
)
from luoshi.supervision.inspections.domain.papers import letter_of
from luoshi.supervision.inspections.enums import SENT_OUT
from luoshi.supervision.inspections.models import Inspection, InspectionObject, InspectionPlan
from luoshi.supervision.inspections.web.forms import word
from luoshi.supervision.inspections.web.inspections import address, an_inspection
from luoshi.supervision.matters.web.forms import ids_of


def absent() -> NotVisible:
    """Nothing of that kind within the reader's sight."""
    return NotVisible(_("Not found, or outside your scope."), code="not-visible")


@require_POST
def plan(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """File, approve or return the plan of a year."""
    ensure(may_see_business(request.actor))
    rows = InspectionPlan.objects.filter(office_id=request.actor.unit_id, pk=pk)
    found = rows.first()
    if found is None:
        raise absent()
    act, remark = word(request.POST, "act"), word(request.POST, "remark")
    if act == "approve":
        planning.approve_plan(plan=found, remark=remark, actor=request.actor, at=request.now)
    elif act == "return":
        planning.return_plan(plan=found, remark=remark, actor=request.actor, at=request.now)
    else:
        planning.file_plan(plan=found, actor=request.actor, at=request.now)
    return redirect(f"{reverse('inspections:inspections')}?year={found.year}")


@require_POST
def exception(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A second person lets the inspection pass the limits, with the reason."""
    row = an_inspection(request, pk)
    reason = word(request.POST, "reason")
    frequency.grant_exception(inspection=row, reason=reason, actor=request.actor, at=request.now)
    return redirect(address(row))


@require_POST
def start(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Start."""
    row = an_inspection(request, pk)
    starting.start(inspection=row, actor=request.actor, at=request.now)
    return redirect(address(row))


@require_POST
def conclusion(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Send the conclusion."""
    row = an_inspection(request, pk)

    def act() -> str:
        concluding.conclude(
            inspection=row,
            text=word(request.POST, "text"),
            requirements=word(request.POST, "requirements"),
            actor=request.actor,
            at=request.now,
        )
        return address(row)

    return act_once(request, "inspections:conclusion", act)


@require_safe
def pdf(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The conclusion as PDF; a unit gets the paper addressed to itself."""
    row = an_inspection(request, pk)
    if row.state not in SENT_OUT:
        raise absent()
    unit = None
    if request.actor.role in HANDLING_ROLES:
        unit = own_object(request, row).unit
    paper = letter_of(row.conclusion, unit)
    response = HttpResponse(
        typeset(paper, site_fonts=settings.FONTS), content_type="application/pdf"
    )
    response["Content-Disposition"] = 'attachment; filename="conclusion.pdf"'
    return response


def own_object(request: OfficeRequest, row: Inspection) -> InspectionObject:
    """The reader's own unit among the objects."""
    rows = row.objects_inspected.select_related("inspection", "unit")
    found = rows.filter(unit=request.actor.unit_id).first()
    if found is None:
        raise absent()
    return found


@require_POST
def receipt(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The unit signs for the conclusion."""
    row = an_inspection(request, pk)
    receiving.receive(row=own_object(request, row), actor=request.actor, at=request.now)
    return redirect(address(row))


@require_POST
def review(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The unit asks for review of the conclusion."""
    row = an_inspection(request, pk)
    mine, reason = own_object(request, row), word(request.POST, "reason")
    reviewing.ask_review(row=mine, reason=reason, actor=request.actor, at=request.now)
    return redirect(address(row))


@require_POST
def decision(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Decide on a review."""
    row = an_inspection(request, pk)
    ids = ids_of(request.POST.getlist("review"))
    found = row.reviews.select_related("inspection__conclusion", "unit").filter(pk__in=ids).first()
    if found is None:
        raise absent()
    reviewing.decide_review(
        review=found,
        verdict=word(request.POST, "verdict"),
        decision=word(request.POST, "decision"),
        withdrawn=ids_of(request.POST.getlist("withdrawn")),
        actor=request.actor,
        at=request.now,
    )
    return redirect(address(row))


@require_POST
def closure(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Close."""
    row = an_inspection(request, pk)
    remark = word(request.POST, "remark")
    ending.close(inspection=row, remark=remark, actor=request.actor, at=request.now)
    return redirect(address(row))


@require_POST
def calling_off(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Call off."""
    row = an_inspection(request, pk)
    reason = word(request.POST, "reason")
    ending.call_off(inspection=row, reason=reason, actor=request.actor, at=request.now)
    return redirect(address(row))
