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
from django.utils import timezone

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.broker.client import Away, Refusing, kick
from luoshi.foundation.exchange.broker.topology import Place
from luoshi.foundation.exchange.domain.mail.applying import retry_parked
from luoshi.foundation.exchange.domain.mail.returning import announce_restore
from luoshi.foundation.exchange.domain.node.configuring import configure, folder, place
from luoshi.foundation.exchange.domain.queries.neighbours import find_own
from luoshi.foundation.exchange.relay.passing import hand_out, take_in
from luoshi.foundation.exchange.transports.over_nats import NatsTransport

ACTOR = Actor.system("relay")
LOCK = 0x6C756F73  # one relay per database
WAIT = 0.5
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
        self.transport: NatsTransport | None = None
        self.looked_at: datetime | None = None

    def follow(self, at: datetime) -> None:
        """Write the server's configuration anew when the registry changed, let the server read it,
        and drop the links of nodes that were taken out."""
        if find_own() is None or (self.looked_at is not None and at - self.looked_at < FOLLOW):
            return
        self.looked_at = at
        announce_restore(at=at)
        now = place()
        if now == self.place:
            return
        configure(actor=ACTOR, at=at)
        base = folder(now.code)
        reload_server(base)
        for code in gone(self.place, now):
            try:
                kick(base, settings.CONFIG.exchange_port, code)
            except (Away, Refusing) as error:
                logger.warning("link not dropped", extra={"node": code, "why": str(error)})
        if self.transport is not None:
            self.transport.close()
        self.place = now
        self.transport = NatsTransport(now, base, settings.CONFIG.exchange_port, base / "parts")

    def round(self) -> int:
        """One round; returns how much moved."""
        at = timezone.now()
        self.follow(at)
        if self.transport is None:
            return 0
        return hand_out(self.transport, local=False, at=at) + take_in(
            self.transport, at=at, wait=WAIT
        )

    def close(self) -> None:
        """Let go."""
        if self.transport is not None:
            self.transport.close()


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
