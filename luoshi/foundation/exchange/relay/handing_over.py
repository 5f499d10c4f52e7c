"""Hand due consignments to a transport, outside any transaction, until the receiver has spoken.

The transport's acknowledgement only means "on its way": the row stays open and is handed over again
after 1, 5, 15, 60 minutes, then hourly, without end (security.md 5.2). A verdict is handed over
once for each time it is given.
"""

from datetime import datetime, timedelta
from typing import IO

from django.db.models import Q

from luoshi.foundation.exchange.domain.mail.keeping import opened
from luoshi.foundation.exchange.domain.queries.neighbours import own_node
from luoshi.foundation.exchange.enums import NodeState, OutState, Relation
from luoshi.foundation.exchange.kinds import KINDS
from luoshi.foundation.exchange.models import Outgoing
from luoshi.foundation.exchange.transports.interface import Held, Parcel, Transport, Unreachable

AGAIN = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
FULL, AWAY = timedelta(minutes=1), timedelta(seconds=2)


def due(at: datetime, *, local: bool, most: int) -> list[Outgoing]:
    """What is to be handed over now, the longest waiting first. A direct-report point has no line
    (features row 3): what is for it waits for a medium."""
    rows = Outgoing.objects.filter(next_at__lte=at, receiver__state=NodeState.ACTIVE)
    here = Q(receiver__relation=Relation.OWN)
    rows = rows.filter(here if local else ~here).exclude(receiver__relation=Relation.DIRECT)
    return list(rows.select_related("receiver", "file").order_by("next_at", "id")[:most])


def next_try(attempts: int, at: datetime) -> datetime:
    """When a consignment handed over for the n-th time is handed over again."""
    return at + AGAIN[min(attempts, len(AGAIN)) - 1]


def hand_over(row: Outgoing, transport: Transport, *, at: datetime) -> bool:
    """Hand one over; whether the transport took it. A full mailbox holds it: it stays where it is,
    with how far it came, and goes on from there. Raises `Unreachable` where the transport takes
    nothing at all now."""

    def came(parts: int) -> None:
        Outgoing.objects.filter(pk=row.pk).update(parts=parts)

    with opened(row) as file:
        try:
            transport.publish(parcel(row, file), begun=row.parts, progress=came)
        except Unreachable as away:
            hold(row, away, at=at, until=at + AWAY)
            raise
        except Held as held:
            hold(row, held, at=at, until=at + FULL)
            return False
    handed(row, at=at)
    return True


def hold(row: Outgoing, why: Held, *, at: datetime, until: datetime) -> None:
    """Say on the row why it waits, and until when; a verdict that came meanwhile is left."""
    rows = Outgoing.objects.filter(pk=row.pk, next_at=row.next_at)
    rows.update(held=str(why)[:120], next_at=until, tried_at=at)


def parcel(row: Outgoing, file: IO[bytes]) -> Parcel:
    """A row as a transport takes it."""
    return Parcel(
        id=row.pk.hex,
        sender=own_node().code,
        receiver=row.receiver.code,
        kind=row.kind,
        size=row.size,
        file=file,
    )


def handed(row: Outgoing, *, at: datetime) -> None:
    """The transport has it: wait for the receiver's word. A row the verdict reached meanwhile is
    left as it is."""
    answered = KINDS[row.kind].answered if row.kind in KINDS else True
    Outgoing.objects.filter(pk=row.pk, next_at=row.next_at).update(
        state=OutState.SENT if answered else OutState.GIVEN,
        attempts=row.attempts + 1,
        parts=0,
        held="",
        tried_at=at,
        sent_at=row.sent_at or at,
        next_at=next_try(row.attempts + 1, at) if answered else None,
    )
