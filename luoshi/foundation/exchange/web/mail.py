"""The exchange desk of the administrators: what is open, what came, what raised an alarm. Numbers,
kinds, times and reasons only: what an envelope says is for its receivers."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.queries.health import health
from luoshi.foundation.exchange.enums import OPEN, REASONS, InState
from luoshi.foundation.exchange.models import Alarm, Incoming, Outgoing

SHOWN = ("open", "out", "in", "parked")


def rows_of(chosen: str) -> tuple[QuerySet[Outgoing] | QuerySet[Incoming], tuple[str, ...]]:
    """The rows of a tab and their order; the exchange's own messages are left out."""
    if chosen in {"in", "parked"}:
        came = Incoming.objects.filter(control=False).select_related("sender")
        came = came.filter(state=InState.PARKED) if chosen == "parked" else came
        return came.defer("body"), ("-received_at", "id")
    gone = Outgoing.objects.filter(control=False).select_related("receiver").defer("body")
    return (gone.filter(state__in=OPEN) if chosen == "open" else gone), ("-created_at", "id")


@require_GET
def mail(request: OfficeRequest) -> HttpResponse:
    """Outbox and inbox, the newest first (`show`: open, out, in, parked)."""
    ensure(rules.may_see_nodes(request.actor))
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in SHOWN else SHOWN[0]
    rows, order = rows_of(chosen)
    context = {
        "page": page(rows, order=order, cursor=request.GET.get("cursor", "")),
        "chosen": chosen,
        "incoming": chosen in {"in", "parked"},
        "health": health(),
    }
    return render(request, "exchange/mail.html", context)


@require_GET
def alarms(request: OfficeRequest) -> HttpResponse:
    """What came and must not, the newest first."""
    ensure(rules.may_see_nodes(request.actor))
    found = page(
        Alarm.objects.defer("body"), order=("-last_at", "id"), cursor=request.GET.get("cursor", "")
    )
    for row in found.rows:
        row.why = REASONS.get(row.reason, row.reason)
    return render(request, "exchange/alarms.html", {"page": found})
