"""Accept a neighbour, and later its new keys: the security administrator, after comparing the
fingerprint by voice with the colleague there."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.node.rotating import named
from luoshi.foundation.exchange.enums import NodeState
from luoshi.foundation.exchange.models import Node, NodeKey

COMPARED = 8


def accept_node(*, node: Node, heard: str, actor: Actor, at: datetime) -> Node:
    """Connect a node. `heard`: the last eight characters of the fingerprint as the other side reads
    them out; refused when they differ, so that nobody accepts without having asked."""
    ensure(rules.may_accept_node(actor, node))
    said = "".join(one for one in heard.lower() if one in "0123456789abcdef")
    if said != node.fingerprint[-COMPARED:]:
        raise Invalid(
            _("Not accepted: the fingerprint is another one."),
            {"heard": [_("Type the last eight characters the other side reads out.")]},
            next_steps=(_("If they differ, the card was exchanged on its way: do not connect."),),
            code="fingerprint",
        )
    with acting(actor=actor, at=at):
        node.state, node.accepted_by_name, node.accepted_at = (
            NodeState.ACTIVE,
            actor.person_name,
            at,
        )
        node.one_time_code, node.code_expires_at = "", None
        node.save()
        NodeKey.objects.filter(node=node, accepted_at=None).update(
            accepted_at=at, accepted_by_name=actor.person_name
        )
        record("exchange.node_accepted", actor=actor, at=at, obj=node)
    return node


def accept_key(*, key: NodeKey, actor: Actor, at: datetime) -> NodeKey:
    """Trust a new key a neighbour sent, signed with one that is trusted."""
    ensure(rules.may_accept_key(actor, key))
    with acting(actor=actor, at=at):
        key.accepted_at, key.accepted_by_name = at, actor.person_name
        key.save(update_fields=("accepted_at", "accepted_by_name"))
        record("exchange.key_accepted", actor=actor, at=at, **named(key))
    return key
