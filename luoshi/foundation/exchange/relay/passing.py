"""One round of the relay over one transport: what is due goes out, what came goes in."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from io import SEEK_END
from typing import TypeVar

from django.db.models import Q

from luoshi.foundation.exchange.domain.mail.receiving import receive_together
from luoshi.foundation.exchange.domain.queries.neighbours import own_node
from luoshi.foundation.exchange.relay.handing_over import (
    HERE,
    due,
    hand_over,
    hand_over_together,
)
from luoshi.foundation.exchange.transports.interface import (
    SMALL,
    Delivery,
    Transport,
    Unreachable,
)
from luoshi.foundation.exchange.transports.local import LocalTransport

T = TypeVar("T")
BATCH = 128
TOGETHER = 128  # envelopes in one transaction
AT_ONCE = 64 * SMALL  # bytes
logger = logging.getLogger(__name__)


def hand_out(transport: Transport, to: Q, *, at: datetime, most: int = BATCH) -> int:
    """Hand over what is due to the nodes this transport reaches; returns how many it took. A
    transport that is away ends the round: what waits is not put off for it."""
    rows = due(at, to, most=most)
    taken, sender = 0, own_node().code if rows else ""
    try:
        for few in together(rows, lambda row: row.size if row.size <= SMALL else AT_ONCE):
            if few[0].size > SMALL:
                taken += hand_over(few[0], transport, sender=sender, at=at)
            else:
                taken += hand_over_together(few, transport, sender=sender, at=at)
    except Unreachable:
        logger.info("transport away")
    return taken


def together(found: Iterable[T], size_of: Callable[[T], int]) -> Iterator[list[T]]:
    """In their order, a few at a time: up to `TOGETHER`, and up to `AT_ONCE` bytes but for one by
    itself."""
    few: list[T] = []
    total = 0
    for one in found:
        size = size_of(one)
        if few and (len(few) == TOGETHER or total + size > AT_ONCE):
            yield few
            few, total = [], 0
        few.append(one)
        total += size
    if few:
        yield few


def take_in(transport: Transport, *, at: datetime, wait: float = 0, most: int = BATCH) -> int:
    """Take in what came; returns how many are durable here now. A fault of this machine (database
    away, a room's handler that broke) leaves the envelope with the transport."""
    found = transport.fetch(most, wait)
    return sum(
        taken_in(few, at=at) for few in together(found, lambda one: one.file.seek(0, SEEK_END))
    )


def taken_in(few: Sequence[Delivery], *, at: datetime) -> int:
    """Take in some together; where one of them cannot be, each by itself."""
    try:
        receive_together([delivery.file for delivery in few], at=at)
    except Exception:
        if len(few) > 1:
            return sum(taken_in([delivery], at=at) for delivery in few)
        logger.exception("envelope not taken in")
        few[0].again()
        return 0
    for delivery in few:
        delivery.done()
    return len(few)


def pass_local(*, at: datetime, most: int = 1000) -> int:
    """Everything that stays on this node, verdicts included, until nothing moves."""
    transport = LocalTransport()
    total = 0
    while total < most:
        moved = hand_out(transport, HERE, at=at) + take_in(transport, at=at)
        if not moved:
            break
        total += moved
    return total
