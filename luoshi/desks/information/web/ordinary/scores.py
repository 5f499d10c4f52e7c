"""Scores: a month's sheet and its facts, publishing, weights, and the replay (R-INF-6, B22)."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.desks.information import rules
from luoshi.desks.information.domain.queries.scores import (
    a_month,
    facts_seen,
    month_after,
    month_of,
    place,
    sheet_for,
    standings,
    weights_of,
)
from luoshi.desks.information.domain.running.points import as_points, moved, points, sheet
from luoshi.desks.information.domain.running.scoring import (
    digest_of,
    publish_sheet,
    set_weights,
)
from luoshi.desks.information.enums import COUNTED
from luoshi.desks.information.models import ScoreSheet, WeightVersion
from luoshi.desks.information.web.ordinary.forms import weights_typed
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.keyset import cut
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import text

SHOWN, VERSIONS, SIZE = 24, 10, 50


def a_sheet(request: OfficeRequest, pk: UUID) -> ScoreSheet:
    """A sheet of the reader's own office."""
    ensure(rules.may_see_book(request.actor))
    found = ScoreSheet.objects.filter(office_id=request.actor.unit_id, pk=pk).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """A month as it stands now; its sheet where it is published. Who submits finds the own standing
    on the published sheets."""
    if "own" in request.GET or not rules.may_see_book(request.actor):
        return own_standing(request)
    this_month = office_date(request.now).replace(day=1)
    month = a_month(request.GET.get("month", ""), this_month)
    facts, sheets = month_of(request.actor.unit_id, month)
    for known in sheets:
        if known.month == month:
            return redirect("information:sheet", known.pk)
    version, weights = weights_of(request.actor.unit_id)
    context = {
        "month": month,
        "before": month.replace(
            year=month.year - (month.month == 1), month=(month.month - 2) % 12 + 1
        ),
        "after": month_after(month) if month < this_month else None,
        "lines": dressed(sheet(facts, weights)),
        "desk": True,
        **counted(request, facts, weights),
        "version": version,
        "sheets": sheets[:SHOWN],
        "over": month < this_month,
        "may_publish": bool(rules.may_publish_scores(request.actor)),
    }
    return render(request, "information/ordinary/desk/scores.html", context)


def own_standing(request: OfficeRequest) -> HttpResponse:
    """The reader's points and ranks, month by month."""
    ensure(rules.may_see_items(request.actor))
    rows = standings(request.actor, SHOWN)
    dressed([one["line"] for one in rows])
    return render(request, "information/ordinary/desk/standing.html", {"rows": rows})


def dressed(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines with their points as they are read."""
    for line in lines:
        line["shown"] = as_points(line["points"])
        line["code"] = line["who"].split(":", 1)[1]
    return lines


def counted(request: OfficeRequest, facts: list[dict[str, Any]], weights: Any) -> dict[str, Any]:
    """One page of the facts that gave points; who reads an office's book opens all its items."""
    found = [fact for fact in facts if fact["what"] != "submitted"]
    page = cut(found, key=place, cursor=request.GET.get("cursor", "")[:400], size=SIZE)
    page.rows[:] = [
        fact | {"shown": as_points(points(fact, weights)), "label": COUNTED[fact["what"]]}
        for fact in page.rows
    ]
    return {"page": page, "number": len(found)}


@require_POST
def publishing(request: OfficeRequest) -> HttpResponse:
    """Freeze a month."""
    ensure(rules.may_publish_scores(request.actor))
    month = a_month(request.POST.get("month", ""), office_date(request.now).replace(day=1))

    def act() -> str:
        made = publish_sheet(month=month, actor=request.actor, at=request.now)
        return reverse("information:sheet", args=[made.pk])

    return act_once(request, "information:publishing", act)


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A published sheet with what it counted; who submits reads the ranking and what was counted of
    the own items."""
    row, names = sheet_for(request.actor, pk)
    facts = row.facts if names is None else facts_seen(row, request.actor, names)
    again = sheet(row.facts, row.weights)
    context = {
        "row": row,
        "same": again == row.lines and digest_of(row) == row.digest,
        "lines": dressed([dict(line) for line in row.lines]),
        "desk": names is None,
        "names": names,
        **counted(request, facts, row.weights),
    }
    return render(request, "information/ordinary/desk/sheet.html", context)


@require_safe
def replay(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The same facts with other weights: who moves, and why."""
    row, refusal, weights = a_sheet(request, pk), None, None
    try:
        weights = weights_typed(request.GET, row.weights)
    except Invalid as found:
        refusal = found
    lines = moved(row.facts, row.weights, weights or row.weights)
    for line in dressed(lines):
        line["old_shown"] = as_points(line["old_points"])
        line["whys"] = [
            (COUNTED[name], as_points(change), change > 0) for name, change in line["why"]
        ]
    context = {
        "row": row,
        "lines": lines,
        "fields": fields(request.GET, weights or row.weights, refusal),
        "changed": sum(1 for line in lines if line["moved"] or line["why"]),
        "same": (weights or row.weights) == row.weights,
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render(request, "information/ordinary/desk/replay.html", context, status=status)


def fields(given: Any, weights: Any, refusal: Any) -> list[dict[str, Any]]:
    """The weights as inputs."""
    errors = refusal.errors if refusal else {}
    return [
        {
            "name": name,
            "label": COUNTED[name],
            "value": given.get(name, "") if name in errors else weights[name],
            "errors": errors.get(name, ()),
        }
        for name in weights
    ]


@require_http_methods(["GET", "POST"])
def weights(request: OfficeRequest) -> HttpResponse:
    """The weights in force and their versions; a new version."""
    ensure(rules.may_see_book(request.actor))
    version, known = weights_of(request.actor.unit_id)
    refusal = None
    if request.method == "POST":
        ensure(rules.may_set_weights(request.actor))
        try:
            typed_ = weights_typed(request.POST, known)
            basis = text(request.POST, "basis")
            set_weights(weights=typed_, basis=basis, actor=request.actor, at=request.now)
            return redirect("information:weights")
        except Invalid as found:
            refusal = found
    rows = WeightVersion.objects.filter(office_id=request.actor.unit_id).order_by("-version")
    context = {
        "fields": fields(request.POST, known, refusal),
        "version": version,
        "versions": rows[:VERSIONS],
        "may_set": bool(rules.may_set_weights(request.actor)),
        "refusal": refusal,
        "values": request.POST if refusal else {},
    }
    status = 422 if refusal else 200
    return render(request, "information/ordinary/desk/weights.html", context, status=status)
