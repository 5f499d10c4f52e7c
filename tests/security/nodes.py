"""Behind the routes of the exchange: this site as a node, and a superior whose card has come."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from luoshi.desks.documents.domain.sending import send_document
from luoshi.foundation.exchange.domain.dispatch.dispatching import Cover
from luoshi.foundation.exchange.domain.dispatch.handling import open_arrival
from luoshi.foundation.exchange.domain.node.initialising import initialise
from luoshi.foundation.exchange.enums import NodeState, Relation
from luoshi.foundation.exchange.models import (
    Arrival,
    Incoming,
    Node,
    NodeKey,
    Outgoing,
    Receipt,
    Returned,
)
from luoshi.foundation.exchange.relay.passing import pass_local
from tests.story import SYSTEM, World

KEY = "ab" * 32


def make_nodes(at: datetime) -> dict[str, UUID]:
    """The ids the routes need; the key's is `KEY`."""
    initialise(code="C3301", name="清源市节点", address="", actor=SYSTEM, at=at)
    node = Node.objects.create(
        code="P33",
        name="省级节点",
        relation=Relation.SUPERIOR,
        state=NodeState.MATCHED,
        fingerprint="0123456789abcdef" * 4,
        entered_at=at,
    )
    NodeKey.objects.create(
        id=KEY, node=node, suite="SM2-SM3", purpose="sign", public="00" * 64, since=at
    )
    return {"node": node.pk}


def make_documents(world: World, at: datetime) -> dict[str, Any]:
    """A document from the office to the bureau, which opened it."""
    row = send_document(
        cover=Cover("通知", words="文"), units=[world.bureau], files=(), actor=world.officer, at=at
    )
    pass_local(at=at)
    arrival = Arrival.objects.get()
    open_arrival(arrival=arrival, actor=world.liaison, at=at)
    pass_local(at=at)
    evidence = Incoming.objects.order_by("received_at").first()
    returned = Returned.objects.create(
        node=Node.objects.get(code="P33"),
        consignment=uuid4(),
        kind="documents.document",
        title="通知",
        sent_at=at,
        returned_at=at,
        evidence=evidence,
    )
    return {
        "returned": returned.pk,
        "dispatch": row.pk,
        "arrival": arrival.pk,
        "receipt": Receipt.objects.earliest("pk").pk,
        "outgoing": Outgoing.objects.earliest("created_at", "pk").pk,
        "incoming": evidence.pk,
    }
