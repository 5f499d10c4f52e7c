"""Pages of inspections: the year's plan, a new one, one inspection, its group, its findings."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import uploads
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.domain import finding, frequency, preparing
from luoshi.supervision.inspections.domain.queries.people import people_of
from luoshi.supervision.inspections.enums import (
    Category,
    FindingKind,
    InspectionKind,
    InspectionState,
    Method,
    Part,
    Standing,
)
from luoshi.supervision.inspections.models import Inspection, InspectionPlan
from luoshi.supervision.inspections.web.forms import (
    found_of,
    kept,
    members_of,
    outline_of,
    typed,
    word,
)
from luoshi.supervision.inspections.web.showing import inspection_context
from luoshi.supervision.matters.domain.queries.fetching import visible


def address(row: Inspection) -> str:
    """The inspection's page."""
    return reverse("inspections:inspection", args=[row.pk])


def an_inspection(request: OfficeRequest, pk: UUID) -> Inspection:
    """The inspection in the reader's sight."""
    rows = Inspection.objects.select_related("plan", "office", "department", "conclusion")
    row: Inspection = visible(rows, request.actor, pk)
    return row


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """The inspections in sight, the latest first, and the plan of one year with its warnings."""
    ensure(may_see_business(request.actor))
    raw, this_year = request.GET.get("year", ""), office_date(request.now).year
    year = int(raw) if raw.isascii() and raw.isdigit() and len(raw) == 4 else this_year
    rows = Inspection.objects.visible_to(request.actor).filter(starts_on__year=year)
    rows = rows.select_related("office", "department").prefetch_related("objects_inspected__unit")
    found = page(rows, order=("-starts_on", "id"), cursor=request.GET.get("cursor", ""), size=30)
    plan = InspectionPlan.objects.filter(office_id=request.actor.unit_id, year=year).first()
    may_plan = bool(rules.may_plan(request.actor))
    planned = [r for r in found.rows if may_plan and r.state == InspectionState.PLANNED]
    warnings = frequency.unexcused_of(planned)
    for row in found.rows:
        row.warnings = warnings.get(row.pk, [])
    context = {
        "page": found,
        "year": year,
        "years": (this_year - 1, this_year, this_year + 1),
        "plan": plan if may_plan else None,
        "may_plan": may_plan,
        "may_file": plan and bool(rules.may_file_plan(request.actor, plan)),
        "may_approve": plan and bool(rules.may_approve_plan(request.actor, plan)),
    }
    return render(request, "inspections/inspections.html", context)


@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Put an inspection into the plan."""
    ensure(rules.may_plan(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            given = outline_of(request.POST)

            def act() -> str:
                made = preparing.draft_inspection(
                    outline=given, actor=request.actor, at=request.now
                )
                return address(made)

            return act_once(request, "inspections:new", act)
        except Invalid as wrong:
            refusal = wrong
    return form(request, {"refusal": refusal, "values": typed(request.POST)})


def form(request: OfficeRequest, context: dict[str, Any]) -> HttpResponse:
    """The form of an inspection."""
    choices = {"kinds": InspectionKind.choices, "methods": Method.choices}
    status = 422 if context["refusal"] else 200
    return render(request, "inspections/outline.html", context | choices, status=status)


@require_http_methods(["GET", "POST"])
def outline(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Change a planned inspection."""
    row = an_inspection(request, pk)
    ensure(rules.may_change(request.actor, row))
    refusal = None
    if request.method == "POST":
        try:
            raw = word(request.POST, "revision")
            preparing.change_inspection(
                inspection=row,
                outline=outline_of(request.POST),
                revision=int(raw) if raw.isascii() and raw.isdigit() else -1,
                actor=request.actor,
                at=request.now,
            )
            return redirect(address(row))
        except Invalid as wrong:
            refusal = wrong
    values = typed(request.POST) if refusal else kept(row)
    return form(request, {"refusal": refusal, "values": values, "inspection": row})


@require_http_methods(["GET", "POST"])
def group(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Name the group; names of the office's own people are linked to their accounts."""
    row = an_inspection(request, pk)
    ensure(rules.may_change(request.actor, row))
    people = people_of(row.office_id, office_date(request.now))
    refusal = None
    if request.method == "POST":
        try:
            members = members_of(request.POST, people)
            preparing.set_group(
                inspection=row, members=members, actor=request.actor, at=request.now
            )
            return redirect(address(row))
        except Invalid as wrong:
            refusal = wrong
    shown: list[Any] = list(members_of(request.POST, people) if refusal else row.group.all())
    blank = {"name": "", "title": "", "part": "member", "standing": "staff"}
    context = {
        "inspection": row,
        "rows": [*shown, *[blank] * max(1, 3 - len(shown))],
        "people": sorted(people),
        "parts": Part.choices,
        "standings": Standing.choices,
        "refusal": refusal,
    }
    return render(request, "inspections/group.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "POST"])
def findings(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Record a finding on site."""
    row = an_inspection(request, pk)
    ensure(rules.may_record(request.actor, row))
    refusal = None
    if request.method == "POST":
        try:
            found = replace(found_of(request.POST), files=uploads(request))

            def act() -> str:
                finding.record_finding(
                    inspection=row, found=found, actor=request.actor, at=request.now
                )
                return address(row)

            return act_once(request, "inspections:findings", act)
        except Invalid as wrong:
            refusal = wrong
    names = ("unit", "kind", "facts", "method", "category", "requirement", "limit_on")
    units = [str(one.unit) for one in row.objects_inspected.select_related("unit")]
    known = dict(Method.choices)
    context = {
        "inspection": row,
        "values": {name: word(request.POST, name) for name in names},
        "units": [(name, name) for name in units],
        "kinds": FindingKind.choices,
        "methods": [(key, known[key]) for key in row.methods],
        "categories": [("", "—"), *Category.choices],
        "refusal": refusal,
    }
    return render(request, "inspections/finding.html", context, status=422 if refusal else 200)


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One inspection: plan, group, findings, conclusion, problems, reviews, what may be done."""
    row = an_inspection(request, pk)
    return render(request, "inspections/inspection.html", inspection_context(request, row))
