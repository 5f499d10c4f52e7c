"""Keys of this node: made on this machine, followed by new ones, the old good for a while."""

from datetime import datetime, timedelta
from typing import Any

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.mail.key_news import tell_keys
from luoshi.foundation.exchange.domain.queries.neighbours import own_node
from luoshi.foundation.exchange.enums import Purpose
from luoshi.foundation.exchange.envelopes.suites import SM2, key_id, suite
from luoshi.foundation.exchange.identity import keyring
from luoshi.foundation.exchange.models import NodeKey

OVERLAP = timedelta(days=30)


def named(key: NodeKey) -> dict[str, Any]:
    """A key as the trail names it: half of its fingerprint is enough to find it."""
    return {"object_kind": "exchange.nodekey", "object_id": key.pk[:32], "object_label": key.pk}


def make_key(*, suite_name: str, purpose: str, actor: Actor, at: datetime) -> NodeKey:
    """Make a pair; the private half is sealed into its file before the row that names it."""
    ensure(rules.may_make_key(actor))
    private, public = suite(suite_name).generate()
    name = key_id(suite_name, public)
    with acting(actor=actor, at=at):
        keyring.keep(name, private)
        key = NodeKey.objects.create(
            id=name,
            node=own_node(),
            suite=suite_name,
            purpose=purpose,
            public=public.hex(),
            since=at,
            accepted_at=at,
        )
        record("exchange.key_made", actor=actor, at=at, after={"purpose": purpose}, **named(key))
    return key


def rotate(*, actor: Actor, at: datetime, overlap: timedelta = OVERLAP) -> list[NodeKey]:
    """New keys for all that are in force. Both sign during the overlap, so that a neighbour who has
    not accepted the new one yet still takes what comes; afterwards the old ones end. The
    neighbours are told."""
    ensure(rules.may_make_key(actor))
    with acting(actor=actor, at=at):
        old = list(NodeKey.objects.filter(node=own_node(), until=None, revoked_at=None))
        made = [
            make_key(suite_name=key.suite, purpose=key.purpose, actor=actor, at=at) for key in old
        ]
        NodeKey.objects.filter(pk__in=[key.pk for key in old]).update(until=at + overlap)
        tell_keys(actor=actor, at=at)
    return made


def first_keys(*, actor: Actor, at: datetime) -> list[NodeKey]:
    """Both signature suites and one key for encryption."""
    made = [
        make_key(suite_name=name, purpose=Purpose.SIGN, actor=actor, at=at)
        for name in ("SM2-SM3", "ED25519-SHA256")
    ]
    return [*made, make_key(suite_name=SM2.name, purpose=Purpose.ENCRYPT, actor=actor, at=at)]
