"""Which node is this one, which are its neighbours, which node serves a unit."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.exchange.enums import NodeState, Purpose, Relation
from luoshi.foundation.exchange.envelopes.policy import KnownKey, Lookup, SigningKey
from luoshi.foundation.exchange.envelopes.suites import SUITES
from luoshi.foundation.exchange.identity import keyring
from luoshi.foundation.exchange.models import Node, NodeKey, ServedUnit
from luoshi.foundation.organizations.models import Unit


def find_own() -> Node | None:
    """This installation's node, if it was set up."""
    return Node.objects.filter(relation=Relation.OWN).first()


def own_node() -> Node:
    """This installation's node; refused where none was set up."""
    found = find_own()
    if found is None:
        raise Refused(
            _("Not done: this site is no node yet."),
            next_steps=(_("On the machine: luoshi exchange init CODE NAME"),),
            code="no-node",
        )
    return found


def neighbours() -> QuerySet[Node]:
    """The other nodes."""
    return Node.objects.exclude(relation=Relation.OWN)


def connected() -> QuerySet[Node]:
    """The other nodes that were accepted and are not suspended."""
    return neighbours().filter(state=NodeState.ACTIVE)


def units_of(node: Node) -> list[Unit]:
    """The units a node serves."""
    return list(Unit.objects.filter(served_by__node=node))


def served_here(codes: Iterable[str]) -> bool:
    """Whether all these codes are units that live on this node."""
    wanted = set(codes)
    here = Unit.objects.filter(code__in=wanted, served_by=None, is_active=True)
    return bool(wanted) and here.count() == len(wanted)


def serves(node: Node, code: str) -> bool:
    """Whether a node serves the unit of this code."""
    if node.relation == Relation.OWN:
        return served_here([code])
    return ServedUnit.objects.filter(node=node, unit__code=code).exists()


def speaks_for(node: Node, code: str) -> bool:
    """Whether a node may write in the name of the unit of this code: every unit of the tree here
    lives on one node, and that one alone speaks for it. A unit this tree does not know may be one
    of the sender's own (a node lists the neighbours' units it deals with); no book here is its."""
    if node.relation == Relation.OWN:  # refused when it was sent, and nobody else has this key
        return True
    return not Unit.objects.filter(code=code).exclude(served_by__node=node).exists()


def lives_elsewhere(unit_id: UUID) -> bool:
    """Whether a unit lives on another node."""
    return ServedUnit.objects.filter(unit_id=unit_id).exists()


def signing_keys(at: datetime, suites: Iterable[str]) -> list[SigningKey]:
    """This node's keys of these suites that sign at an instant and lie on this machine."""
    rows = NodeKey.objects.filter(
        Q(until=None) | Q(until__gt=at),
        node__relation=Relation.OWN,
        purpose=Purpose.SIGN,
        revoked_at=None,
        suite__in=list(suites),
        since__lte=at,
    )
    found = []
    for row in rows:
        private = keyring.private(row.pk)
        if private is not None:
            found.append(SigningKey(row.suite, row.pk, private, bytes.fromhex(row.public)))
    return found


def known_key(row: NodeKey) -> KnownKey:
    """A row as the check of signatures takes it."""
    revoked = row.revoked_at is not None
    return KnownKey(row.suite, bytes.fromhex(row.public), row.since, row.until, revoked)


def lookup() -> Lookup:
    """The keys of all nodes that were accepted here, by node code and id; read once."""
    rows = NodeKey.objects.filter(purpose=Purpose.SIGN, suite__in=SUITES).exclude(accepted_at=None)
    keys = {(row.node.code, row.pk): known_key(row) for row in rows.select_related("node")}
    return lambda node, key: keys.get((node, key))
