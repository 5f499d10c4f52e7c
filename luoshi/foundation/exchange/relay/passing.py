"""One round of the relay over one transport: what is due goes out, what came goes in."""

import logging
from datetime import datetime

from luoshi.foundation.exchange.domain.mail.receiving import receive
from luoshi.foundation.exchange.relay.handing_over import due, hand_over
from luoshi.foundation.exchange.transports.interface import Transport, Unreachable
from luoshi.foundation.exchange.transports.local import LocalTransport

BATCH = 64
logger = logging.getLogger(__name__)


def hand_out(transport: Transport, *, local: bool, at: datetime, most: int = BATCH) -> int:
    """Hand over what is due; returns how many the transport took. A transport that is away ends the
    round: what waits is not put off for it."""
    taken = 0
    for row in due(at, local=local, most=most):
        try:
            taken += hand_over(row, transport, at=at)
        except Unreachable:
            break
    return taken


def take_in(transport: Transport, *, at: datetime, wait: float = 0, most: int = BATCH) -> int:
    """Take in what came; returns how many are durable here now. A fault of this machine (database
    away, a room's handler that broke) leaves the envelope with the transport."""
    count = 0
    for delivery in transport.fetch(most, wait):
        try:
            receive(delivery.file, at=at)
        except Exception:
            logger.exception("envelope not taken in")
            delivery.again()
        else:
            delivery.done()
            count += 1
    return count


def pass_local(*, at: datetime, most: int = 1000) -> int:
    """Everything that stays on this node, verdicts included, until nothing moves."""
    transport = LocalTransport()
    total = 0
    while total < most:
        moved = hand_out(transport, local=True, at=at) + take_in(transport, at=at)
        if not moved:
            break
        total += moved
    return total
