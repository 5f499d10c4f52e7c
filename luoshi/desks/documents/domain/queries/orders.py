"""Standing orders of a unit and what was passed on from a document."""

from django.db.models import Count, QuerySet

from luoshi.desks.documents.models import PassedOn, StandingOrder
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.queries.neighbours import connected
from luoshi.foundation.exchange.models import Arrival, Dispatch, Node


def orders_of(actor: Actor) -> "QuerySet[StandingOrder]":
    """The unit's orders with how often each was carried out."""
    rows = StandingOrder.objects.filter(unit_id=actor.unit_id).select_related("node")
    return rows.prefetch_related("to").annotate(count=Count("passed_on"))


def nodes_to_order(actor: Actor) -> "QuerySet[Node]":
    """Nodes whose documents the unit may order to be passed on: connected, without an order."""
    known = StandingOrder.objects.filter(unit_id=actor.unit_id, ended_at=None)
    return connected().exclude(pk__in=known.values("node")).order_by("code")


def passed_on_from(arrival: Arrival) -> "QuerySet[PassedOn]":
    """The dispatches a document was passed on with."""
    rows = PassedOn.objects.filter(arrival=arrival).select_related("dispatch", "order")
    return rows.order_by("dispatch__sent_at")


def origin_of(dispatch: Dispatch) -> PassedOn | None:
    """What a dispatch passes on."""
    rows = PassedOn.objects.filter(dispatch=dispatch)
    return rows.select_related("arrival", "order").first()
