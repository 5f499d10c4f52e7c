"""A client of this machine's own server, signed in by certificate; asyncio lives here and in the
transport that uses it, never in web workers.

The loop runs only inside a call, so that database work between two calls never meets it. A lost
connection is not mended in the background: the next call connects anew.
"""

import asyncio
import json
import logging
import ssl
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import nats
from nats.aio.client import Client
from nats.errors import Error

from luoshi.foundation.exchange.broker.topology import IN, Place, streams

T = TypeVar("T")
Word = Callable[[], Coroutine[Any, Any, object]]
PATIENCE = 5.0
MISSING = 10059  # there is no such stream
UNWATCHED = 60.0  # seconds before the first look at a mailbox that are taken as unseen
LYING = 3600.0  # for how long that may have lain there which the first look finds
logger = logging.getLogger(__name__)


class Away(Exception):
    """The server does not answer for now."""


class Refusing(Exception):
    """The server refuses a request; the message is the server's."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(str(error.get("description")))
        self.code = int(error.get("err_code", 0))


def certified(folder: Path, who: str) -> ssl.SSLContext:
    """TLS with this node's authority alone, showing the certificate of `who`."""
    context = ssl.create_default_context(cafile=folder / "own-ca.pem")
    context.load_cert_chain(folder / f"{who}.pem", folder / f"{who}.key")
    return context


async def told(error: Exception) -> None:
    """What the client library notices on its own; calls say it again."""
    logger.info("nats: %s", type(error).__name__)


class Line:
    """One connection, made when it is needed. `who`: "relay", "control" (system account), or the
    relay in the account of a line past a level."""

    def __init__(self, folder: Path, port: int, who: str = "relay") -> None:
        self.folder, self.port, self.who = folder, port, who
        self.runner = asyncio.Runner()
        self.loop = self.runner.get_loop()  # its own `run` would change signal handlers each time
        self.client: Client | None = None
        self.fresh = True
        self.words: list[Word] = []

    def say_next(self, word: Word) -> None:
        """Say something with the next call; lost with the connection, for whom it was meant."""
        self.words.append(word)

    async def with_words(self, work: Coroutine[Any, Any, T]) -> T:
        """What was to be said, then the work."""
        words, self.words = self.words, []
        for word in words:
            with suppress(Error):
                await word()
        return await work

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run one call to its end; what the connection cannot do is `Away`, and ends it."""
        try:
            return self.loop.run_until_complete(self.with_words(work))
        except (TimeoutError, Error, OSError, ssl.SSLError) as error:
            self.drop()
            raise Away(type(error).__name__) from error

    def drop(self) -> None:
        """End the connection, whatever state it is in."""
        self.words.clear()
        client, self.client = self.client, None
        if client is not None:
            with suppress(TimeoutError, Error, OSError, ssl.SSLError):
                self.loop.run_until_complete(asyncio.wait_for(client.close(), 1))
            self.loop.run_until_complete(asyncio.sleep(0.01))  # what was cancelled ends

    async def connected(self) -> Client:
        """The open connection; `fresh` says that it is a new one."""
        if self.client is not None and self.client.is_connected:
            return self.client
        if self.client is not None:
            await self.client.close()
        opening = nats.connect(
            f"tls://127.0.0.1:{self.port}",
            tls=certified(self.folder, self.who),
            allow_reconnect=False,
            max_reconnect_attempts=1,
            reconnect_time_wait=0,
            connect_timeout=2,
            error_cb=told,
            pending_size=64 * 1024 * 1024,
        )
        self.client = await asyncio.wait_for(opening, PATIENCE)
        self.fresh = True
        return self.client

    async def ask(self, subject: str, body: dict[str, Any]) -> dict[str, Any]:
        """One request of the server's interface; raises `Refusing` with its error."""
        client = await self.connected()
        found = await client.request(subject, json.dumps(body).encode(), timeout=PATIENCE)
        answer: dict[str, Any] = json.loads(found.data)
        if "error" in answer:
            raise Refusing(answer["error"])
        return answer

    def close(self) -> None:
        """Close the connection and the loop, after what was still to be said."""
        if self.words:
            with suppress(Away):
                self.run(asyncio.sleep(0))
        self.drop()
        self.runner.close()


