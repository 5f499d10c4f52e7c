"""Nodes: the list and one node's page; the system administrator enters, the security administrator
accepts."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.node.accepting import accept_node
from luoshi.foundation.exchange.domain.node.entering import (
    NEIGHBOURS,
    answer_card,
    card_for,
    invite,
    serve_units,
    take_card,
)
from luoshi.foundation.exchange.domain.node.suspending import resume_node, suspend_node
from luoshi.foundation.exchange.domain.queries.health import with_mail
from luoshi.foundation.exchange.domain.queries.hops import Hops, hops
from luoshi.foundation.exchange.domain.queries.neighbours import find_own, units_of
from luoshi.foundation.exchange.enums import PAST_A_LEVEL, NodeState, Relation
from luoshi.foundation.exchange.identity.cards import LARGEST
from luoshi.foundation.exchange.models import Node

LEG_NAMES = {
    "waiting": _("Written → handed to the server"),
    "there": _("Handed over → taken in there"),
    "back": _("Taken in there → verdict here"),
    "whole": _("Written → verdict here"),
}
CHOICES = [(relation.value, relation.label) for relation in NEIGHBOURS]


@require_http_methods(["GET", "POST"])
def nodes(request: OfficeRequest) -> HttpResponse:
    """This node and its neighbours; enter one, by inviting it or by its card."""
    ensure(rules.may_see_nodes(request.actor))
    refusal, spoken = None, ""
    if request.method == "POST":
        ensure(rules.may_enter_nodes(request.actor))
        try:
            spoken = entered(request)
        except Invalid as found:
            refusal = found
    own = find_own()
    context = {
        "own": own,
        "own_keys": own.keys.all() if own else [],
        "nodes": with_mail(request.now),
        "relations": [(value, str(label)) for value, label in CHOICES],
        "spoken": spoken,
        "refusal": refusal,
        "values": request.POST if refusal else {},
        "may_enter": bool(rules.may_enter_nodes(request.actor)),
    }
    return render(request, "exchange/nodes.html", context, status=422 if refusal else 200)


def uploaded(request: OfficeRequest) -> bytes:
    """The card in the form, at most one byte more than a card may have."""
    found: Any = request.FILES.get("card")
    return bytes(found.read(LARGEST + 1)) if found is not None else b""


def entered(request: OfficeRequest) -> str:
    """Enter what the form says; the code to speak when this side invited."""
    values = {key: request.POST.get(key, "").strip() for key in ("code", "name", "relation")}
    file = uploaded(request)
    if file:
        take_card(
            file=file,
            spoken=request.POST.get("spoken", "")[:60],
            relation=values["relation"],
            actor=request.actor,
            at=request.now,
        )
        return ""
    _node, spoken = invite(**values, actor=request.actor, at=request.now)
    return spoken


@require_http_methods(["GET", "POST"])
def node(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One node with its keys; POST takes the card it sent back."""
    ensure(rules.may_see_nodes(request.actor))
    found = get_object_or_404(with_mail(request.now), pk=pk)
    refusal = None
    if request.method == "POST":
        try:
            answer_card(node=found, file=uploaded(request), actor=request.actor, at=request.now)
            return redirect("exchange:node", pk)
        except Invalid as problem:
            refusal = problem
    return shown(request, found, refusal)


def shown(request: OfficeRequest, found: Node, refusal: Invalid | None) -> HttpResponse:
    """The page of a node, with what was refused."""
    legs = hops(request.now, [found.pk]).get(found.pk, Hops())
    context = {
        "node": found,
        "groups": [found.fingerprint[n : n + 4] for n in range(0, len(found.fingerprint), 4)],
        "keys": found.keys.all(),
        "units": units_of(found),
        "refusal": refusal,
        "values": request.POST if refusal else {},
        "may_enter": bool(rules.may_enter_nodes(request.actor)),
        "may_accept": bool(rules.accepting(request.actor)),
        "own": found.relation == Relation.OWN,
        "invited": bool(found.one_time_code),
        "direct": found.relation in PAST_A_LEVEL,
        "answered": legs.answered,
        "legs": [(LEG_NAMES[leg.name], leg) for leg in legs.legs],
        "active": found.state == NodeState.ACTIVE,
        "matched": found.state == NodeState.MATCHED,
        "suspended": found.state == NodeState.SUSPENDED,
    }
    return render(request, "exchange/node.html", context, status=422 if refusal else 200)


@require_GET
def card(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Our card for this node, as a file."""
    ensure(rules.may_enter_nodes(request.actor))
    found = get_object_or_404(with_mail(request.now), pk=pk)
    answer = HttpResponse(card_for(found, at=request.now), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="card-for-{found.code}.json"'
    return answer


@require_POST
def units(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Say which units live on this node: their codes, one a line."""
    found = get_object_or_404(with_mail(request.now), pk=pk)
    codes = request.POST.get("units", "").split()
    try:
        serve_units(node=found, codes=codes, actor=request.actor, at=request.now)
    except Invalid as problem:
        return shown(request, found, problem)
    return redirect("exchange:node", pk)


@require_POST
def acceptance(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Accept the node with the end of the fingerprint as it was heard."""
    found = get_object_or_404(with_mail(request.now), pk=pk)
    try:
        heard = request.POST.get("heard", "")
        accept_node(node=found, heard=heard, actor=request.actor, at=request.now)
    except Invalid as problem:
        return shown(request, found, problem)
    return redirect("exchange:node", pk)


@require_POST
def suspension(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Cut the node off, or connect it again (`act`)."""
    found = get_object_or_404(with_mail(request.now), pk=pk)
    try:
        if request.POST.get("act") == "resume":
            resume_node(node=found, actor=request.actor, at=request.now)
        else:
            reason = request.POST.get("reason", "")
            suspend_node(node=found, reason=reason, actor=request.actor, at=request.now)
    except Invalid as problem:
        return shown(request, found, problem)
    return redirect("exchange:node", pk)
