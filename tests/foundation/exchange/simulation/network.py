"""A network that loses, repeats, reorders, damages, cuts, refuses and forgets; by seed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from random import Random
from typing import IO

from luoshi.foundation.exchange.transports.interface import Delivery, GivenUp, Held, Parcel


@dataclass
class Rates:
    """How often each thing happens to a parcel, of 1."""

    lost: float = 0.05
    twice: float = 0.08
    damaged: float = 0.03
    late: float = 0.15
    refused: float = 0.02


@dataclass
class Flight:
    """A copy on its way."""

    raw: bytes
    arrives: datetime


@dataclass
class Network:
    """Every mailbox, by receiver; `cut`: pairs without a link until an instant."""

    dice: Random
    rates: Rates = field(default_factory=Rates)
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    boxes: dict[str, list[Flight]] = field(default_factory=dict)
    cut: dict[frozenset[str], datetime] = field(default_factory=dict)
    carried: int = 0

    def happens(self, rate: float) -> bool:
        """Whether something of that rate happens now."""
        return self.dice.random() < rate

    def put(self, sender: str, receiver: str, raw: bytes) -> None:
        """Take a parcel, or not."""
        self.carried += 1
        if self.cut.get(frozenset((sender, receiver)), self.now) > self.now:
            raise Held("link down")
        if self.happens(self.rates.refused):
            raise Held("mailbox full")
        if self.happens(self.rates.lost):
            return
        for _copy in range(2 if self.happens(self.rates.twice) else 1):
            delay = self.dice.uniform(0, 20)
            if self.happens(self.rates.late):
                delay = self.dice.uniform(0, 4000)
            flight = Flight(self.spoilt(raw), self.now + timedelta(seconds=delay))
            self.boxes.setdefault(receiver, []).append(flight)

    def spoilt(self, raw: bytes) -> bytes:
        """The bytes as they arrive."""
        if not self.happens(self.rates.damaged):
            return raw
        # one draw each, whatever the length: ids and keys differ from run to run
        place = int(self.dice.random() * len(raw))
        kind = int(self.dice.random() * 3)
        if kind == 0:
            return raw[:place]
        changed = bytearray(raw)
        changed[place] ^= 1 << int(self.dice.random() * 8)
        return bytes(changed)

    def arrived(self, receiver: str, most: int) -> list[Flight]:
        """What lies at a receiver's door, in the order of arrival."""
        box = self.boxes.get(receiver, [])
        return sorted((one for one in box if one.arrives <= self.now), key=lambda f: f.arrives)[
            :most
        ]

    def wipe(self, receiver: str) -> None:
        """The broker's store is gone."""
        self.boxes.pop(receiver, None)

    def waiting(self) -> int:
        """Copies on their way."""
        return sum(len(box) for box in self.boxes.values())


class SimDelivery:
    """A copy at the door; it stays there until it is durable inside."""

    def __init__(self, network: Network, receiver: str, flight: Flight) -> None:
        self.network, self.receiver, self.flight = network, receiver, flight
        self.file: IO[bytes] = BytesIO(flight.raw)

    def done(self) -> None:
        """Take it away, unless the store was wiped meanwhile."""
        box = self.network.boxes.get(self.receiver, [])
        if self.flight in box:
            box.remove(self.flight)

    def again(self) -> None:
        """Later."""
        self.flight.arrives += timedelta(seconds=30)


class SimTransport:
    """One node's end of the network."""

    def __init__(self, network: Network, code: str) -> None:
        self.network, self.code = network, code

    def publish(self, parcel: Parcel, *, begun: int, progress: Callable[[int], None]) -> None:
        """See `Transport`."""
        parcel.file.seek(0)
        self.network.put(parcel.sender, parcel.receiver, parcel.file.read())

    def publish_together(self, parcels: Sequence[Parcel]) -> list[Held | None]:
        """See `Transport`."""
        told: list[Held | None] = []
        for parcel in parcels:
            try:
                self.publish(parcel, begun=0, progress=lambda _parts: None)
            except Held as held:
                told.append(held)
            else:
                told.append(None)
        return told

    def fetch(self, most: int, wait: float) -> list[Delivery]:
        """See `Transport`."""
        return [
            SimDelivery(self.network, self.code, flight)
            for flight in self.network.arrived(self.code, most)
        ]

    def given_up(self) -> GivenUp:
        """The network says of nothing that it lost it."""
        return GivenUp()

    def close(self) -> None:
        """Nothing is open."""
