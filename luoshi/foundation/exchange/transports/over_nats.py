"""To another node over JetStream: publish into the mailbox on this machine's own server, take from
`IN` what the servers brought (stack.md, "Exchange over JetStream")."""

import asyncio
import time
from collections.abc import Callable, Sequence
from itertools import takewhile
from pathlib import Path
from uuid import UUID

from nats.aio.msg import Msg
from nats.js.client import JetStreamContext
from nats.js.errors import APIError

from luoshi.foundation.exchange.broker.client import (
    PATIENCE,
    Away,
    Line,
    Refusing,
    Watch,
    clear_acknowledged,
    provide,
)
from luoshi.foundation.exchange.broker.drawing import Draw
from luoshi.foundation.exchange.broker.topology import Place, consignment_of, neighbour_of, subject
from luoshi.foundation.exchange.broker.waking import Waking
from luoshi.foundation.exchange.transports.gathering import PARTS, Gathering, digest_of
from luoshi.foundation.exchange.transports.interface import (
    Delivery,
    GivenUp,
    Held,
    Parcel,
    Unreachable,
)
from luoshi.foundation.exchange.transports.parts import PART

WINDOW = 32
CLEAR = 15.0  # seconds between two looks at what was acknowledged
THERE_ALREADY = "maximum messages per subject exceeded"


class NatsTransport:
    """One node's end. `parts`: where parts of large envelopes wait for the rest; `who`: as whom it
    signs in, which decides on the account."""

    def __init__(
        self, place: Place, folder: Path, port: int, parts: Path, who: str = "relay"
    ) -> None:
        self.place = place
        self.line = Line(folder, port, who)
        self.draw: Draw | None = None
        self.gathering = Gathering(self.line, parts)
        self.waking = Waking(self.line, place)
        self.clear_at = 0.0
        self.watch, self.lost = Watch(), GivenUp()

    def publish(self, parcel: Parcel, *, begun: int, progress: Callable[[int], None]) -> None:
        """See `Transport`. A part that still lies in the mailbox is not put there a second time.
        Progress is told between two calls of the loop: it writes to the database."""
        total = max(1, -(-parcel.size // PART))
        name = f"{parcel.id}.{digest_of(parcel.file)}.{total}" if total > 1 else ""
        parcel.file.seek(begun * PART)
        for first in range(begun, total, WINDOW):
            parts = [parcel.file.read(PART) for _ in range(first, min(first + WINDOW, total))]
            taken: list[None] = []
            try:
                self.line.run(self.put(parcel, first, parts, name, taken))
            except Away as away:
                raise Unreachable(f"server away: {away}") from away
            except Refusing as refused:
                raise Held(str(refused)) from refused
            finally:
                if name and taken:
                    progress(first + len(taken))

    def publish_together(self, parcels: Sequence[Parcel]) -> list[Held | None]:
        """See `Transport`."""
        try:
            return self.line.run(self.put_together(parcels))
        except (Away, Refusing) as away:
            raise Unreachable(f"server away: {away}") from away

    async def put_together(self, parcels: Sequence[Parcel]) -> list[Held | None]:
        """Publish each as one part, all at a time."""
        stream = await self.ready()
        told = await asyncio.gather(
            *(self.put_part(stream, one, 0, "", one.file.read()) for one in parcels),
            return_exceptions=True,
        )
        for one in told:
            if one is not None and not isinstance(one, Held):
                raise one
        return [one if isinstance(one, Held) else None for one in told]

    async def ready(self) -> JetStreamContext:
        """The connection, with the streams provided on each new one: a wiped server has none."""
        client = await self.line.connected()
        if self.line.fresh:
            await provide(self.line, self.place)
            self.line.fresh, self.draw = False, None
            self.gathering.forget()
            self.waking.begin()
        return client.jetstream(timeout=PATIENCE)

    async def put(
        self, parcel: Parcel, first: int, parts: list[bytes], name: str, taken: list[None]
    ) -> None:
        """Publish some parts at a time; `taken` grows by those that are there, in their order."""
        stream = await self.ready()
        told = await asyncio.gather(
            *(self.put_part(stream, parcel, n, name, raw) for n, raw in enumerate(parts, first)),
            return_exceptions=True,
        )
        taken += [one for one in takewhile(lambda one: one is None, told) if one is None]
        if len(taken) < len(told):
            raise next(one for one in told if isinstance(one, BaseException))

    async def put_part(
        self, stream: JetStreamContext, parcel: Parcel, number: int, name: str, raw: bytes
    ) -> None:
        """Publish one part; refused by a full mailbox: `Held`. No `Nats-Msg-Id`: its window would
        swallow what a restored receiver needs again, and the mailbox holds a subject once."""
        headers = {PARTS: name} if name else None
        where = subject(parcel.sender, parcel.receiver, parcel.kind, parcel.id, number)
        try:
            await stream.publish(where, raw, headers=headers)
        except APIError as error:
            if error.description != THERE_ALREADY:
                raise Held(str(error.description)) from error

    def fetch(self, most: int, wait: float) -> list[Delivery]:
        """See `Transport`. Without a server: nothing, after the wait."""
        found = self.gathering.ready()
        try:
            if time.monotonic() >= self.clear_at:
                self.clear_at = time.monotonic() + CLEAR
                self.line.run(self.clear())
            messages = self.line.run(self.take(most, 0 if found else wait))
        except (Away, Refusing):
            time.sleep(wait)
            return found
        for message in messages:
            found += self.gathering.sorted_in(message)
        return found

    async def take(self, most: int, wait: float) -> list[Msg]:
        """Messages of `IN`."""
        await self.ready()
        await self.waking.look()
        if self.draw is None:
            self.draw = Draw(await self.line.connected())
        return await self.draw.take(most, wait)

    async def clear(self) -> None:
        """Make room for what has to be sent again, and note what it was."""
        await self.ready()
        removed, skipped = await clear_acknowledged(self.line, self.place, self.watch)
        keys = {UUID(hex=consignment_of(one)) for one in removed}
        ages = {neighbour_of(self.place, name): age for name, age in skipped.items()}
        self.lost = GivenUp(self.lost.keys | keys, {**self.lost.skipped, **ages})

    def given_up(self) -> GivenUp:
        """See `Transport`."""
        lost, self.lost = self.lost, GivenUp()
        return lost

    def close(self) -> None:
        """Close the connection."""
        self.line.close()