async def provide(line: Line, place: Place) -> None:
    """Make the server have exactly the streams and consumers of this place; what is there already
    is brought up to date, nothing is taken away. Brought up to date first: asked to create what is
    there, the server counts its size a second time and says that its store is too small."""
    for made in streams(place):
        try:
            await line.ask(f"$JS.API.STREAM.UPDATE.{made.name}", made.config)
        except Refusing as refused:
            if refused.code != MISSING:
                raise
            await line.ask(f"$JS.API.STREAM.CREATE.{made.name}", made.config)
        for name, config in made.consumers.items():
            body = {"stream_name": made.name, "config": config}
            await line.ask(f"$JS.API.CONSUMER.CREATE.{made.name}.{name}", body)


class Watch:
    """What the mailboxes of a place looked like when they were last looked at."""

    def __init__(self) -> None:
        self.gaps: dict[str, int] = {}
        self.empty_at: dict[str, float] = {}

    def skipped(self, stream: str, delivered: dict[str, Any], messages: int) -> float | None:
        """Seconds since the mailbox was last seen empty, when its consumer has gone on behind
        messages it never delivered; None when it has not. A look that is the first one says so of
        the last minute: nobody watched before."""
        now, gap = time.monotonic(), delivered["stream_seq"] - delivered["consumer_seq"]
        known, since = self.gaps.get(stream), self.empty_at.get(stream, now - UNWATCHED)
        self.gaps[stream] = gap
        if not messages:
            self.empty_at[stream] = now
        else:
            self.empty_at.setdefault(stream, now - LYING)
        return now - since if known is None or gap > known else None


async def clear_acknowledged(
    line: Line, place: Place, watch: Watch
) -> tuple[list[str], dict[str, float]]:
    """Remove from every stream what its only consumer has acknowledged. A machine that was killed
    asks its mailbox to go on behind what it has; what lay there before counts as acknowledged then
    and is given to nobody any more. Some of it goes at once, the rest stays (measured: hundreds in
    a drill), and while it lies there its subject refuses the same again. Returns the subjects that
    left mailboxes meanwhile, and the mailboxes that skipped something with the seconds since they
    were last seen empty."""
    removed: list[str] = []
    skipped: dict[str, float] = {}
    for made in streams(place):
        for name in made.consumers:
            found = await line.ask(f"$JS.API.CONSUMER.INFO.{made.name}.{name}", {})
            floor = found["ack_floor"].get("stream_seq", 0)
            state = (await line.ask(f"$JS.API.STREAM.INFO.{made.name}", {}))["state"]
            if made.name != IN:
                age = watch.skipped(made.name, found["delivered"], state["messages"])
                skipped |= {} if age is None else {made.name: age}
            if not state["messages"] or state["first_seq"] > floor:
                continue
            before = await subjects(line, made.name)
            await line.ask(f"$JS.API.STREAM.PURGE.{made.name}", {"seq": floor + 1})
            if made.name != IN:
                removed += sorted(before - await subjects(line, made.name))
    return removed, skipped


async def subjects(line: Line, stream: str) -> set[str]:
    """What lies in a stream, by subject; the server tells a hundred thousand at a time."""
    found: set[str] = set()
    while True:
        asked = {"subjects_filter": ">", "offset": len(found)}
        answer = await line.ask(f"$JS.API.STREAM.INFO.{stream}", asked)
        some = answer["state"].get("subjects") or {}
        found |= some.keys()
        if not some or len(found) >= answer.get("total", 0):
            return found


def kick(folder: Path, port: int, code: str) -> int:
    """Drop the open links of a node: taking its key out of the configuration and reloading does not
    (measured). Returns how many were dropped."""
    line = Line(folder, port, "control")
    try:
        return line.run(dropped(line, code))
    finally:
        line.close()


async def dropped(line: Line, code: str) -> int:
    """Find the links of that name and end each."""
    found = await line.ask("$SYS.REQ.SERVER.PING.LEAFZ", {})
    server = found["server"]["id"]
    links = [leaf["id"] for leaf in found["data"].get("leafs") or [] if leaf["name"] == code]
    for number in links:
        await line.ask(f"$SYS.REQ.SERVER.{server}.KICK", {"cid": number})
    return len(links)
