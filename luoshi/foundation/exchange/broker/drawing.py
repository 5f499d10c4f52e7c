"""Draw what lies in `IN`: all there is at once, or the next to come within a time.

The library's own `fetch` waits its whole time for a full batch once a single message has come: the
server takes its probe (`no_wait` beside `expires`) for one that lingers. Half a second a round.
"""

import json
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import NoServersError

from luoshi.foundation.exchange.broker.topology import IN, RELAY, SECOND

NEXT = f"$JS.API.CONSUMER.MSG.NEXT.{IN}.{RELAY}"
STATUS, NOBODY = "Status", "503"
PATIENCE = 5.0


class Draw:
    """One connection's way of asking; made anew with it."""

    def __init__(self, client: Client) -> None:
        self.client, self.inbox = client, client.new_inbox()
        self.answers: Subscription | None = None

    async def take(self, most: int, wait: float) -> list[Msg]:
        """Up to `most` messages that are there; where none is, the next one within `wait` seconds
        and what came with it."""
        found = await self.asked(most, {"no_wait": True}, 0)
        if not found and wait > 0:
            found = await self.asked(1, {"expires": int(wait * SECOND)}, wait)
            if found:
                found += await self.asked(most - 1, {"no_wait": True}, 0)
        return found

    async def asked(self, most: int, how: dict[str, Any], wait: float) -> list[Msg]:
        """One request; its answers, until the server says that there are no more."""
        if most <= 0:
            return []
        if self.answers is None:
            self.answers = await self.client.subscribe(self.inbox)
        await self.client.publish(NEXT, json.dumps({"batch": most} | how).encode(), self.inbox)
        found: list[Msg] = []
        while len(found) < most:
            message = await self.answers.next_msg(timeout=wait + PATIENCE)
            status = (message.headers or {}).get(STATUS)
            if status == NOBODY:  # the store was wiped: a new connection provides it again
                raise NoServersError
            if status is not None:
                break
            found.append(message)
        return found
