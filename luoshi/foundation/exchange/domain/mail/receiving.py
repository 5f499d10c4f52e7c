"""Take in what a transport brought, in this order (security.md 5.4): size caps → signature over the
bytes received → may this sender send this kind to these units, in this unit's name → digests →
inbox row → effect → verdict. Row, effect and verdict are one transaction; several envelopes may
share it, and those of one sender are then answered by one verdict.

A refusal that ends a consignment is signed and kept; whatever may have been done to it on its way
(damage, a wrong or revoked key) only raises an alarm and, to a connected node, a note: the
consignment stays open with its sender and comes again.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import IO
from uuid import UUID

from django.conf import settings

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.mail import entering
from luoshi.foundation.exchange.domain.mail.alarming import alarm
from luoshi.foundation.exchange.domain.mail.applying import apply, apply_waiting
from luoshi.foundation.exchange.domain.mail.entering import Proven
from luoshi.foundation.exchange.domain.mail.returning import give_back_lost
from luoshi.foundation.exchange.domain.mail.verdicts import Verdict, answer, note
from luoshi.foundation.exchange.domain.queries.neighbours import (
    lookup,
    own_node,
    served_here,
    speaks_for,
)
from luoshi.foundation.exchange.domain.queries.scope import may_travel
from luoshi.foundation.exchange.enums import InState, NodeState
from luoshi.foundation.exchange.envelopes import opening
from luoshi.foundation.exchange.envelopes.opening import Opened
from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable
from luoshi.foundation.exchange.envelopes.several import each
from luoshi.foundation.exchange.kinds import KINDS, Arrived
from luoshi.foundation.exchange.models import Incoming, Node

ACTOR = Actor.system("exchange")
logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of one delivery."""

    TAKEN = "taken"
    AGAIN = "again"
    REFUSED = "refused"
    ALARM = "alarm"


def receive(file: IO[bytes], *, at: datetime) -> Outcome:
    """Take in one envelope; see `receive_together`."""
    return receive_together([file], at=at)[0]


def receive_together(files: Iterable[IO[bytes]], *, at: datetime) -> list[Outcome]:
    """Take in envelopes, in their order. Returns once what each says is durable, or its refusal is;
    the transport may forget them then. Raises only for faults of this machine: then nothing of any
    of them was kept and the transport keeps them all."""
    outcomes: list[Outcome] = []
    owed: list[Incoming] = []
    with acting(actor=ACTOR, at=at):
        for stretch in stretches(well_formed(file, at=at) for file in files):
            outcomes += taken(stretch, owed, at=at)
        note_heard(owed, at=at)
        answer(owed, at=at)
    return outcomes


def note_heard(rows: Iterable[Incoming], *, at: datetime) -> None:
    """Note on each sender that it was heard of, in the order in which `send` locks nodes."""
    senders = {row.sender_id: row.sender for row in rows}
    for sender in sorted(senders.values(), key=lambda node: node.code):
        Node.objects.filter(pk=sender.pk).update(heard_at=at)


def well_formed(file: IO[bytes], *, at: datetime) -> Opened | None:
    """The envelope, or None with an alarm."""
    try:
        return opening.read(file)
    except Unacceptable as refused:
        alarm(sender="", refused=refused, file=file, at=at)
        return None


def stretches(found: Iterable[Opened | None]) -> Iterator[list[Opened | None]]:
    """What may be judged and entered in one go. Alone stands what the next ones depend on: a state
    of an object, and what the exchange itself is told (keys, a restore)."""
    few: list[Opened | None] = []
    for one in found:
        if one is not None and stands_alone(one):
            yield from (stretch for stretch in (few, [one]) if stretch)
            few = []
        else:
            few.append(one)
    if few:
        yield few


def stands_alone(opened: Opened) -> bool:
    """Whether what comes behind this envelope depends on its effect."""
    kind = KINDS.get(opened.manifest.kind)
    return opened.manifest.revision is not None or (
        kind is not None and kind.control and kind.answered
    )


class Door:
    """What the registry says of senders and units, asked once for all of a stretch."""

    def __init__(self) -> None:
        self.own, self.keys = own_node().code, lookup()
        self.senders: dict[str, Node | None] = {}
        self.here: dict[tuple[str, ...], bool] = {}
        self.names: dict[tuple[str, str], bool] = {}

    def sender(self, code: str) -> Node | None:
        """The node of this code."""
        if code not in self.senders:
            self.senders[code] = Node.objects.filter(code=code).first()
        return self.senders[code]

    def serves(self, units: tuple[str, ...]) -> bool:
        """Whether all these units live here."""
        if units not in self.here:
            self.here[units] = served_here(units)
        return self.here[units]

    def speaks_for(self, sender: Node, unit: str) -> bool:
        """Whether a node may write in the name of this unit (security.md 1, threat 4)."""
        asked = (sender.code, unit)
        if asked not in self.names:
            self.names[asked] = speaks_for(sender, unit)
        return self.names[asked]


def all_proven(
    stretch: Sequence[Opened | None], door: Door, *, at: datetime
) -> list[Proven | None]:
    """The envelopes with their senders; None for those that are not in order, with an alarm."""
    found = [None if one is None else signed(one, door, at=at) for one in stretch]
    for place, refused in enumerate(each(wrong_files, found)):
        one = found[place]
        if one is not None and refused is not None:
            raise_alarm(one.opened, one.sender, refused, at=at)
            found[place] = None
    return found


