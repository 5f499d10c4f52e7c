"""The servers by themselves: the same parts as the exchange makes, without anything around them."""

import asyncio
import secrets
import time

from django.conf import settings

from luoshi.foundation.exchange.broker.drawing import Draw
from luoshi.foundation.exchange.broker.topology import subject
from luoshi.foundation.exchange.domain.node.configuring import folder, place
from luoshi.foundation.exchange.transports.over_nats import NatsTransport
from luoshi.foundation.exchange.transports.parts import PART

WINDOW, BATCH = 64, 256


def opened() -> NatsTransport:
    """This node's end."""
    here = place()
    base = folder(here.code)
    return NatsTransport(here, base, settings.CONFIG.exchange_port, base / "parts")


def parts(size: int) -> int:
    """How many messages an envelope of this size is."""
    return -(-size // PART)


def push(*, to: str, count: int, size: int) -> dict[str, float]:
    """Publish, many at a time; when that began."""
    transport = opened()
    body = secrets.token_bytes(min(size, PART))

    async def all_of_them() -> float:
        stream = await transport.ready()
        free = asyncio.Semaphore(WINDOW)

        async def one(number: int, part: int) -> None:
            async with free:
                where = subject(transport.place.code, to, "drill.bare", f"{size}-{number}", part)
                await stream.publish(where, body)

        began = time.time()
        await asyncio.gather(*(one(n, p) for n in range(count) for p in range(parts(size))))
        return began

    began = transport.line.run(all_of_them())
    transport.close()
    return {"began": began}


def draw(*, count: int, size: int) -> float:
    """Take and acknowledge until all parts are here; when that was."""
    transport = opened()
    wanted = count * parts(size)

    async def until_there() -> float:
        await transport.ready()
        draw, left = Draw(await transport.line.connected()), wanted
        while left > 0:
            messages = await draw.take(BATCH, 1)
            await asyncio.gather(*(message.ack_sync() for message in messages))
            left -= len(messages)
        return time.time()

    ended = transport.line.run(until_there())
    transport.close()
    return ended
