"""Keys of nodes: accept a new one, revoke one."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.node.accepting import accept_key
from luoshi.foundation.exchange.domain.node.suspending import revoke_key
from luoshi.foundation.exchange.models import NodeKey
from luoshi.foundation.exchange.web.nodes import shown


@require_POST
def acceptance(request: OfficeRequest, pk: str) -> HttpResponse:
    """Trust a key that waits."""
    ensure(rules.may_see_nodes(request.actor))
    key = get_object_or_404(NodeKey.objects.select_related("node"), pk=pk)
    accept_key(key=key, actor=request.actor, at=request.now)
    return redirect("exchange:node", key.node_id)


@require_POST
def revocation(request: OfficeRequest, pk: str) -> HttpResponse:
    """End a key for good, with the reason."""
    ensure(rules.may_see_nodes(request.actor))
    key = get_object_or_404(NodeKey.objects.select_related("node"), pk=pk)
    try:
        reason = request.POST.get("reason", "")
        revoke_key(key=key, reason=reason, actor=request.actor, at=request.now)
    except Invalid as problem:
        return shown(request, key.node, problem)
    return redirect("exchange:node", key.node_id)
