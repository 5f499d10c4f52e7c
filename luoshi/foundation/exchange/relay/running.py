"""The relay process: provides the server, hands out, takes in, and follows the registry.

One process per site; it holds an advisory lock of the database, so that a second one waits. It is
killed at any instant without loss: rows are the work, the servers hold what is on its way.
"""

import logging
import os
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.db.models import Q
from django.utils import timezone

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.broker.client import Away, Refusing, kick
from luoshi.foundation.exchange.broker.configuration import DirectLine
from luoshi.foundation.exchange.broker.topology import Place
from luoshi.foundation.exchange.domain.mail.applying import retry_parked
from luoshi.foundation.exchange.domain.mail.returning import announce_restore
from luoshi.foundation.exchange.domain.node.configuring import (
    configure,
    direct_lines,
    folder,
    place,
)
from luoshi.foundation.exchange.domain.queries.neighbours import find_own
from luoshi.foundation.exchange.relay.handing_over import NEXT, hurry
from luoshi.foundation.exchange.relay.passing import hand_out, take_in
from luoshi.foundation.exchange.transports.over_nats import NatsTransport

ACTOR = Actor.system("relay")
LOCK = 0x6C756F73  # one relay per database
WAIT = 0.2  # seconds between two looks at the outbox while nothing comes
FOLLOW = timedelta(seconds=10)
REST = 2.0
logger = logging.getLogger(__name__)


class Stop(Exception):
    """Somebody asked the process to end."""


def alone() -> bool:
    """Take the lock, or say that another relay has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


class Relay:
    """The process's state between two rounds."""

    def __init__(self) -> None:
        self.place: Place | None = None
        self.direct: tuple[DirectLine, ...] = ()
        self.transports: list[tuple[NatsTransport, Q]] = []
        self.looked_at: datetime | None = None

    def follow(self, at: datetime) -> None:
        """Write the server's configuration anew when the registry changed, let the server read it,
        and drop the links of nodes that were taken out."""
        if self.looked_at is not None and at - self.looked_at < FOLLOW:
            return
        if find_own() is None:
            return
        self.looked_at = at
        announce_restore(at=at)
        now, direct = place(), direct_lines()
        if (now, direct) == (self.place, self.direct):
            return
        configure(actor=ACTOR, at=at)
        base = folder(now.code)
        reload_server(base)
        for code in gone(self.place, now):
            try:
                kick(base, settings.CONFIG.exchange_port, code)
            except (Away, Refusing) as error:
                logger.warning("link not dropped", extra={"node": code, "why": str(error)})
        self.close()
        self.place, self.direct = now, direct
        port = settings.CONFIG.exchange_port
        self.transports = [(NatsTransport(now, base, port, base / "parts"), NEXT)]
        for line in direct:
            made = NatsTransport(line.place, base, port, base / f"parts-{line.who}", line.who)
            self.transports.append((made, Q(receiver__code=line.above)))

    def round(self) -> int:
        """One round; returns how much moved."""
        at = timezone.now()
        self.follow(at)
        moved = sum(hand_out(transport, to, at=at) for transport, to in self.transports)
        for number, (transport, _to) in enumerate(self.transports):
            moved += take_in(transport, at=at, wait=0 if moved or number else WAIT)
            hurry(transport.given_up(), at=at)
        return moved

    def close(self) -> None:
        """Let go."""
        for transport, _to in self.transports:
            transport.close()
        self.transports = []


def gone(before: Place | None, now: Place) -> list[str]:
    """Subordinates that were connected and are not any more."""
    if before is None:
        return []
    left = {one.code for one in now.subordinates}
    return [one.code for one in before.subordinates if one.code not in left]


def reload_server(base: Path) -> None:
    """Let the running server read its configuration; none runs before the first start."""
    try:
        os.kill(int((base / "nats.pid").read_text()), signal.SIGHUP)
    except (OSError, ValueError):
        return


def run(rounds: int | None = None) -> None:
    """Work until the process is told to end (or for so many rounds). A database that is away is
    waited for; nothing is held in memory meanwhile."""

    def end(_number: int, _frame: object) -> None:
        raise Stop

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    relay = Relay()
    left = rounds
    try:
        while not alone():
            time.sleep(REST)
        if find_own() is not None:
            retry_parked(at=timezone.now())
        while left is None or left > 0:
            left = None if left is None else left - 1
            try:
                relay.round()
            except (OperationalError, InterfaceError):
                logger.warning("database away")
                close_old_connections()
                time.sleep(REST)
    except Stop:
        return
    finally:
        relay.close()
