"""The exchange desk of the administrators: what is open and why, what came, what raised an alarm,
and the way of one envelope. Numbers, kinds, times and reasons only: what an envelope says is for
its receivers."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.rows.keyset import Page, page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.queries.health import health
from luoshi.foundation.exchange.domain.queries.hops import answered
from luoshi.foundation.exchange.domain.queries.standing import came, standing, stuck_rows
from luoshi.foundation.exchange.domain.queries.stations import way_in, way_out
from luoshi.foundation.exchange.enums import OPEN, REASONS, InState
from luoshi.foundation.exchange.kinds import KINDS
from luoshi.foundation.exchange.models import Alarm, Incoming, Node, Outgoing

TABS = {
    "open": _("In transit"),
    "stuck": _("Stuck"),
    "out": _("Outgoing mail"),
    "answered": _("Answered in the last day"),
    "in": _("Incoming mail"),
    "parked": _("Parked"),
}
INCOMING = ("in", "parked")
MOST_ANSWERED = 100


def rows_of(request: OfficeRequest, chosen: str) -> tuple[QuerySet[Any], tuple[str, ...]]:
    """The rows of a tab and their order; the exchange's own messages are left out but where the
    times of the line are looked at."""
    if chosen in INCOMING:
        came_in = Incoming.objects.filter(control=False).select_related("sender").defer("body")
        if chosen == "parked":
            came_in = came_in.filter(state=InState.PARKED)
        return came_in, ("-received_at", "id")
    gone = Outgoing.objects.filter(control=False)
    if chosen == "answered":
        gone = answered(request.now)
    elif chosen == "stuck":
        gone = gone.filter(stuck_rows(request.now))
    elif chosen == "open":
        gone = gone.filter(state__in=OPEN)
    order = ("-settled_at", "id") if chosen == "answered" else ("-created_at", "id")
    return gone.select_related("receiver").defer("body"), order


def shown_page(request: OfficeRequest, chosen: str, node: Node | None) -> Page:
    """One page of the tab, each row with what holds it."""
    rows, order = rows_of(request, chosen)
    if node is not None:
        rows = rows.filter(**{"sender" if chosen in INCOMING else "receiver": node})
    found = page(rows, order=order, cursor=request.GET.get("cursor", ""))
    for row in found.rows:
        row.standing = came(row) if chosen in INCOMING else standing(row, request.now)
        row.label = label_of(row)
        row.took = None
        if chosen == "answered":
            row.took = row.settled_at - row.created_at
    return found


def label_of(row: Outgoing | Incoming) -> Any:
    """What the kind is called; a kind of a newer node by its own name."""
    kind = KINDS.get(row.kind)
    return kind.label if kind else row.kind


@require_GET
def mail(request: OfficeRequest) -> HttpResponse:
    """Outbox and inbox, the newest first (`show`: a tab; `node`: the code of one node)."""
    ensure(rules.may_see_nodes(request.actor))
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in TABS else "open"
    code = request.GET.get("node", "")
    node = get_object_or_404(Node, code=code[:24]) if code else None
    context = {
        "page": shown_page(request, chosen, node),
        "chosen": chosen,
        "tabs": TABS.items(),
        "node": node,
        "incoming": chosen in INCOMING,
        "waiting": chosen in {"open", "stuck"},
        "health": health(request.now),
    }
    return render(request, "exchange/mail.html", context)


@require_GET
def outgoing(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The way of a consignment of this node, with what its receiver said."""
    ensure(rules.may_see_nodes(request.actor))
    rows = Outgoing.objects.select_related("receiver").defer("body")
    row = get_object_or_404(rows, pk=pk)
    receipts = row.receipts.select_related("evidence").defer("evidence__body")
    context = {
        "row": row,
        "label": label_of(row),
        "node": row.receiver,
        "stations": way_out(row, request.now),
        "standing": standing(row, request.now),
        "wait": row.next_at - request.now if row.next_at and row.next_at > request.now else None,
        "open": row.state in OPEN,
        "receipts": receipts.order_by("at", "pk")[:500],
        "answered": row.answered.only("pk").order_by("received_at", "pk")[:MOST_ANSWERED],
    }
    return render(request, "exchange/envelope.html", context)


@require_GET
def incoming(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The way of an envelope that came, with our verdict on it."""
    ensure(rules.may_see_nodes(request.actor))
    rows = Incoming.objects.select_related("sender", "verdict").defer("body", "verdict__body")
    row = get_object_or_404(rows, pk=pk)
    context = {
        "row": row,
        "label": label_of(row),
        "node": row.sender,
        "stations": way_in(row, row.verdict),
        "standing": came(row),
        "verdict": row.verdict,
        "came": True,
    }
    return render(request, "exchange/envelope.html", context)


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
