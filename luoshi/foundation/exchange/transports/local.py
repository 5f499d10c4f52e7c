"""Units on the same node: the outbox row is the mailbox, so that nothing stands between the two
transactions and nothing can be lost between them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import IO
from uuid import UUID

from django.db.models import Exists, OuterRef

from luoshi.foundation.exchange.domain.mail.keeping import opened
from luoshi.foundation.exchange.enums import OutState, Relation
from luoshi.foundation.exchange.models import Incoming, Outgoing
from luoshi.foundation.exchange.transports.interface import Delivery, GivenUp, Held, Parcel

GONE_OUT = (OutState.SENT, OutState.GIVEN)


class LocalDelivery:
    """A row that was handed over and has not come in."""

    def __init__(self, row: Outgoing, left: set[UUID]) -> None:
        self.stack, self.left, self.key = ExitStack(), left, row.pk
        self.file: IO[bytes] = self.stack.enter_context(opened(row))

    def done(self) -> None:
        """The inbox row itself says that it came."""
        self.stack.close()

    def again(self) -> None:
        """It is still in the outbox; this transport passes it by, the next one tries again."""
        self.left.add(self.key)
        self.stack.close()


class LocalTransport:
    """Outbox to inbox in one database. `left`: what could not be taken in, so that one broken
    envelope does not stand before all others."""

    def __init__(self) -> None:
        self.left: set[UUID] = set()

    def publish(self, parcel: Parcel, *, begun: int, progress: Callable[[int], None]) -> None:
        """Nothing to do: the row is there."""

    def publish_together(self, parcels: Sequence[Parcel]) -> list[Held | None]:
        """As little."""
        return [None] * len(parcels)

    def rows(self) -> Iterator[Outgoing]:
        """Handed over to this node and not in its inbox yet, in their order."""
        come = Incoming.objects.filter(pk=OuterRef("pk"))
        rows = Outgoing.objects.filter(receiver__relation=Relation.OWN, state__in=GONE_OUT)
        waiting = rows.filter(~Exists(come)).exclude(pk__in=self.left).select_related("file")
        yield from waiting.order_by("incarnation", "sequence")

    def fetch(self, most: int, wait: float) -> list[Delivery]:
        """What was handed over; `wait` is not needed, a row is there or not."""
        found: list[Delivery] = []
        for row in self.rows():
            found.append(LocalDelivery(row, self.left))
            if len(found) == most:
                break
        return found

    def given_up(self) -> GivenUp:
        """Nothing: the row itself lies there."""
        return GivenUp()

    def close(self) -> None:
        """Nothing is open."""
