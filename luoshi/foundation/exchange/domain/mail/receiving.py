"""Take in what a transport brought, in this order (security.md 5.4): size caps → signature over the
bytes received → may this sender send this kind to these units → digests → inbox row → effect →
verdict. Row, effect and verdict are one transaction.

A refusal that ends a consignment is signed and kept; whatever may have been done to it on its way
(damage, a wrong or revoked key) only raises an alarm and, to a connected node, a note: the
consignment stays open with its sender and comes again.
"""

import logging
from datetime import datetime
from enum import StrEnum
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.mail.alarming import alarm
from luoshi.foundation.exchange.domain.mail.applying import apply, apply_waiting
from luoshi.foundation.exchange.domain.mail.keeping import put
from luoshi.foundation.exchange.domain.mail.returning import give_back_lost
from luoshi.foundation.exchange.domain.mail.verdicts import Verdict, answer, note
from luoshi.foundation.exchange.domain.queries.neighbours import lookup, own_node, served_here
from luoshi.foundation.exchange.domain.queries.scope import may_travel
from luoshi.foundation.exchange.enums import InState, NodeState
from luoshi.foundation.exchange.envelopes import opening
from luoshi.foundation.exchange.envelopes.opening import Opened
from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable
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
    """Take in one envelope. Returns once what it says is durable, or its refusal is; the transport
    may forget it then. Raises only for faults of this machine: the transport keeps it then."""
    try:
        opened = opening.read(file)
    except Unacceptable as refused:
        alarm(sender="", refused=refused, file=file, at=at)
        return Outcome.ALARM
    sender = Node.objects.filter(code=opened.manifest.sender).first()
    if sender is None or sender.state != NodeState.ACTIVE:
        refused = Unacceptable(Reason.UNKNOWN_SENDER)
        alarm(sender=opened.manifest.sender, refused=refused, file=file, at=at)
        return Outcome.ALARM
    try:
        opening.check_signature(opened, keys=lookup(), policy=settings.EXCHANGE_POLICY)
        why = refusal(opened, sender)
        opening.check_files(opened)
    except Unacceptable as refused:
        if alarm(sender=sender.code, refused=refused, file=file, at=at):
            note(sender, opened, refused.reason, at=at)
        return Outcome.ALARM
    return taken(opened, sender, why, at=at)


def refusal(opened: Opened, sender: Node) -> Reason | None:
    """Why a proven sender may not send this here, if it may not."""
    manifest = opened.manifest
    kind = KINDS.get(manifest.kind)
    if manifest.receiver != own_node().code:
        return Reason.NOT_FOR_US
    if (kind is None or not kind.control) and not served_here(manifest.units):
        return Reason.NOT_FOR_US
    if kind is not None and not may_travel(kind, sender, out=False):
        return Reason.NOT_ALLOWED
    return None


def inbox_row(opened: Opened, sender: Node, at: datetime) -> Incoming:
    """The row an envelope becomes, not saved."""
    manifest = opened.manifest
    kind = KINDS.get(manifest.kind)
    return Incoming(
        id=UUID(hex=manifest.id),
        sender=sender,
        kind=manifest.kind,
        kind_version=manifest.kind_version,
        control=kind is not None and kind.control,
        incarnation=manifest.incarnation,
        sequence=manifest.sequence,
        digest=opened.digest,
        units=list(manifest.units),
        object=manifest.revision.object if manifest.revision else "",
        revision=manifest.revision.number if manifest.revision else 0,
        state=InState.APPLIED,
        sent_at=manifest.sent_at,
        received_at=at,
    )


def taken(opened: Opened, sender: Node, why: Reason | None, *, at: datetime) -> Outcome:
    """Inbox row, effect and verdict in one transaction; a second delivery is answered again."""
    with acting(actor=ACTOR, at=at):
        row = inbox_row(opened, sender, at)
        if not inserted(row, opened, at):
            return met_again(opened, sender, at=at)
        Node.objects.filter(pk=sender.pk).update(heard_at=at)
        if why is None:
            apply(row, opened, sender, at=at)
        else:
            row.state, row.reason = InState.REFUSED, str(why)
        row.settled_at = None if row.state == InState.PARKED else at
        row.save(update_fields=("state", "reason", "settled_at"))
        action = "refused" if row.state == InState.REFUSED else "received"
        after = {"kind": row.kind, "sender": sender.code, "reason": row.reason}
        record(f"exchange.{action}", actor=ACTOR, at=at, obj=row, after=after)
        answer(row, at=at)
        give_back_lost(row, sender, at=at)
        if row.state == InState.APPLIED and row.revision:
            apply_waiting(row, at=at)
        return Outcome.REFUSED if row.state == InState.REFUSED else Outcome.TAKEN


def inserted(row: Incoming, opened: Opened, at: datetime) -> bool:
    """Whether the row is new. The key decides, also between two processes: the second waits for the
    first one's end."""
    if Incoming.objects.filter(pk=row.pk).exists():
        return False
    put(row, opened.file, opened.file.seek(0, 2), at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def met_again(opened: Opened, sender: Node, *, at: datetime) -> Outcome:
    """Known already: the same content is answered again, another content under the same number is
    refused, and both are kept."""
    known = Incoming.objects.filter(pk=UUID(hex=opened.manifest.id)).first()
    if known is not None and (known.sender_id, known.digest) == (sender.pk, opened.digest):
        kind = KINDS.get(known.kind)
        if kind is not None and not kind.answered:
            # the same verdict may be given upon a consignment that was opened again since (a late
            # word of a restore); heeding it changes nothing that is settled
            kind.receive(Arrived(sender, opened, known, at))
        answer(known, at=at)
        return Outcome.AGAIN
    reason = Reason.SEQUENCE_TAKEN if known is None else Reason.ID_TAKEN
    kept = alarm(sender=sender.code, refused=Unacceptable(reason), file=opened.file, at=at)
    if kept:
        logger.warning("exchange number taken twice", extra={"reason": str(reason)})
    note(sender, opened, reason, at=at, verdict=Verdict.REFUSED)
    return Outcome.REFUSED
