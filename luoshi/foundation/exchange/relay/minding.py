"""Mind the two processes of a node: start server and relay with the first neighbour, start again
what ended, end both with the last neighbour; the site itself is never restarted."""

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from django.db import InterfaceError, OperationalError, close_old_connections

from luoshi.foundation.exchange.domain.queries.neighbours import connected

PARTS = ("broker", "relay")
LOOK = 2.0  # seconds between two looks at the registry
REST = 5.0  # before what ended is started again
PATIENCE = 20.0
logger = logging.getLogger(__name__)


class Stop(Exception):
    """Somebody asked the process to end."""


def wanted() -> bool | None:
    """Whether this node has a neighbour; None while the database cannot say."""
    try:
        return connected().exists()
    except (OperationalError, InterfaceError):
        close_old_connections()
        return None


class Minder:
    """The children and when each may start again."""

    def __init__(self) -> None:
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.again: dict[str, float] = {}

    def look(self) -> None:
        """One look: start, note ends, or end."""
        state = wanted()
        if state is None:
            return
        if not state:
            self.end()
            return
        for part in PARTS:
            child = self.children.get(part)
            if child is not None and child.poll() is not None:
                logger.warning("ended", extra={"part": part, "code": child.returncode})
                self.again[part] = time.monotonic() + REST
                del self.children[part]
            if part not in self.children and self.again.get(part, 0) <= time.monotonic():
                self.children[part] = start(part)

    def end(self) -> None:
        """End the relay, then the server; kill what does not listen."""
        for part in reversed(PARTS):
            child = self.children.pop(part, None)
            if child is None:
                continue
            child.terminate()
            try:
                child.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def start(part: str) -> "subprocess.Popen[bytes]":
    """Start one of the two as the product's own command."""
    luoshi = str(Path(sys.executable).parent / "luoshi")
    return subprocess.Popen([luoshi, "exchange", part], env=os.environ.copy())  # noqa: S603 - ours


def mind() -> None:
    """Look until told to end."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise Stop

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    minder = Minder()
    try:
        while True:
            minder.look()
            time.sleep(LOOK)
    except Stop:
        return
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        minder.end()
