"""Envelopes out of the messages that carry them: whole ones, parts that are put together in memory,
and parts that wait on disk for the rest."""

import hashlib
import time
from collections import deque
from collections.abc import Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from nats.aio.msg import Msg

from luoshi.foundation.exchange.broker.client import Line
from luoshi.foundation.exchange.transports.interface import Delivery
from luoshi.foundation.exchange.transports.parts import MOST, NAME, Assembly, assemblies

LATER = 30.0
PARTS = "Luoshi-Parts"
KNOWN = 1_000  # names of whole envelopes that are remembered
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
    """An envelope of several parts, all of them on disk. `waiting`: those that are brought again;
    `known`: the names of those that are durable here."""

    def __init__(
        self, assembly: Assembly, file: IO[bytes], waiting: list[Any], known: deque[str]
    ) -> None:
        self.assembly, self.file, self.waiting, self.known = assembly, file, waiting, known

    def done(self) -> None:
        """Remove the parts."""
        self.file.close()
        self.assembly.forget()
        self.known.append(self.assembly.folder.name)

    def again(self) -> None:
        """Bring it again after a while."""
        self.file.close()
        self.waiting.append((time.monotonic() + LATER, self.assembly))


class Gathering:
    """What has come of envelopes of several parts. `folder`: where parts of large ones wait."""

    def __init__(self, line: Line, folder: Path) -> None:
        self.line, self.parts = line, folder
        self.gathered: dict[str, dict[int, Msg]] = {}
        self.known: deque[str] = deque(maxlen=KNOWN)
        self.waiting: list[tuple[float, Assembly]] = [
            (0.0, one) for one in assemblies(folder) if one.complete()
        ]

    def forget(self) -> None:
        """A new connection: what waited in memory comes again."""
        self.gathered.clear()

    def ready(self) -> list[Delivery]:
        """Complete envelopes on disk that waited long enough."""
        return [one for one in map(self.joined, self.ripe()) if one is not None]

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
            or self.late(name, message)
        ):
            Lying(self.line, [message]).done()
            return []
        if self.fits(name, message):
            return self.gather(name, int(number), message)
        return self.assemble(name, int(number), message)

    def late(self, name: str, message: Msg) -> bool:
        """Whether the part comes a second time, for a relay that was killed had it on disk, and the
        envelope became whole meanwhile. What its sender sends anew comes for the first time."""
        return name in self.known and message.metadata.num_delivered > 1

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
        return Joined(assembly, file, self.waiting, self.known) if file is not None else None

    def ripe(self) -> list[Assembly]:
        """Complete envelopes that waited long enough."""
        now = time.monotonic()
        found = [assembly for since, assembly in self.waiting if since <= now]
        self.waiting = [pair for pair in self.waiting if pair[0] > now]
        return found


def digest_of(file: IO[bytes]) -> str:
    """SHA-256 of a file from its beginning."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
