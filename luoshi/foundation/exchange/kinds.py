"""Kinds of payload, registered by the rooms that know what they mean; this room knows none.

`receive` brings about the effect inside the transaction of the inbox row; it may raise `Declined`
(the consignment is refused, with the sentence for the sender) and must otherwise not refuse. What a
newer node sends (`version` above the registered one, or a kind nobody registered) is parked.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from django.utils.functional import Promise

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.enums import Way
from luoshi.foundation.exchange.envelopes.opening import Opened
from luoshi.foundation.exchange.models import Incoming, Node


@dataclass(frozen=True)
class Arrived:
    """What a room is handed: who sent it, the envelope (checked; `opened.manifest` has payload,
    metadata and files), the inbox row that proves it, and the instant."""

    sender: Node
    opened: Opened
    row: Incoming
    at: datetime

    @property
    def payload(self) -> dict[str, Any]:
        """The payload of the kind."""
        return self.opened.manifest.payload


class Reenter(Protocol):
    """Enter an envelope of this node again; raises a refusal where that cannot be done any more."""

    def __call__(self, opened: Opened, *, actor: Actor, at: datetime) -> None: ...


class Declined(Exception):
    """The receiving room refuses the content; the sentence goes back to the sender."""


class NotYet(Exception):
    """What it speaks of is not here (lost with a restore, on its way): parked, and tried again by
    `applying.retry_unknown` once it is."""


@dataclass(frozen=True)
class Kind:
    """`ways`: down to a subordinate, up to the superior; on the same node every kind travels.
    `information`: may travel to and from a direct-report point, past a level (features row 3).
    `control`: of the exchange itself. `answered`: whether the receiver owes a verdict. `handled`:
    laid before each addressed unit, which opens it and signs for it (features row 52). `reenter`:
    enters an envelope of this node's own again that it lost with a restore."""

    name: str
    version: int
    label: str | Promise
    receive: Callable[[Arrived], None]
    ways: frozenset[Way] = frozenset(Way)
    information: bool = False
    control: bool = False
    answered: bool = True
    handled: bool = False
    reenter: Reenter | None = None

    def entered_by(self, reenter: Reenter) -> "Kind":
        """The same kind, whose lost envelopes `reenter` brings into the books again."""
        return replace(self, reenter=reenter)


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; called from a room's `entries.py`."""
    KINDS[kind.name] = kind


def known(name: str) -> Kind:
    """The registered kind; `LookupError` for another name."""
    return KINDS[name]
