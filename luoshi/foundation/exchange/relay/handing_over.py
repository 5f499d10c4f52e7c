"""Hand due consignments to a transport, outside any transaction, until the receiver has spoken.

The transport's acknowledgement only means "on its way": the row stays open and is handed over again
after 1, 5, 15, 60 minutes, then hourly, without end (security.md 5.2). A verdict is handed over
once for each time it is given.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import IO
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from luoshi.foundation.exchange.domain.mail.keeping import bodies, opened
from luoshi.foundation.exchange.enums import NodeState, OutState, Relation
from luoshi.foundation.exchange.kinds import KINDS
from luoshi.foundation.exchange.models import Outgoing
from luoshi.foundation.exchange.transports.interface import (
    GivenUp,
    Held,
    Parcel,
    Transport,
    Unreachable,
)

AGAIN = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
HERE = Q(receiver__relation=Relation.OWN)
NEXT = ~Q(receiver__relation__in=(Relation.OWN, Relation.REPORTED_TO))
FULL, AWAY = timedelta(minutes=1), timedelta(seconds=2)
SLACK = timedelta(seconds=5)  # between a look at the mailbox and the rows


def due(at: datetime, to: Q, *, most: int) -> list[Outgoing]:
    """What is to be handed over now to some of the nodes, the longest waiting first."""
    rows = Outgoing.objects.filter(to, next_at__lte=at, receiver__state=NodeState.ACTIVE)
    rows = rows.select_related("receiver", "file").defer("body")
    return list(rows.order_by("next_at", "id")[:most])


def next_try(attempts: int, at: datetime) -> datetime:
    """When a consignment handed over for the n-th time is handed over again."""
    return at + AGAIN[min(attempts, len(AGAIN)) - 1]


def hand_over(row: Outgoing, transport: Transport, *, sender: str, at: datetime) -> bool:
    """Hand one over; whether the transport took it. A full mailbox holds it: it stays where it is,
    with how far it came, and goes on from there. Raises `Unreachable` where the transport takes
    nothing at all now."""

    def came(parts: int) -> None:
        Outgoing.objects.filter(pk=row.pk).update(parts=parts)

    with opened(row) as file:
        try:
            transport.publish(parcel(row, file, sender), begun=row.parts, progress=came)
        except Unreachable as away:
            hold(row, away, at=at, until=at + AWAY)
            raise
        except Held as held:
            hold(row, held, at=at, until=at + FULL)
            return False
    handed([row], at=at)
    return True


def hand_over_together(
    rows: Sequence[Outgoing], transport: Transport, *, sender: str, at: datetime
) -> int:
    """Hand over small ones at once; how many the transport took. Raises as `hand_over` does."""
    raws = bodies(rows)
    parcels = [parcel(row, BytesIO(raws[row.pk]), sender) for row in rows]
    try:
        told = transport.publish_together(parcels)
    except Unreachable as away:
        for row in rows:
            hold(row, away, at=at, until=at + AWAY)
        raise
    for row, held in zip(rows, told, strict=True):
        if held is not None:
            hold(row, held, at=at, until=at + FULL)
    taken = [row for row, held in zip(rows, told, strict=True) if held is None]
    handed(taken, at=at)
    return len(taken)


def hold(row: Outgoing, why: Held, *, at: datetime, until: datetime) -> None:
    """Say on the row why it waits, and until when; a verdict that came meanwhile is left."""
    rows = Outgoing.objects.filter(pk=row.pk, next_at=row.next_at)
    rows.update(held=str(why)[:120], next_at=until, tried_at=at)


def parcel(row: Outgoing, file: IO[bytes], sender: str) -> Parcel:
    """A row as a transport takes it."""
    return Parcel(
        id=row.pk.hex,
        sender=sender,
        receiver=row.receiver.code,
        kind=row.kind,
        size=row.size,
        file=file,
    )


def handed(rows: Sequence[Outgoing], *, at: datetime) -> None:
    """The transport has them: wait for the receiver's word. A row the verdict reached meanwhile is
    left as it is."""
    same: dict[tuple[bool, int, datetime | None], list[UUID]] = {}
    for row in rows:
        answered = KINDS[row.kind].answered if row.kind in KINDS else True
        same.setdefault((answered, row.attempts + 1, row.next_at), []).append(row.pk)
    for (answered, attempts, next_at), keys in same.items():
        Outgoing.objects.filter(pk__in=keys, next_at=next_at).update(
            state=OutState.SENT if answered else OutState.GIVEN,
            attempts=attempts,
            parts=0,
            held="",
            tried_at=at,
            sent_at=Coalesce(F("sent_at"), at),
            next_at=next_try(attempts, at) if answered else None,
        )


def hurry(lost: GivenUp, *, at: datetime) -> int:
    """The transport may never bring these: what waits for its word, and what is given without one,
    is handed over again now, from its first part. Returns how many; what was answered meanwhile is
    left, and so is what was given before the time that is in doubt."""
    unanswered, given = Q(next_at__isnull=False, attempts__gt=0), Q(state=OutState.GIVEN)
    gone = Q(pk__in=lost.keys) & (Q(next_at__isnull=False) | given) if lost.keys else Q(pk__in=[])
    for code, seconds in lost.skipped.items():
        since = at - timedelta(seconds=seconds) - SLACK
        gone |= Q(receiver__code=code) & (unanswered | given & Q(tried_at__gte=since))
    if not (lost.keys or lost.skipped):
        return 0
    keys = list(Outgoing.objects.filter(gone).values_list("pk", flat=True))
    return Outgoing.objects.filter(pk__in=keys).update(next_at=at, attempts=0, parts=0)
