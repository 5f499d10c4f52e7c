"""Envelopes this node lost with a restore and got back: the supervision office decides on each
(security.md 5.7)."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.mail.returning import decide_reentry
from luoshi.foundation.exchange.kinds import KINDS
from luoshi.foundation.exchange.models import Returned


@require_safe
def returned(request: OfficeRequest) -> HttpResponse:
    """What came back, the oldest undecided first; `show=decided`: what was decided."""
    ensure(rules.may_decide_reentry(request.actor))
    return shown(request)


def shown(request: OfficeRequest, problem: Any = None) -> HttpResponse:
    """The list, with what was refused."""
    decided = request.GET.get("show") == "decided"
    rows = Returned.objects.select_related("node").filter(kind__in=business())
    rows = rows.exclude(decided="") if decided else rows.filter(decided="")
    order = ("-sent_at", "id") if decided else ("sent_at", "id")
    found = page(rows, order=order, cursor=request.GET.get("cursor", ""))
    for row in found.rows:
        kind = KINDS[row.kind]
        row.label, row.by_itself = kind.label, kind.reenter is not None
    context = {"page": found, "decided": decided, "refusal": problem}
    return render(
        request, "exchange/returned.html", context, status=problem.status if problem else 200
    )


def business() -> list[str]:
    """The kinds an office decides on; messages of the exchange itself need nobody."""
    return [kind.name for kind in KINDS.values() if not kind.control]


@require_POST
def reentry(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Enter it again, or leave it (`act`)."""
    ensure(rules.may_decide_reentry(request.actor))
    row = get_object_or_404(Returned.objects.select_related("evidence__file"), pk=pk)
    enter = request.POST.get("act") == "enter"
    try:
        decide_reentry(row=row, enter=enter, actor=request.actor, at=request.now)
    except Refused as problem:
        return shown(request, problem)
    return redirect("exchange:returned")
