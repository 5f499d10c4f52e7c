"""Enter a neighbour: a one-time code is spoken, cards are exchanged as files, each side checks the
other's card against the code. Trust begins only when the security administrator accepts."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.node.initialising import refuse_code
from luoshi.foundation.exchange.domain.node.taking_keys import take_keys
from luoshi.foundation.exchange.domain.queries.neighbours import own_node, signing_keys, units_of
from luoshi.foundation.exchange.enums import NodeState, Relation
from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable
from luoshi.foundation.exchange.envelopes.suites import SUITES
from luoshi.foundation.exchange.identity.cards import (
    Card,
    PublicKey,
    handed_out,
    one_time_code,
    read,
)
from luoshi.foundation.exchange.models import Node, NodeKey, ServedUnit
from luoshi.foundation.organizations.models import Unit

GOOD_FOR = timedelta(hours=24)
NEIGHBOURS = (
    Relation.SUPERIOR,
    Relation.SUBORDINATE,
    Relation.DIRECT,
    Relation.REPORTED_TO,
)


def invite(*, code: str, name: str, relation: str, actor: Actor, at: datetime) -> tuple[Node, str]:
    """Enter a neighbour that is to be connected and make the one-time code, good for 24 hours; the
    code before it ends. Refused: this node itself, a second superior, a node connected already."""
    ensure(rules.may_enter_nodes(actor))
    node = _entered(code, name, relation, actor=actor, at=at)
    spoken = one_time_code()
    with acting(actor=actor, at=at):
        node.one_time_code, node.code_expires_at = spoken, at + GOOD_FOR
        node.save()
        after = {"code": code, "relation": relation}
        record("exchange.node_entered", actor=actor, at=at, obj=node, after=after)
    return node, spoken


def _entered(code: str, name: str, relation: str, *, actor: Actor, at: datetime) -> Node:
    """The row of a neighbour that is not connected yet, not saved."""
    refuse_code(code)
    own = own_node()
    if relation not in NEIGHBOURS or code == own.code:
        raise Invalid(_("Not saved."), {"relation": [_("Choose one of the listed values.")]})
    other = Node.objects.filter(relation=Relation.SUPERIOR).exclude(code=code)
    if relation == Relation.SUPERIOR and other.exists():
        raise Refused(_("Not saved: a node has one superior."), str(other.first()), code="superior")
    known = Node.objects.filter(code=code).first()
    if known is not None and known.state in (NodeState.ACTIVE, NodeState.SUSPENDED):
        raise Refused(
            _("Not saved: this node is connected already."),
            next_steps=(_("New keys come by themselves; a lost node is suspended first."),),
            code="connected",
        )
    node = known or Node(code=code)
    node.name, node.relation, node.state = name.strip()[:100] or code, relation, NodeState.ENTERED
    node.entered_by, node.entered_by_name, node.entered_at = actor.person_id, actor.person_name, at
    node.matched_at, node.matched_by_name = None, ""
    return node


def own_card() -> Card:
    """What this node says of itself."""
    own = own_node()
    rows = NodeKey.objects.filter(node=own, until=None, revoked_at=None)
    here = Unit.objects.filter(served_by=None, is_active=True).values_list("code", flat=True)
    return Card(
        code=own.code,
        name=own.name,
        units=tuple(sorted(here)[:1000]),
        keys=tuple(PublicKey(row.pk, row.suite, row.purpose, row.public) for row in rows),
        link=own.link,
        authority=own.authority,
        address=own.address,
    )


def card_for(node: Node, *, at: datetime) -> bytes:
    """This node's card for a neighbour, bound to the code both hold."""
    if not node.one_time_code or node.code_expires_at is None or node.code_expires_at < at:
        raise Refused(
            _("Not made: there is no code in force for this node."),
            next_steps=(_("Enter the node again; a new code is made."),),
            code="no-code",
        )
    return handed_out(own_card(), signing_keys(at, SUITES), node.one_time_code)


def checked(file: bytes, spoken: str) -> Card:
    """The card in a file, or a refusal that says what to do."""
    try:
        return read(file, spoken)
    except Unacceptable as refused:
        code = refused.reason == Reason.NOT_OPENED
        why = (
            _("The code and the card do not belong together.")
            if code
            else _("This file is no sound card (%(reason)s).") % {"reason": refused}
        )
        raise Invalid(
            _("Not taken: the card could not be checked."),
            {"code" if code else "card": [why]},
            next_steps=(_("Ask the other side for the code by telephone, and for a new file."),),
            code=str(refused.reason),
        ) from refused


def take_card(*, file: bytes, spoken: str, relation: str, actor: Actor, at: datetime) -> Node:
    """Take the card of a neighbour that invited this node, with the code it spoke."""
    ensure(rules.may_enter_nodes(actor))
    card = checked(file, spoken)
    node = _entered(card.code, card.name, relation, actor=actor, at=at)
    node.one_time_code, node.code_expires_at = spoken, at + GOOD_FOR
    return match(node, card, actor=actor, at=at)


def answer_card(*, node: Node, file: bytes, actor: Actor, at: datetime) -> Node:
    """Take the card a neighbour sent back after this node invited it. Refused: a code that has
    expired, another node's card."""
    ensure(rules.may_enter_nodes(actor))
    card_for(node, at=at)
    card = checked(file, node.one_time_code)
    if card.code != node.code:
        text = _("This is the card of %(code)s.") % {"code": card.code}
        raise Invalid(_("Not taken."), {"card": [text]}, code="other-node")
    return match(node, card, actor=actor, at=at)


def match(node: Node, card: Card, *, actor: Actor, at: datetime) -> Node:
    """Keep what a card says; nothing of it is trusted until it is accepted."""
    with acting(actor=actor, at=at):
        node.state, node.name, node.card = NodeState.MATCHED, card.name, card.raw().decode()
        node.fingerprint, node.link = card.fingerprint(), card.link
        node.authority, node.address = card.authority, card.address
        node.matched_at, node.matched_by_name = at, actor.person_name
        node.save()
        NodeKey.objects.filter(node=node, accepted_at=None).delete()
        take_keys(node, card.keys, at)
        after = {"fingerprint": node.fingerprint}
        record("exchange.node_matched", actor=actor, at=at, obj=node, after=after)
    return node


def serve_units(*, node: Node, codes: list[str], actor: Actor, at: datetime) -> None:
    """Say which units of the tree live on that node. Refused: a unit that is not in the tree, or
    lives on a third node."""
    ensure(rules.may_enter_nodes(actor))
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    missing = [code for code in codes if code not in units]
    taken = ServedUnit.objects.filter(unit__code__in=codes).exclude(node=node)
    errors = [_("No unit has the code %(code)s.") % {"code": code} for code in missing]
    errors += [_("%(unit)s lives on another node.") % {"unit": one.unit} for one in taken]
    if errors:
        raise Invalid(_("Not saved."), {"units": errors})
    with acting(actor=actor, at=at):
        before = sorted(unit.code for unit in units_of(node))
        ServedUnit.objects.filter(node=node).delete()
        ServedUnit.objects.bulk_create([ServedUnit(node=node, unit=u) for u in units.values()])
        record(
            "exchange.units_served",
            actor=actor,
            at=at,
            obj=node,
            before={"units": before},
            after={"units": sorted(units)},
        )
