"""Tell the neighbours about new and revoked keys, signed with one they trust.

A new key waits there for the security administrator; a revocation holds at once, for it only takes
trust away.
"""

from datetime import datetime
from typing import Any

from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.exchange.domain.mail.sending import tell
from luoshi.foundation.exchange.domain.node.taking_keys import take_keys
from luoshi.foundation.exchange.domain.queries.neighbours import connected, own_node
from luoshi.foundation.exchange.envelopes.refusing import Unacceptable
from luoshi.foundation.exchange.identity.cards import PublicKey, public_key
from luoshi.foundation.exchange.kinds import Arrived, Declined
from luoshi.foundation.exchange.models import NodeKey

ACTOR = Actor.system("exchange")
NAME = "exchange.keys"


def news() -> dict[str, Any]:
    """Every key of this node in force, and the ids of the revoked ones."""
    rows = NodeKey.objects.filter(node=own_node())
    keys = [
        vars(PublicKey(row.pk, row.suite, row.purpose, row.public))
        for row in rows.filter(revoked_at=None, until=None)
    ]
    gone = rows.exclude(revoked_at=None).values_list("pk", flat=True)
    return {"keys": keys, "revoked": sorted(gone)}


def tell_keys(*, actor: Actor, at: datetime) -> int:
    """Write the news for every connected neighbour; returns how many. Part of the caller's act."""
    nodes = list(connected())
    payload = news()
    for node in nodes:
        tell(kind=NAME, payload=payload, receiver=node, actor=actor, at=at)
    return len(nodes)


def take_news(arrived: Arrived) -> None:
    """Keep a neighbour's new keys for acceptance and end those it revoked."""
    said, node = arrived.payload, arrived.sender
    keys, revoked = said.get("keys"), said.get("revoked")
    if not isinstance(keys, list) or not isinstance(revoked, list) or len(keys) > 20:
        raise Declined("keys")
    try:
        count = take_keys(
            node, [public_key(one) for one in keys if isinstance(one, dict)], arrived.at
        )
    except (Unacceptable, Invalid) as refused:
        raise Declined(str(refused)) from refused
    ended = NodeKey.objects.filter(node=node, pk__in=map(str, revoked), revoked_at=None).update(
        revoked_at=arrived.at, revoked_reason=node.code
    )
    if count or ended:
        after = {"new": count, "revoked": ended}
        record("exchange.key_received", actor=ACTOR, at=arrived.at, obj=node, after=after)