def signed(opened: Opened, door: Door, *, at: datetime) -> Proven | None:
    """An envelope whose signature is good, with its sender."""
    code = opened.manifest.sender
    sender = door.sender(code)
    if sender is None or sender.state != NodeState.ACTIVE:
        refused = Unacceptable(Reason.UNKNOWN_SENDER)
        alarm(sender=code, refused=refused, file=opened.file, at=at)
        return None
    try:
        opening.check_signature(opened, keys=door.keys, policy=settings.EXCHANGE_POLICY)
    except Unacceptable as refused:
        raise_alarm(opened, sender, refused, at=at)
        return None
    return Proven(opened, sender, refusal(opened, sender, door))


def wrong_files(one: Proven | None) -> Unacceptable | None:
    """What is wrong with the files of an envelope. Needs no database."""
    try:
        if one is not None:
            opening.check_files(one.opened)
    except Unacceptable as refused:
        return refused
    return None


def raise_alarm(opened: Opened, sender: Node, refused: Unacceptable, *, at: datetime) -> None:
    """Keep what is not in order; a connected sender is told when it is new."""
    if alarm(sender=sender.code, refused=refused, file=opened.file, at=at):
        note(sender, opened, refused.reason, at=at)


def refusal(opened: Opened, sender: Node, door: Door) -> Reason | None:
    """Why a proven sender may not send this here, if it may not."""
    manifest = opened.manifest
    kind = KINDS.get(manifest.kind)
    if manifest.receiver != door.own:
        return Reason.NOT_FOR_US
    if (kind is None or not kind.control) and not door.serves(tuple(manifest.units)):
        return Reason.NOT_FOR_US
    if kind is not None and not may_travel(kind, sender, out=False):
        return Reason.NOT_ALLOWED
    if (kind is None or not kind.control) and not door.speaks_for(sender, manifest.sender_unit):
        return Reason.FOREIGN_UNIT
    return None


def taken(
    stretch: Sequence[Opened | None], owed: list[Incoming], *, at: datetime
) -> Iterator[Outcome]:
    """Inbox rows, then each effect; `owed` grows by the rows a verdict is to be given on."""
    found = all_proven(stretch, Door(), at=at)
    rows = iter(entering.entered([one for one in found if one is not None], at))
    for one in found:
        if one is None:
            yield Outcome.ALARM
        elif (row := next(rows)) is None:
            yield met_again(one, owed, at=at)
        else:
            owed.append(row)
            yield worked(row, one, at=at)


def worked(row: Incoming, one: Proven, *, at: datetime) -> Outcome:
    """The effect of a new row."""
    if one.why is None:
        apply(row, one.opened, one.sender, at=at)
    else:
        row.state, row.reason = InState.REFUSED, str(one.why)
        if one.why == Reason.FOREIGN_UNIT:
            name_the_unit(one, at=at)
    if row.state != InState.APPLIED or row.reason:
        row.settled_at = None if row.state == InState.PARKED else at
        row.save(update_fields=("state", "reason", "settled_at"))
    action = "refused" if row.state == InState.REFUSED else "received"
    after = {"kind": row.kind, "sender": one.sender.code, "reason": row.reason}
    record(f"exchange.{action}", actor=ACTOR, at=at, obj=row, after=after)
    give_back_lost(row, one.sender, at=at)
    if row.state == InState.APPLIED and row.revision:
        apply_waiting(row, at=at)
    return Outcome.REFUSED if row.state == InState.REFUSED else Outcome.TAKEN


def name_the_unit(one: Proven, *, at: datetime) -> None:
    """An alarm that says in whose name a node spoke: a forgery, or a unit that was not entered as
    living there; the administrators see which."""
    refused = Unacceptable(Reason.FOREIGN_UNIT, one.opened.manifest.sender_unit)
    alarm(sender=one.sender.code, refused=refused, file=one.opened.file, at=at)


def met_again(one: Proven, owed: list[Incoming], *, at: datetime) -> Outcome:
    """Known already: the same content is answered again, another content under the same number is
    refused, and both are kept."""
    opened, sender = one.opened, one.sender
    rows = Incoming.objects.select_related("sender").defer("body")
    known = rows.filter(pk=UUID(hex=opened.manifest.id)).first()
    if known is not None and (known.sender_id, known.digest) == (sender.pk, opened.digest):
        kind = KINDS.get(known.kind)
        if kind is not None and not kind.answered:
            # the same verdict may be given upon a consignment that was opened again since (a late
            # word of a restore); heeding it changes nothing that is settled
            kind.receive(Arrived(sender, opened, known, at))
        owed.append(known)
        return Outcome.AGAIN
    reason = Reason.SEQUENCE_TAKEN if known is None else Reason.ID_TAKEN
    kept = alarm(sender=sender.code, refused=Unacceptable(reason), file=opened.file, at=at)
    if kept:
        logger.warning("exchange number taken twice", extra={"reason": str(reason)})
    note(sender, opened, reason, at=at, verdict=Verdict.REFUSED)
    return Outcome.REFUSED
