"""After a restore (security.md 5.7): say what is held, be sent the rest, be told what was lost.

A restored node announces to each neighbour which numbers it has received and how far it remembers
to have sent. The neighbour sends again what is missing and returns, each as an envelope of its own,
what it holds from the lost time. A person decides whether that is entered again.
"""

from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.mail.keeping import opened as bytes_of
from luoshi.foundation.exchange.domain.mail.sending import tell
from luoshi.foundation.exchange.domain.node.incarnating import current_life
from luoshi.foundation.exchange.domain.queries.neighbours import (
    connected,
    lookup,
    own_node,
    signing_keys,
)
from luoshi.foundation.exchange.enums import OPEN, REASONS, OutState
from luoshi.foundation.exchange.envelopes import opening
from luoshi.foundation.exchange.envelopes.opening import Opened
from luoshi.foundation.exchange.envelopes.packing import Source
from luoshi.foundation.exchange.envelopes.refusing import Unacceptable
from luoshi.foundation.exchange.envelopes.suites import SUITES
from luoshi.foundation.exchange.kinds import KINDS, Arrived, Declined
from luoshi.foundation.exchange.models import Incoming, Node, Outgoing, Returned

ACTOR = Actor.system("exchange")
HOLDINGS, RETURN = "exchange.holdings", "exchange.return"
Ranges = dict[str, list[list[int]]]

ISLANDS = """
SELECT incarnation, min(sequence), max(sequence) FROM (
    SELECT incarnation, sequence,
           sequence - row_number() OVER (PARTITION BY incarnation ORDER BY sequence) AS island
    FROM exchange_incoming WHERE sender_id = %s) AS numbered
GROUP BY incarnation, island ORDER BY incarnation, min(sequence)
"""


def held(node: Node) -> Ranges:
    """Per life of that node: the stretches of its numbers that are here."""
    with connection.cursor() as cursor:
        cursor.execute(ISLANDS, [node.pk])
        found: Ranges = {}
        for incarnation, first, last in cursor.fetchall():
            found.setdefault(incarnation, []).append([first, last])
    return found


def remembered(node: Node) -> dict[str, int]:
    """Per own life: the last number this node remembers to have sent to that one."""
    rows = Outgoing.objects.filter(receiver=node).values("incarnation").annotate(n=Max("sequence"))
    return {row["incarnation"]: row["n"] for row in rows}


def announce(*, actor: Actor, at: datetime) -> int:
    """Tell every neighbour what is held here; returns how many were told."""
    nodes = list(connected())
    with acting(actor=actor, at=at):
        for node in nodes:
            payload = {"theirs": held(node), "ours": remembered(node)}
            tell(kind=HOLDINGS, payload=payload, receiver=node, actor=actor, at=at)
    return len(nodes)


def announce_restore(*, at: datetime) -> int:
    """Announce once in each life that began with a restore, as soon as this machine has its keys
    again; returns how many neighbours were told now. Called whenever mail is about to go out."""
    life = current_life()
    if life is None or not life.restored or not signing_keys(at, SUITES):
        return 0
    if Outgoing.objects.filter(kind=HOLDINGS, incarnation=life.value).exists():
        return 0
    return announce(actor=ACTOR, at=at)


def within(ranges: Ranges, incarnation: str, sequence: int) -> bool:
    """Whether a number is among those held."""
    return any(first <= sequence <= last for first, last in ranges.get(incarnation, []))


def send_rest(arrived: Arrived) -> None:
    """A neighbour came back from a backup: send again what it has not, return what it lost. What it
    has not answered yet is due at once: its answer may have been lost with its disk, and the next
    attempt may be an hour away. What it said in an earlier life than the one it lives in counts for
    nothing."""
    theirs, ours = read_ranges(arrived.payload.get("theirs")), arrived.payload.get("ours")
    if not isinstance(ours, dict):
        raise Declined("ours")
    if arrived.sender.restored_at is not None and arrived.row.sent_at < arrived.sender.restored_at:
        return  # overtaken: it came back once more since
    settled = (OutState.RECEIVED, OutState.REFUSED)
    rows = Outgoing.objects.filter(receiver=arrived.sender, state__in=settled)
    missing = [
        key
        for key, incarnation, sequence in rows.values_list("pk", "incarnation", "sequence")
        if not within(theirs, incarnation, sequence)
    ]
    Outgoing.objects.filter(pk__in=missing).update(
        state=OutState.WAITING,
        next_at=arrived.at,
        attempts=0,
        parts=0,
        taken_at=None,
        settled_at=None,
    )
    waiting = Outgoing.objects.filter(receiver=arrived.sender, state__in=OPEN, attempts__gt=0)
    waiting.update(next_at=arrived.at, attempts=0, parts=0)
    if missing:
        after = {"node": arrived.sender.code, "count": len(missing)}
        record("exchange.resent", actor=ACTOR, at=arrived.at, obj=arrived.sender, after=after)
    node = arrived.sender
    node.remembers = {life: n for life, n in ours.items() if type(n) is int}
    node.restored_life, node.restored_at = arrived.row.incarnation, arrived.row.sent_at
    node.save(update_fields=("remembers", "restored_life", "restored_at"))
    for row in Incoming.objects.filter(sender=node, control=False).iterator(chunk_size=500):
        give_back_lost(row, node, at=arrived.at)


