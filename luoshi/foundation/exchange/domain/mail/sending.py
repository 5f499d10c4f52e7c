"""Put a consignment into the outbox, in the transaction of the act that causes it."""

import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.exchange.domain.mail.keeping import put
from luoshi.foundation.exchange.domain.node.incarnating import current_life
from luoshi.foundation.exchange.domain.queries.neighbours import own_node, serves, signing_keys
from luoshi.foundation.exchange.domain.queries.scope import passed_by, refuse_out_of_scope
from luoshi.foundation.exchange.enums import REASONS, NodeState, Relation
from luoshi.foundation.exchange.envelopes.manifest import Manifest, Revision
from luoshi.foundation.exchange.envelopes.metadata import Metadata
from luoshi.foundation.exchange.envelopes.packing import Source, pack
from luoshi.foundation.exchange.envelopes.refusing import Unacceptable
from luoshi.foundation.exchange.envelopes.suites import SUITES
from luoshi.foundation.exchange.kinds import Kind, known
from luoshi.foundation.exchange.models import Incoming, Node, Outgoing, ServedUnit
from luoshi.foundation.organizations.models import Unit

IN_MEMORY = 4 * 1024 * 1024
FEW = 100  # units that are asked for by name


@dataclass(frozen=True)
class Content:
    """What is sent: the payload of its kind, what is said of the document, its files, and which
    state of which object this is."""

    payload: dict[str, Any]
    metadata: Metadata = field(default_factory=Metadata)
    files: Sequence[Source] = ()
    revision: Revision | None = None


def send(
    *, kind: str, content: Content, sender: Unit, units: Sequence[Unit], actor: Actor, at: datetime
) -> list[Outgoing]:
    """One consignment per node that serves any of the units; all are written or none. Past a level
    the one between gets a consignment of its own, which nobody waits for. Refused: a kind that may
    not travel that way, a node that is not connected, a graded document, files that are too
    large."""
    known_kind, own = known(kind), own_node()
    routes = routed(units, own)
    content = copied(content, routes, sender)
    if not routes:
        raise Invalid(
            pgettext_lazy("document", "Not sent."), {"units": [_("Choose at least one unit.")]}
        )
    if not serves(own, sender.code):
        raise Refused(_("Not sent: the sending unit lives on another node."), code="foreign-unit")
    with acting(actor=actor, at=at):
        return [
            post(
                kind=known_kind,
                content=content,
                sender_unit=sender.code,
                receiver=node,
                codes=sorted(codes),
                actor=actor,
                at=at,
            )
            for node, codes in sorted(routes.items(), key=lambda pair: pair[0].code)
        ]


def routed(units: Sequence[Unit], own: Node) -> dict[Node, list[str]]:
    """The units by the node that serves them. Asked for many, all that lives elsewhere is read:
    naming fifteen hundred keys cost more than the rest of a dispatch."""
    wanted = {unit.pk: unit.code for unit in units}
    elsewhere = ServedUnit.objects.select_related("node")
    rows = elsewhere.filter(unit_id__in=wanted) if len(wanted) <= FEW else elsewhere
    nodes = {row.unit_id: row.node for row in rows}
    routes: dict[Node, list[str]] = {}
    for key, code in wanted.items():
        routes.setdefault(nodes.get(key, own), []).append(code)
    return routes


def copied(content: Content, routes: dict[Node, list[str]], sender: Unit) -> Content:
    """Add the level that is passed by to the routes; the content then names it."""
    passed = {passed_by(node, sender, codes) for node, codes in routes.items()}
    copies = [unit for unit in passed if unit is not None and unit.code not in in_all(routes)]
    for unit in copies:
        routes.setdefault(unit.served_by.node, []).append(unit.code)
    names = [*content.metadata.copy_addressees, *sorted(unit.name for unit in copies)]
    return replace(content, metadata=replace(content.metadata, copy_addressees=names))


def in_all(routes: dict[Node, list[str]]) -> set[str]:
    """All units addressed."""
    return {code for codes in routes.values() for code in codes}


