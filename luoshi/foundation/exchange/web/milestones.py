"""Milestones of connection: each region and unit that should be a node, how far it came, whose turn
it is (features row 54)."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refusal
from luoshi.foundation.core.rows.keyset import cut
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.node.planning import plan_connection
from luoshi.foundation.exchange.domain.queries.milestones import (
    counted,
    named_nowhere,
    regions,
    steps,
)
from luoshi.foundation.exchange.enums import Milestone
from luoshi.foundation.exchange.models import ConnectionPlan
from luoshi.foundation.organizations.models import Unit


@require_GET
def milestones(request: OfficeRequest) -> HttpResponse:
    """All of them in the order of the tree (`reached`: one milestone; `late=1`: past their
    date; `all=1`: on one page, for printing)."""
    ensure(rules.may_see_nodes(request.actor))
    found = regions(request.now)
    counts = counted(found)
    chosen, late = request.GET.get("reached", ""), request.GET.get("late") == "1"
    wanted = [one for one in found if not chosen or one.milestone == chosen]
    wanted = [one for one in wanted if one.late] if late else wanted
    size = max(1, len(wanted)) if request.GET.get("all") == "1" else 50
    cursor = request.GET.get("cursor", "")
    context = {
        "page": cut(wanted, key=lambda one: one.key, cursor=cursor, size=size),
        "counts": [(m.value, m.label, counts[m.value]) for m in Milestone],
        "total": len(found),
        "late_count": sum(one.late for one in found),
        "chosen": chosen,
        "late": late,
        "nowhere": named_nowhere(found),
        "may_enter": bool(rules.may_enter_nodes(request.actor)),
    }
    return render(request, "exchange/milestones.html", context)


@require_GET
def other(request: OfficeRequest) -> HttpResponse:
    """Go to the unit of a code, to plan it (S3-107)."""
    ensure(rules.may_enter_nodes(request.actor))
    unit = get_object_or_404(Unit, code=request.GET.get("code", "").strip()[:24], is_active=True)
    return redirect("exchange:milestone", unit.pk)


@require_http_methods(["GET", "POST"])
def milestone(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One of them: its way with who and when, every plan made for it; POST sets the plan."""
    ensure(rules.may_see_nodes(request.actor))
    unit = get_object_or_404(Unit, pk=pk)
    if request.method != "POST":
        return shown(request, unit, None, {})
    try:
        plan_connection(
            unit=unit,
            planned_on=request.POST.get("planned_on", ""),
            in_charge=request.POST.get("in_charge", ""),
            node_code=request.POST.get("node", ""),
            seen=request.POST.get("seen", ""),
            actor=request.actor,
            at=request.now,
        )
    except Refusal as problem:
        if problem.status == 403:
            raise
        return shown(request, unit, problem, request.POST)
    return redirect("exchange:milestone", pk)


def shown(
    request: OfficeRequest, unit: Unit, refusal: Refusal | None, values: Mapping[str, str]
) -> HttpResponse:
    """The page of one, with what was refused; what was typed stays."""
    region = regions(request.now, [unit])[0]
    plan = region.plan
    kept = {
        "planned_on": plan.planned_on.isoformat() if plan and plan.planned_on else "",
        "in_charge": plan.in_charge if plan else "",
        "node": plan.node.code if plan and plan.node else "",
    }
    context = {
        "region": region,
        "steps": steps(region),
        "plans": ConnectionPlan.objects.filter(unit=unit)
        .select_related("node")
        .order_by("-id")[:200],
        "refusal": refusal,
        "values": values or kept,
        "may_enter": bool(rules.may_enter_nodes(request.actor)),
    }
    return render(
        request, "exchange/milestone.html", context, status=refusal.status if refusal else 200
    )