def give_back_lost(row: Incoming, node: Node, *, at: datetime) -> None:
    """Return an envelope its sender does not remember; also one that was still on its way when the
    sender announced its restore. One that is known there after all is passed by there."""
    if not row.control and node.forgot(row.incarnation, row.sequence):
        give_back(row, node, at=at)


def read_ranges(value: object) -> Ranges:
    """The ranges a neighbour sent, or `Declined`."""
    sound = isinstance(value, dict) and all(
        isinstance(spans, list)
        and all(
            isinstance(s, list) and len(s) == 2 and all(type(n) is int for n in s) for s in spans
        )
        for spans in value.values()
    )
    if not sound or not isinstance(value, dict):
        raise Declined("theirs")
    return value


def give_back(row: Incoming, node: Node, *, at: datetime) -> None:
    """Return one envelope to the node that once sent it, once: the return is a consignment like any
    other and comes again by itself when that node loses it with a second restore."""
    if Outgoing.objects.filter(kind=RETURN, answers=row).exists():
        return
    with bytes_of(row) as file:
        raw = BytesIO(file.read())
    tell(
        kind=RETURN,
        payload={"of": row.pk.hex},
        receiver=node,
        actor=ACTOR,
        at=at,
        files=[Source("envelope.zip", "application/zip", raw)],
        answers=row,
    )


def take_back(arrived: Arrived) -> None:
    """Keep a returned envelope for somebody to decide upon; one that is known here after all, or
    was returned before, is passed by."""
    if len(arrived.opened.manifest.files) != 1:
        raise Declined("files")
    inner_file = BytesIO()
    opening.extract(arrived.opened, 1, inner_file)
    inner = opening.read(inner_file).manifest
    key = UUID(hex=inner.id)
    if Outgoing.objects.filter(pk=key).exists():
        return
    row, made = Returned.objects.get_or_create(
        consignment=key,
        defaults={
            "node": arrived.sender,
            "kind": inner.kind,
            "title": inner.metadata.title,
            "sent_at": inner.sent_at,
            "returned_at": arrived.at,
            "evidence": arrived.row,
        },
    )
    if made:
        record("exchange.returned", actor=ACTOR, at=arrived.at, obj=row)


def decide_reentry(*, row: Returned, enter: bool, actor: Actor, at: datetime) -> Returned:
    """Decide on it; a kind that can be entered again is, by its room, from the envelope kept here.
    Of another kind it is noted that a person has entered it by hand. Refused: a second decision,
    an envelope whose own signature is not good any more."""
    ensure(rules.may_decide_reentry(actor))
    if row.decided:
        raise Refused(
            _("Decided already by %(name)s.") % {"name": row.decided_by_name}, code="decided"
        )
    with acting(actor=actor, at=at):
        kind = KINDS.get(row.kind)
        if enter and kind is not None and kind.reenter is not None:
            kind.reenter(own_envelope(row), actor=actor, at=at)
        row.decided = "entered" if enter else "dropped"
        row.decided_by_name, row.decided_at = actor.person_name, at
        row.save(update_fields=("decided", "decided_by_name", "decided_at"))
        after = {"decided": row.decided}
        record("exchange.reentry_decided", actor=actor, at=at, obj=row, after=after)
    return row


def own_envelope(row: Returned) -> Opened:
    """The envelope this node once signed, out of the one that returned it, checked against this
    node's own keys."""
    inner = BytesIO()
    with bytes_of(row.evidence) as file:
        opening.extract(opening.read(file), 1, inner)
    found = opening.read(inner)
    try:
        opening.check_signature(found, keys=lookup(), policy=settings.EXCHANGE_POLICY)
        opening.check_files(found)
    except Unacceptable as refused:
        raise Refused(
            _("Not entered: %(reason)s.") % {"reason": REASONS[refused.reason]},
            next_steps=(_("Read what it says and do it by hand, then drop it here."),),
            code=str(refused.reason),
        ) from refused
    if found.manifest.sender != own_node().code:
        raise Refused(_("Not entered: another node sent it."), code="not-ours")
    return found
