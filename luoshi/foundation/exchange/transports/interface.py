"""What a transport does: it takes parcels until it has them, and brings what came until told that
it is durable here. It may lose, repeat, reorder and damage; outbox and inbox make up for that."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Protocol
from uuid import UUID

SMALL = 256 * 1024


class Held(Exception):
    """Not taken for now (mailbox full, link or server away); nothing is lost, try again later."""


class Unreachable(Held):
    """The transport itself is away: nothing can be handed to it now, this parcel or another."""


@dataclass(frozen=True)
class Parcel:
    """One envelope to hand over: `size` in bytes, `file` at any place."""

    id: str
    sender: str
    receiver: str
    kind: str
    size: int
    file: IO[bytes]


@dataclass(frozen=True)
class GivenUp:
    """`keys`: consignments that are gone. `skipped`: neighbours by code to whom anything that was
    handed over in so many seconds may be gone."""

    keys: frozenset[UUID] = frozenset()
    skipped: Mapping[str, float] = field(default_factory=dict)


class Delivery(Protocol):
    """One envelope that came."""

    file: IO[bytes]

    def done(self) -> None:
        """It is durable here: forget it."""

    def again(self) -> None:
        """It could not be made durable: bring it again."""


class Transport(Protocol):
    """Both implementations pass `tests/foundation/exchange/test_contract.py`."""

    def publish(self, parcel: Parcel, *, begun: int, progress: Callable[[int], None]) -> None:
        """Return once the parcel is held durably on its way, or raise `Held`, or
        `Unreachable` where nothing else would be taken either. `begun`: how many of
        its parts an earlier call has handed over; `progress` is told how far this one came."""

    def publish_together(self, parcels: Sequence[Parcel]) -> list[Held | None]:
        """Parcels of up to `SMALL` bytes, handed over at once: for each None once it is held
        durably on its way, or why it is not. Raises `Unreachable` as `publish` does; some of
        them may be on their way then."""

    def fetch(self, most: int, wait: float) -> list[Delivery]:
        """Up to `most` envelopes; after `wait` seconds what there is, or nothing."""

    def given_up(self) -> GivenUp:
        """What it took and may never bring; told once."""

    def close(self) -> None:
        """Let go of connections and files."""
