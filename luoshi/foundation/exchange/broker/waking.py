"""Make `IN` draw at once from a neighbour whose link came up after the server. A source whose link
was not there when the server started is tried again by the server after five seconds (measured);
put in anew as soon as the neighbour answers over its link, it draws at once. What lies in the
mailbox without an acknowledgement may come once more then; the inbox knows it."""

import json
import time
from contextlib import suppress
from typing import Any

from nats.errors import TimeoutError as Silent

from luoshi.foundation.exchange.broker.client import Line
from luoshi.foundation.exchange.broker.topology import IN, LINK, Place, streams

WHILE = 20.0  # seconds after a new connection; later the server notices links by itself
EACH = 0.25  # between two looks
REST = 2.0  # before a source that was put in anew is looked at again: it beats every second
ANSWER = 0.5
NEVER = -1
Source = dict[str, Any]


class Waking:
    """Looks after the sources of one place's server, for a while after each new connection."""

    def __init__(self, line: Line, place: Place) -> None:
        self.line, self.place = line, place
        self.until = self.next_at = 0.0
        self.woken: set[str] = set()

    def begin(self) -> None:
        """A connection is new: the server may be, too."""
        self.until, self.next_at = time.monotonic() + WHILE, 0.0

    async def look(self) -> None:
        """Put in anew the sources that never drew and whose neighbour answers."""
        now = time.monotonic()
        if not self.next_at <= now < self.until:
            return
        self.next_at = now + EACH
        found = await self.line.ask(f"$JS.API.STREAM.INFO.{IN}", {})
        idle = [
            one["external"]["api"] for one in found.get("sources", ()) if one["active"] == NEVER
        ]
        if not idle:
            self.until = 0.0
            return
        config = next(made.config for made in streams(self.place) if made.name == IN)
        sources: list[Source] = config["sources"]
        there = [one for one in sources if one["external"]["api"] in idle and await self.there(one)]
        if there:
            for some in ([one for one in sources if one not in there], sources):
                await self.line.ask(f"$JS.API.STREAM.UPDATE.{IN}", config | {"sources": some})
            self.woken |= {one["external"]["api"] for one in there}
            self.next_at = now + REST

    async def there(self, source: Source) -> bool:
        """Whether the other machine's mailbox answers: over the link, on the only kind of subject
        a link lets answers pass."""
        client = await self.line.connected()
        answers = await client.subscribe(f"$JSC.R.{client.new_inbox().rpartition('.')[2]}")
        asked = f"{source['external']['api']}.CONSUMER.INFO.{source['name']}.{LINK}"
        await client.publish(asked, b"", answers.subject)
        try:
            with suppress(Silent):
                return "config" in json.loads((await answers.next_msg(ANSWER)).data or b"{}")
            return False
        finally:
            await answers.unsubscribe()
