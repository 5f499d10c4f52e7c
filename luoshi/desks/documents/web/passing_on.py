"""Passing a document on, by hand and by standing order."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.desks.documents import rules
from luoshi.desks.documents.domain.ordering import end_order, set_order
from luoshi.desks.documents.domain.passing_on import pass_on
from luoshi.desks.documents.domain.queries.orders import nodes_to_order, orders_of
from luoshi.desks.documents.models import StandingOrder
from luoshi.desks.documents.web.arrivals import an_arrival, shown
from luoshi.desks.documents.web.dispatches import named_units
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible, Refused
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.exchange.domain.dispatch.dispatching import Cover
from luoshi.foundation.exchange.models import Node


def said(request: OfficeRequest, name: str) -> str:
    """A typed value."""
    return request.POST.get(name, "").replace("\x00", "").strip()


@require_POST
def passing_on(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Pass a document on with a covering note."""
    row = an_arrival(request, pk)
    ensure(rules.may_pass_on(request.actor, row))
    title, number, words = (said(request, name) for name in ("title", "number", "words"))
    cover = Cover(title, number, row.urgency, words)

    def act() -> str:
        units = named_units(said(request, "units"))
        made = pass_on(arrival=row, cover=cover, units=units, actor=request.actor, at=request.now)
        return reverse("documents:board", args=[made.pk])

    try:
        return act_once(request, "documents:passing-on", act)
    except (Invalid, Refused) as refused:
        return shown(request, row, refused, passing=True)


@require_http_methods(["GET", "POST"])
def orders(request: OfficeRequest) -> HttpResponse:
    """The unit's standing orders; a new one."""
    ensure(rules.may_order(request.actor))
    if request.method != "POST":
        return listed(request, None)
    try:
        ordered(request)
    except (Invalid, Refused) as refused:
        return listed(request, refused)
    return redirect("documents:orders")


def ordered(request: OfficeRequest) -> StandingOrder:
    """Set what the form says."""
    node = Node.objects.filter(code=said(request, "node")).first()
    if node is None:
        text = _("Choose one of the listed values.")
        raise Invalid(_("Not ordered: something is missing."), {"node": [text]})
    return set_order(
        node=node,
        units=named_units(said(request, "units")),
        words=said(request, "words"),
        actor=request.actor,
        at=request.now,
    )


def listed(request: OfficeRequest, problem: Invalid | Refused | None) -> HttpResponse:
    """The page, with what was refused."""
    rows = orders_of(request.actor)
    found = page(rows, order=("-set_at", "id"), cursor=request.GET.get("cursor", ""))
    context = {
        "page": found,
        "nodes": [(node.code, str(node)) for node in nodes_to_order(request.actor)],
        "refusal": problem,
        "values": request.POST if problem else {},
    }
    status = problem.status if problem else 200
    return render(request, "documents/orders.html", context, status=status)


@require_POST
def ending(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """End an order."""
    ensure(rules.may_order(request.actor))
    row = StandingOrder.objects.filter(pk=pk, unit_id=request.actor.unit_id).first()
    if row is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    end_order(order=row, reason=said(request, "reason"), actor=request.actor, at=request.now)
    return redirect("documents:orders")
