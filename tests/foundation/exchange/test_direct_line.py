"""A direct-report point and the province: a line of its own past the city, which can neither read
nor hold up what travels there (features row 3, S3-112)."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from luoshi.foundation.exchange.broker.client import Away, Line, Refusing
from luoshi.foundation.exchange.broker.configuration import DirectLine
from luoshi.foundation.exchange.broker.topology import Neighbour, Place
from luoshi.foundation.exchange.transports.interface import Held, Parcel
from luoshi.foundation.exchange.transports.over_nats import NatsTransport
from tests.foundation.exchange.servers import Machine, three_levels, write

COUNTY, CITY, PROVINCE = "X330101", "C3301", "P33"
LINE = DirectLine(Place(COUNTY, Neighbour(PROVINCE), inbox_mib=64, up_mib=32), "")
Machines = dict[str, Machine]


def reload(machine: Machine) -> None:
    """Let the running server read its configuration, as the relay does."""
    assert machine.running is not None
    os.kill(machine.running.pid, signal.SIGHUP)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Three levels that work; then the county is entered as a direct-report point, while all
    servers run."""
    with three_levels(tmp_path_factory.mktemp("direct")) as made:
        province, county = made[PROVINCE], made[COUNTY]
        point = Neighbour(COUNTY, county.link[1], 64)
        below = (*province.place.subordinates, point)
        province.place = replace(province.place, subordinates=below)
        write(province, None, [made[CITY], made["C3302"], county])
        write(county, made[CITY], [], {PROVINCE: province})
        reload(province)
        reload(county)
        yield made


@pytest.fixture
def ends(machines: Machines) -> Iterator[tuple[NatsTransport, NatsTransport]]:
    """The county's end of the direct line, and the province's."""
    county = machines[COUNTY]
    own = NatsTransport(
        LINE.place, county.folder, county.client, county.folder / "direct", LINE.who
    )
    far = machines[PROVINCE].transport()
    yield own, far
    own.close()


def put(transport: NatsTransport, number: int, raw: bytes, sender: str, receiver: str) -> None:
    parcel = Parcel(f"{number:032x}", sender, receiver, "test.news", len(raw), BytesIO(raw))
    transport.publish(parcel, begun=0, progress=lambda _parts: None)


def taken(transport: NatsTransport, seconds: float = 30) -> list[bytes]:
    """The next envelopes."""
    found: list[bytes] = []
    end = time.monotonic() + seconds
    while not found and time.monotonic() < end:
        for delivery in transport.fetch(64, 0.2):
            found.append(delivery.file.read())
            delivery.done()
    return found


def test_mail_passes_the_city_both_ways(
    machines: Machines, ends: tuple[NatsTransport, NatsTransport]
) -> None:
    """Also while the city's server is down, and beside the mail that goes through the city."""
    own, far = ends
    far.fetch(1, 0.1)
    put(own, 1, b"flood", COUNTY, PROVINCE)
    assert taken(far) == [b"flood"]
    put(far, 2, b"more?", PROVINCE, COUNTY)
    assert taken(own) == [b"more?"]
    large = os.urandom(700_000)
    put(own, 3, large, COUNTY, PROVINCE)
    assert taken(far) == [large]
    city, main = machines[CITY].transport(), machines[COUNTY].transport()
    put(main, 4, b"copy", COUNTY, CITY)
    assert taken(city) == [b"copy"]
    machines[CITY].kill()
    put(own, 5, b"worse", COUNTY, PROVINCE)
    assert taken(far) == [b"worse"]
    machines[CITY].start()


def test_the_two_lines_of_a_county_do_not_meet(
    machines: Machines, ends: tuple[NatsTransport, NatsTransport]
) -> None:
    """What the city says into its line never comes out of the county's other one: it cannot empty
    the county's mailbox at the province, nor speak as the county there, nor hear what passes."""
    own, far = ends
    put(far, 10, b"for the county alone", PROVINCE, COUNTY)
    heard: list[str] = []
    forged = [
        f"dlv.{COUNTY}.up",
        f"$JS.ACK.MBX_{COUNTY}.link.1.1.1.1.1",
        f"$JS.FC.MBX_{COUNTY}.a.b.c",
        f"x.{COUNTY}.{PROVINCE}.test_news.{'f' * 32}.0",
    ]

    async def hear(message: Any) -> None:
        if message.data:  # the city's own line to the county beats once a second, without words
            heard.append(message.subject)

    async def attack(line: Line) -> None:
        client = await line.connected()
        for wild in (f"dlv.{COUNTY}.>", f"$JS.ACK.MBX_{COUNTY}.>", f"x.{COUNTY}.{PROVINCE}.>"):
            await client.subscribe(wild, cb=hear)
        for where in forged:
            await client.publish(where, b"forged")
        await client.flush()
        await asyncio.sleep(0.5)

    line = Line(machines[CITY].folder, machines[CITY].client)
    try:
        line.run(attack(line))
        put(own, 11, b"for the province alone", COUNTY, PROVINCE)
        assert taken(own) == [b"for the county alone"]
        assert taken(far) == [b"for the province alone"]
        line.run(asyncio.sleep(0.2))
        assert set(heard) <= set(forged)  # itself, and nothing that passes
        for request in ("STREAM.INFO.UP", "STREAM.PURGE.UP", f"STREAM.INFO.MBX_{COUNTY}"):
            with pytest.raises((Away, Refusing)):
                line.run(line.ask(f"$JS.{PROVINCE}.API.{request}", {}))
    finally:
        line.close()
    assert taken(far, 1) == taken(own, 1) == []


def test_each_account_takes_its_own_mail_only(
    machines: Machines, ends: tuple[NatsTransport, NatsTransport]
) -> None:
    """The county's own relay cannot publish for the province into the line to the city."""
    own, _far = ends
    with pytest.raises(Held):
        put(machines[COUNTY].transport(), 20, b"x", COUNTY, PROVINCE)
    with pytest.raises(Held):
        put(own, 21, b"x", COUNTY, CITY)
