"""Acts on an instruction: register it, add it to a matter, keep it for information."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.desks.instructions import rules
from luoshi.desks.instructions.domain import filing
from luoshi.desks.instructions.domain.said import limit_said
from luoshi.desks.instructions.models import Instruction
from luoshi.desks.instructions.web.forms import PLANNED, plan_of, shares_of
from luoshi.desks.instructions.web.instructions import address, an_instruction
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import text, typed
from luoshi.supervision.matters.domain.matter.drafting import Plan, columns
from luoshi.supervision.matters.domain.matter.instructing import instruction_adds
from luoshi.supervision.matters.domain.queries.burden import added
from luoshi.supervision.matters.domain.share.assigning import Share
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.domain.queries.settings import settings_of

TITLE = 40


@require_http_methods(["GET", "POST"])
def registration(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One form from the instruction to the assigned matter."""
    row = an_instruction(request, pk)
    ensure(rules.may_file(request.actor, row))
    refusal: Any = None
    if request.method == "POST":
        try:
            plan, shares = plan_of(request.POST), shares_of(request.POST)
            if request.POST.get("act") == "load":
                return registration_page(request, row, load_of(row, plan, shares, request), None)

            def act() -> str:
                made = filing.register(
                    instruction=row,
                    plan=plan,
                    shares=shares,
                    despite=text(request.POST, "despite"),
                    actor=request.actor,
                    at=request.now,
                )
                return reverse("matters:matter", args=[made.pk])

            return act_once(request, "instructions:registration", act)
        except (Invalid, Refused) as found:
            if not isinstance(found, Invalid) and found.code != "plan-missing":
                raise
            refusal = found
    return registration_page(request, row, None, refusal)


def registration_page(
    request: OfficeRequest, row: Instruction, load: dict[str, Any] | None, refusal: Any
) -> HttpResponse:
    """The form with what it would ask of units: of those typed, else of each (B6)."""
    kept = bool(refusal or load)
    context = {
        "row": row,
        "refusal": refusal,
        "values": typed(request.POST, PLANNED) if kept else drafted(row),
        "registers": settings_of(row.office_id).officer_registers,
        "said": limit_said(row),
        "load": load or load_of(row, Plan(title=""), (), request),
    }
    status = 422 if refusal else 200
    return render(request, "instructions/registration.html", context, status=status)


def load_of(
    row: Instruction, plan: Plan, shares: Sequence[Share], request: OfficeRequest
) -> dict[str, Any]:
    """What registering would ask of these units (B6); joint ones give their opinion to the lead."""
    likeness = Matter(office_id=row.office_id, **columns(filing.completed(row, plan, shares)))
    units = [share.unit for share in shares if share.part != Part.JOINT]
    return added(likeness, units, office_date(request.now))


def drafted(row: Instruction) -> dict[str, Any]:
    """What the form offers: the title of what it was written on, or the words' beginning, and the
    limit the words say."""
    title = row.paper_title or (row.on_matter.title if row.on_matter else "")
    words = row.text.split("。")[0].strip()
    values: dict[str, Any] = {"title": title or words[:TITLE], "content": row.text}
    said = limit_said(row)
    if said is not None:
        values |= {"urgent_amount": said.amount, "urgent_unit": said.unit}
        values |= {"urgent_basis": said.basis}
    return values


@require_http_methods(["GET", "POST"])
def link(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Add it to a matter of the office, named by its number. GET shows first what that asks of the
    matter's units (B6)."""
    row = an_instruction(request, pk)
    number = text(request.POST or request.GET, "number").strip()
    rows = Matter.objects.visible_to(request.actor).filter(office_id=row.office_id)
    matter = rows.filter(number=number).first() if number else None
    ensure(rules.may_file(request.actor, row))
    if matter is None:
        why = _("Name an open matter of your own office by its number.")
        raise Invalid(_("Not added."), {"number": [why]}, code="no-such-matter")
    if request.method == "POST":
        filing.link(instruction=row, matter=matter, actor=request.actor, at=request.now)
        return redirect(address(row))
    load = instruction_adds(matter, filing.carried(row), office_date(request.now))
    context = {"row": row, "matter": matter, "load": load, "number": number}
    return render(request, "instructions/link.html", context)


@require_POST
def information(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Keep it without a matter, with the reason."""
    row = an_instruction(request, pk)
    reason = text(request.POST, "reason")
    filing.keep_for_information(instruction=row, reason=reason, actor=request.actor, at=request.now)
    return redirect(address(row))
