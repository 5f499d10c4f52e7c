"""The office's limits by level and grade, and its line of reporting."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.desks.information import rules
from luoshi.desks.information.domain.queries.clock import hour_of, limits_of
from luoshi.desks.information.domain.queries.lines import above
from luoshi.desks.information.domain.urgent.limiting import (
    NOT_CHANGED,
    checked,
    end_line,
    set_limits,
    set_line,
)
from luoshi.desks.information.enums import LADDER, Grade, Leg
from luoshi.desks.information.models import LimitVersion, ReportLine
from luoshi.desks.information.web.forms import a_unit
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import Fields, text, whole
from luoshi.foundation.organizations.enums import Level
from luoshi.foundation.organizations.models import Unit

LEVELS = (Level.TOWNSHIP, Level.COUNTY, Level.CITY)
MOST = 10


@require_http_methods(["GET", "POST"])
def show(request: OfficeRequest) -> HttpResponse:
    """The limits in force and their versions; a new version."""
    ensure(rules.may_see_events(request.actor))
    if request.method != "POST":
        return shown(request, None)
    try:
        given = typed_limits(request)
        set_limits(**given, actor=request.actor, at=request.now)
    except Invalid as refusal:
        return shown(request, refusal)
    return redirect("information:limits")


def shown(request: OfficeRequest, refusal: Invalid | None) -> HttpResponse:
    """The page, with what was refused."""
    office = Unit.objects.get(pk=request.actor.unit_id)
    limits, errors = limits_of(office.pk), refusal.errors if refusal else {}
    to, direct = above(office)
    versions = LimitVersion.objects.filter(office=office).order_by("-version")[:MOST]
    context = {
        "table": [
            {
                "level": level.label,
                "grade": Grade(grade).label if grade else "",
                "cells": [cell(request, limits, level, grade, leg, errors) for leg in LADDER],
            }
            for level in LEVELS
            for grade in Grade.values
        ],
        "legs": [leg.label for leg in LADDER],
        "versions": versions,
        "to": to,
        "direct": direct,
        "line": ReportLine.objects.filter(office=office, ended_at=None).first(),
        "may_set": bool(rules.may_set_limits(request.actor)),
        "refusal": refusal,
        "values": {"daily_hour": hour_of(office.pk)} | request.POST.dict(),
    }
    status = 422 if refusal else 200
    return render(request, "information/urgent/limits.html", context, status=status)


def cell(
    request: OfficeRequest, limits: Any, level: str, grade: str, leg: Leg, errors: Any
) -> dict[str, Any]:
    """One input of the table."""
    name = f"{level}-{grade}-{leg.value}"
    minutes = limits.get(level, {}).get(grade, {}).get(leg.value, "")
    return {
        "name": name,
        "leg": leg.label,
        "label": f"{Level(level).label} {Grade(grade).label} {leg.label}",
        "value": request.POST.get(name, "") if "reason" in request.POST else minutes,
        "errors": errors.get(name, ()),
    }


def typed_limits(request: OfficeRequest) -> dict[str, Any]:
    """The table as typed, the hour, the reason; an empty cell sets no limit, an empty row takes the
    row without grade."""
    limits: dict[str, dict[str, dict[str, int]]] = {}
    fields = Fields()
    for level in LEVELS:
        for grade in Grade.values:
            row: dict[str, int] = {}
            for leg in LADDER:
                name = f"{level.value}-{grade}-{leg.value}"
                if typed := text(request.POST, name).strip():
                    minutes = fields.read(whole, typed, name)
                    row |= {} if minutes is None else {leg.value: minutes}
            if row:
                limits.setdefault(level.value, {})[grade] = row
    hour = text(request.POST, "daily_hour").strip()
    given: dict[str, Any] = {
        "limits": limits,
        "daily_hour": fields.read(whole, hour, "daily_hour") if hour else None,
        "reason": text(request.POST, "reason"),
    }
    own = Unit.objects.get(pk=request.actor.unit_id).level
    fields.refuse(NOT_CHANGED, lambda: checked(**given, level=own))
    return given


@require_POST
def line(request: OfficeRequest) -> HttpResponse:
    """Set the line of reporting, or end it."""
    ensure(rules.may_set_limits(request.actor))
    actor, at = request.actor, request.now
    if "end" in request.POST:
        known = ReportLine.objects.filter(office_id=actor.unit_id, ended_at=None).first()
        if known is not None:
            end_line(line=known, actor=actor, at=at)
        return redirect("information:limits")
    try:
        named = text(request.POST, "to").strip()
        set_line(
            to=a_unit(named, "to") if named else None,
            direct=bool(request.POST.get("direct")),
            trial=bool(request.POST.get("trial")),
            basis=text(request.POST, "basis"),
            actor=actor,
            at=at,
        )
    except Invalid as refusal:
        return shown(request, refusal)
    return redirect("information:limits")