def post(
    *,
    kind: Kind,
    content: Content,
    sender_unit: str,
    receiver: Node,
    codes: Sequence[str],
    actor: Actor,
    at: datetime,
    answers: Incoming | None = None,
) -> Outgoing:
    """One consignment to one node: numbered, packed, signed, and in the outbox."""
    refuse_unconnected(receiver)
    refuse_out_of_scope(kind, receiver)
    with acting(actor=actor, at=at):
        manifest = addressed(kind, content, sender_unit, receiver, codes, at)
        row = Outgoing(
            id=UUID(hex=manifest.id),
            kind=kind.name,
            control=kind.control,
            incarnation=manifest.incarnation,
            sequence=manifest.sequence,
            receiver=receiver,
            sender_unit=manifest.sender_unit,
            units=list(codes),
            created_at=at,
            next_at=at,
            answers=answers,
        )
        packed(row, manifest, content.files, at)
        row.save(force_insert=True)
        after = {"kind": kind.name, "receiver": receiver.code, "sequence": row.sequence}
        record("exchange.sent", actor=actor, at=at, obj=row, after=after)
    return row


def tell(
    *,
    kind: str,
    payload: dict[str, Any],
    receiver: Node,
    actor: Actor,
    at: datetime,
    files: Sequence[Source] = (),
    answers: Incoming | None = None,
) -> Outgoing:
    """A message of the exchange itself, from node to node; no unit is addressed."""
    return post(
        kind=known(kind),
        content=Content(payload, files=files),
        sender_unit="",
        receiver=receiver,
        codes=(),
        actor=actor,
        at=at,
        answers=answers,
    )


def addressed(
    kind: Kind,
    content: Content,
    sender_unit: str,
    receiver: Node,
    codes: Sequence[str],
    at: datetime,
) -> Manifest:
    """The manifest under its new number."""
    own = own_node()
    incarnation, sequence = numbered(receiver)
    return Manifest(
        id=secrets.token_hex(16),
        kind=kind.name,
        kind_version=kind.version,
        sender=own.code,
        sender_unit=sender_unit or own.code,
        receiver=receiver.code,
        units=tuple(codes),
        incarnation=incarnation,
        sequence=sequence,
        sent_at=at,
        payload=content.payload,
        metadata=content.metadata,
        revision=content.revision,
    )


def refuse_unconnected(receiver: Node) -> None:
    """Mail is written for nodes that were accepted; for a suspended one it waits."""
    if receiver.state not in (NodeState.ACTIVE, NodeState.SUSPENDED):
        raise Refused(
            _("Not sent: %(node)s is not connected.") % {"node": receiver},
            next_steps=(_("The administrators connect nodes."),),
            code="not-connected",
        )


def numbered(receiver: Node) -> tuple[str, int]:
    """(incarnation, next sequence) for a receiver, under the lock of its row: no gap, none twice.
    In a new life it counts from 1 again. A lock that leaves the key free: whatever points to the
    node is checked at the commit and would wait for us, who wait for the trail."""
    life = current_life()
    if life is None:
        raise Refused(_("Not sent: this site is no node yet."), code="no-node")
    row = Node.objects.select_for_update(no_key=True).get(pk=receiver.pk)
    if row.sequence_incarnation != life.value:
        row.sequence_incarnation, row.last_sequence = life.value, 0
    row.last_sequence += 1
    row.save(update_fields=("sequence_incarnation", "last_sequence"))
    return life.value, row.last_sequence


def packed(row: Outgoing, manifest: Manifest, files: Sequence[Source], at: datetime) -> None:
    """Write the envelope and give it to the row; a refusal of the envelope is one of the act. Where
    no key of the policy's suites is left after a revocation, the others sign: the receiver's policy
    says whether that is enough."""
    keys = signing_keys(at, settings.EXCHANGE_POLICY.signing) or signing_keys(at, SUITES)
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as target:
        try:
            signed = pack(target, manifest, files, keys=keys)
        except Unacceptable as refused:
            raise Refused(
                _("Not sent: %(reason)s.") % {"reason": REASONS[refused.reason]},
                refused.detail,
                code=str(refused.reason),
            ) from refused
        row.digest = signed.digest()
        put(row, target, target.tell(), at)


def is_local(row: Outgoing) -> bool:
    """Whether a consignment stays on this node."""
    return row.receiver.relation == Relation.OWN
