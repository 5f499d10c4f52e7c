"""To another node over JetStream: publish into the mailbox on this machine's own server, take from
`IN` what the servers brought (stack.md, "Exchange over JetStream")."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from typing import IO, Any

from nats.aio.msg import Msg
from nats.js.client import JetStreamContext
from nats.js.errors import APIError

from luoshi.foundation.exchange.broker.client import (
    PATIENCE,
    Away,
    Line,
    Refusing,
    clear_acknowledged,
    provide,
)
from luoshi.foundation.exchange.broker.drawing import Draw
from luoshi.foundation.exchange.broker.topology import Place, subject
from luoshi.foundation.exchange.transports.interface import (
    Delivery,
    Held,
    Parcel,
    Unreachable,
)
from luoshi.foundation.exchange.transports.parts import (
    MOST,
    NAME,
    PART,
    Assembly,
    assemblies,
)

WINDOW = 32
CLEAR = 15.0  # seconds between two looks at what was acknowledged
LATER = 30.0
THERE_ALREADY = "maximum messages per subject exceeded"
PARTS = "Luoshi-Parts"
FEW, MOST_HELD = 16, 128  # parts of an envelope that is put together in memory, and of all of them


class Lying:
    """An envelope in one message or a few, which lie in `IN` until it is durable here."""

    def __init__(self, line: Line, messages: Sequence[Msg]) -> None:
        self.line, self.messages = line, messages
        self.file: IO[bytes] = BytesIO(b"".join(message.data for message in messages))

    def done(self) -> None:
        """Take it out of `IN` with the next call; when the server is away, or this process ends
        before, it comes again and is known then."""
        for message in self.messages:
            self.line.say_next(message.ack)

    def again(self) -> None:
        """Leave it there for a while."""
        for message in self.messages:
            self.line.say_next(partial(message.nak, delay=LATER))


class Joined:
    """An envelope of several parts, all of them on disk."""

    def __init__(self, assembly: Assembly, file: IO[bytes], waiting: list[Any]) -> None:
        self.assembly, self.file, self.waiting = assembly, file, waiting

    def done(self) -> None:
        """Remove the parts."""
        self.file.close()
        self.assembly.forget()

    def again(self) -> None:
        """Bring it again after a while."""
        self.file.close()
        self.waiting.append((time.monotonic() + LATER, self.assembly))


class NatsTransport:
    """One node's end. `parts`: where parts of large envelopes wait for the rest; `who`: as whom it
    signs in, which decides on the account."""

    def __init__(
        self, place: Place, folder: Path, port: int, parts: Path, who: str = "relay"
    ) -> None:
        self.place, self.parts = place, parts
        self.line = Line(folder, port, who)
        self.draw: Draw | None = None
        self.gathered: dict[str, dict[int, Msg]] = {}
        self.clear_at = 0.0
        self.waiting: list[tuple[float, Assembly]] = [
            (0.0, one) for one in assemblies(parts) if one.complete()
        ]

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
            self.gathered.clear()  # they come again
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
        found: list[Delivery] = [one for one in map(self.joined, self.ripe()) if one is not None]
        try:
            if time.monotonic() >= self.clear_at:
                self.clear_at = time.monotonic() + CLEAR
                self.line.run(self.clear())
            messages = self.line.run(self.take(most, 0 if found else wait))
        except (Away, Refusing):
            time.sleep(wait)
            return found
        for message in messages:
            found += self.sorted_in(message)
        return found

    async def take(self, most: int, wait: float) -> list[Msg]:
        """Messages of `IN`."""
        await self.ready()
        if self.draw is None:
            self.draw = Draw(await self.line.connected())
        return await self.draw.take(most, wait)

    async def clear(self) -> None:
        """Make room for what has to be sent again."""
        await self.ready()
        await clear_acknowledged(self.line, self.place)

    def sorted_in(self, message: Msg) -> list[Delivery]:
        """An envelope, when the message is one or completes one. What names itself as no part of
        ours can is dropped: its consignment stays with its sender."""
        name = (message.headers or {}).get(PARTS, "")
        if not name:
            return [Lying(self.line, [message])]
        number = message.subject.rpartition(".")[2]
        if (
            not NAME.fullmatch(name)
            or not number.isdigit()
            or not int(number) < int(name.split(".")[2]) <= MOST
        ):
            Lying(self.line, [message]).done()
            return []
        if self.fits(name, message):
            return self.gather(name, int(number), message)
        return self.assemble(name, int(number), message)

    def fits(self, name: str, message: Msg) -> bool:
        """Whether the part may wait in memory for the others, lying in `IN` meanwhile: of a small
        envelope, brought for the first time, while not too many wait."""
        held = sum(len(parts) for parts in self.gathered.values())
        first = message.metadata.num_delivered == 1
        few = int(name.split(".")[2]) <= FEW and held < MOST_HELD
        return first and few and not (self.parts / name).exists()

    def gather(self, name: str, number: int, message: Msg) -> list[Delivery]:
        """Keep a part in memory; the envelope, once all are there and it is what was announced."""
        _id, digest, total = name.split(".")
        parts = self.gathered.setdefault(name, {})
        parts[number] = message
        if len(parts) < int(total):
            return []
        del self.gathered[name]
        whole = Lying(self.line, [parts[place] for place in sorted(parts)])
        if digest_of(whole.file) == digest:
            return [whole]
        whole.done()
        return []

    def assemble(self, name: str, number: int, message: Msg) -> list[Delivery]:
        """Keep a part on disk, with those that waited in memory; the envelope, once all are."""
        assembly = Assembly(self.parts, name)
        for place, part in {**self.gathered.pop(name, {}), number: message}.items():
            assembly.add(place, part.data)
            Lying(self.line, [part]).done()
        whole = self.joined(assembly) if assembly.complete() else None
        return [whole] if whole is not None else []

    def joined(self, assembly: Assembly) -> Joined | None:
        """A complete envelope."""
        file = assembly.joined()
        return Joined(assembly, file, self.waiting) if file is not None else None

    def ripe(self) -> list[Assembly]:
        """Complete envelopes that waited long enough."""
        now = time.monotonic()
        found = [assembly for since, assembly in self.waiting if since <= now]
        self.waiting = [pair for pair in self.waiting if pair[0] > now]
        return found

    def close(self) -> None:
        """Close the connection."""
        self.line.close()


def digest_of(file: IO[bytes]) -> str:
    """SHA-256 of a file from its beginning."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
