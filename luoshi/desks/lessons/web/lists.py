"""The lists behind the numbers: training rows, grammar cases, names, expressions."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from luoshi.desks.lessons import rules
from luoshi.desks.lessons.domain.queries import listing
from luoshi.desks.lessons.domain.queries.learning import learned_from
from luoshi.desks.lessons.enums import Decision, ExpressionState, NameState
from luoshi.desks.lessons.models import GateVersion, GrammarCase, LearnedName, TrainingRow
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest

NEWEST = ("-decided_at", "id")


def shown(
    request: OfficeRequest, template: str, kind: str, found: Any, **more: Any
) -> HttpResponse:
    """One list with the tabs of all."""
    counts = listing.counts(request.actor.unit_id)
    context = {"counts": counts, "kind": kind, "page": found, **more}
    return render(request, template, context)


def narrowed(request: OfficeRequest, rows: Any, field: str, values: list[str]) -> tuple[Any, str]:
    """The rows of one value of the address, or all."""
    wanted = request.GET.get(field, "")
    if wanted not in values:
        return rows, ""
    return rows.filter(**{field: wanted}), wanted


@require_safe
def rows(request: OfficeRequest) -> HttpResponse:
    """Decided sentences, newest first."""
    ensure(rules.may_see(request.actor))
    found = TrainingRow.objects.filter(office_id=request.actor.unit_id)
    found = found.select_related("inherited_from")
    found, wanted = narrowed(request, found, "decision", Decision.values)
    found = learned_by(request, found)
    cut = page(found, order=NEWEST, cursor=request.GET.get("cursor", ""))
    return shown(request, "lessons/rows.html", "rows", cut, wanted=wanted, choices=Decision.choices)


def learned_by(request: OfficeRequest, rows: Any) -> Any:
    """The rows a version learned from, or the newest fifth it was measured on."""
    number = request.GET.get("version", "")
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        return rows
    office = request.actor.unit_id
    version = GateVersion.objects.filter(office_id=office, number=int(number)).first()
    if version is None:
        return rows.none()
    rows = rows.filter(pk__in=learned_from(version).values("pk"))
    if "newest" in request.GET:
        newest = rows.order_by("-decided_at", "-pk").values("pk")[: version.newest]
        return rows.filter(pk__in=[row["pk"] for row in newest])
    return rows


@require_safe
def cases(request: OfficeRequest) -> HttpResponse:
    """Limits the officer wrote otherwise than they were read."""
    ensure(rules.may_see(request.actor))
    found = GrammarCase.objects.filter(office_id=request.actor.unit_id)
    found = found.select_related("inherited_from")
    cut = page(found, order=NEWEST, cursor=request.GET.get("cursor", ""), size=30)
    for row in cut.rows:
        row.told = listing.case_words(row, get_language() or "zh")
    return shown(request, "lessons/cases.html", "cases", cut)


@require_safe
def names(request: OfficeRequest) -> HttpResponse:
    """Names without a unit, to link once."""
    ensure(rules.may_see(request.actor))
    found = LearnedName.objects.filter(office_id=request.actor.unit_id).select_related(
        "unit", "suggested", "inherited_from"
    )
    found, wanted = narrowed(request, found, "state", NameState.values)
    cut = page(found, order=("-seen_at", "id"), cursor=request.GET.get("cursor", ""), size=30)
    units = listing.unit_names()
    for row in cut.rows:
        if row.state == NameState.OFFERED:
            first = [row.suggested.short_name] if row.suggested else []
            row.alike = list(dict.fromkeys(first + listing.alike(row.name, units)))
    more = {"wanted": wanted, "choices": NameState.choices, "units": units}
    return shown(request, "lessons/names.html", "names", cut, **more)


@require_safe
def expressions(request: OfficeRequest) -> HttpResponse:
    """Expressions that were not understood, newest first."""
    ensure(rules.may_see(request.actor))
    found = listing.expressions(request.actor.unit_id)
    found, wanted = narrowed(request, found, "state", ExpressionState.values)
    cut = page(found, order=("-seen_at", "id"), cursor=request.GET.get("cursor", ""), size=30)
    more = {"wanted": wanted, "choices": ExpressionState.choices}
    return shown(request, "lessons/expressions.html", "expressions", cut, **more)
