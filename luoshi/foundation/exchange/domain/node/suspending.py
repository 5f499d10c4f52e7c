"""Cut a neighbour off, and let it in again; revoke a key for good."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.mail.key_news import tell_keys
from luoshi.foundation.exchange.domain.mail.resigning import resign_waiting
from luoshi.foundation.exchange.domain.node.rotating import named
from luoshi.foundation.exchange.domain.queries.neighbours import signing_keys
from luoshi.foundation.exchange.enums import NodeState, Relation
from luoshi.foundation.exchange.envelopes.suites import SUITES
from luoshi.foundation.exchange.identity import keyring
from luoshi.foundation.exchange.models import Node, NodeKey


def refuse_without_reason(reason: str) -> None:
    """What is taken away needs its reason."""
    if not reason.strip() or len(reason) > 200:
        raise Invalid(_("Not done."), {"reason": [_("Give a reason of up to 200 characters.")]})


def suspend_node(*, node: Node, reason: str, actor: Actor, at: datetime) -> Node:
    """Take nothing from a node and hand nothing to it; what is open for it waits. The relay takes
    its link out of the server and drops the open connection."""
    ensure(rules.may_suspend(actor))
    refuse_without_reason(reason)
    if node.relation == Relation.OWN or node.state != NodeState.ACTIVE:
        raise Refused(_("Not suspended: this node is not connected."), code="not-connected")
    return moved(node, NodeState.SUSPENDED, reason.strip(), actor=actor, at=at)


def resume_node(*, node: Node, actor: Actor, at: datetime) -> Node:
    """Connect a suspended node again: the security administrator."""
    ensure(rules.accepting(actor))
    if node.state != NodeState.SUSPENDED:
        raise Refused(_("Not done: this node is not suspended."), code="not-suspended")
    return moved(node, NodeState.ACTIVE, "", actor=actor, at=at)


def moved(node: Node, state: NodeState, reason: str, *, actor: Actor, at: datetime) -> Node:
    """Write the new state."""
    with acting(actor=actor, at=at):
        node.state, node.suspended_reason = state, reason
        node.save(update_fields=("state", "suspended_reason"))
        action = "suspended" if reason else "resumed"
        record(f"exchange.node_{action}", actor=actor, at=at, obj=node, after={"reason": reason})
    return node


def revoke_key(*, key: NodeKey, reason: str, actor: Actor, at: datetime) -> NodeKey:
    """End a key for everything, whenever it signed. One of our own is removed from this machine,
    what still waits is signed with the others, and the neighbours are told with what keys are
    left; with none left they are called."""
    ensure(rules.may_revoke_key(actor, key))
    refuse_without_reason(reason)
    with acting(actor=actor, at=at):
        key.revoked_at, key.revoked_reason = at, reason.strip()
        key.save(update_fields=("revoked_at", "revoked_reason"))
        after = {"reason": reason}
        record("exchange.key_revoked", actor=actor, at=at, after=after, **named(key))
        transaction.on_commit(lambda: keyring.forget(key.pk))
        if key.node.relation == Relation.OWN:
            resign_waiting(key=key, actor=actor, at=at)
            if signing_keys(at, SUITES):
                tell_keys(actor=actor, at=at)
    return key
