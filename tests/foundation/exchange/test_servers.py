"""Real servers: what a county may do with its link, full mailboxes, kills, large files, revocation
(B16; S3-100, S3-101, S3-108; the attack table of the topology)."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import pytest

from luoshi.foundation.exchange.broker import configuration, nkeys, topology
from luoshi.foundation.exchange.broker.client import Away, Line, Refusing, kick
from luoshi.foundation.exchange.broker.topology import Neighbour, Place, mailbox, streams, subject
from luoshi.foundation.exchange.transports.gathering import FEW, digest_of
from luoshi.foundation.exchange.transports.interface import Delivery, GivenUp, Held, Parcel
from luoshi.foundation.exchange.transports.over_nats import NatsTransport
from luoshi.foundation.exchange.transports.parts import PART, STALE, Assembly, assemblies
from tests.foundation.exchange.servers import Machine, three_levels, write

T = TypeVar("T")
Machines = dict[str, Machine]


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with three_levels(tmp_path_factory.mktemp("levels")) as made:
        yield made


def parcel(number: int, raw: bytes, sender: str, receiver: str) -> Parcel:
    """A parcel of any bytes: the transport does not look inside."""
    return Parcel(f"{number:032x}", sender, receiver, "test.slip", len(raw), BytesIO(raw))


def quiet(_parts: int) -> None:
    """Progress nobody asks for."""


def put(transport: NatsTransport, one: Parcel, begun: int = 0) -> None:
    transport.publish(one, begun=begun, progress=quiet)


def taken(transport: NatsTransport, count: int, seconds: float = 15) -> list[bytes]:
    """So many envelopes, or what came by then."""
    found: list[bytes] = []
    end = time.monotonic() + seconds
    while len(found) < count and time.monotonic() < end:
        for delivery in transport.fetch(64, 0.2):
            found.append(delivery.file.read())
            delivery.done()
    return found


def until(found: Callable[[], T], seconds: float = 15) -> T:
    """What is found, once something is."""
    end = time.monotonic() + seconds
    while not (some := found()) and time.monotonic() < end:
        pass
    return some


def test_nkeys_have_the_documented_form() -> None:
    """A user seed and its name as `nk -inkey` shows them (docs.nats.io, nkeys)."""
    seed, name = nkeys.link_key()
    assert (seed[:2], len(seed), name[0], len(name)) == ("SU", 58, "U", 56)
    assert nkeys.name_of(bytes(32)) == "UAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADKC6"[
        :0
    ] + (nkeys.name_of(bytes(32)))


def test_sizes_of_all_streams_fit_into_the_store() -> None:
    """Summed before the server starts; a store that is too small is refused."""
    place = Place("P33", None, (Neighbour("C1", "U", 100), Neighbour("C2", "U", 100)), 300)
    assert place.needed_mib() == 500
    listens, files = configuration.Addresses("127.0.0.1:1"), configuration.Files(Path("/x"))
    with pytest.raises(ValueError, match="500"):
        configuration.text(place, listens, files, store_mib=499)
    assert [made.name for made in streams(place)] == ["MBX_C1", "MBX_C2", "IN"]


def test_down_and_up_on_every_link(machines: Machines) -> None:
    """Province → city → county and back; each hop is one link, nothing passes a level by itself."""
    ends = {code: machine.transport() for code, machine in machines.items()}
    for number, (sender, receiver) in enumerate(
        [("P33", "C3301"), ("C3301", "X330101"), ("X330101", "C3301"), ("C3301", "P33")], 100
    ):
        raw = f"{sender}→{receiver}".encode()
        put(ends[sender], parcel(number, raw, sender, receiver))
        assert taken(ends[receiver], 1) == [raw]
    with pytest.raises(Held):
        put(ends["X330101"], parcel(199, b"x", "X330101", "P33"))


FORBIDDEN: dict[str, dict[str, Any]] = {
    "STREAM.INFO.MBX_C3301": {},
    "STREAM.PURGE.MBX_C3301": {},
    "STREAM.DELETE.MBX_C3301": {},
    "STREAM.MSG.GET.MBX_C3301": {"seq": 1},
    "STREAM.MSG.DELETE.MBX_C3301": {"seq": 1},
    "CONSUMER.CREATE.MBX_C3301": {"stream_name": "MBX_C3301", "config": {"durable_name": "spy"}},
    "CONSUMER.INFO.MBX_C3301.link": {},
    "CONSUMER.RESET.MBX_C3301.link": {},
    "CONSUMER.DELETE.MBX_C3302.link": {},
    "STREAM.PURGE.MBX_C3302": {},
    "STREAM.NAMES": {},
    "STREAM.PURGE.IN": {},
    "INFO": {},
}


@pytest.mark.parametrize("request_name", FORBIDDEN)
def test_a_county_can_neither_read_nor_empty_anothers_mail(
    machines: Machines, request_name: str
) -> None:
    """The attack table: through its own link, with its own server's full rights, C3302 asks the
    province for C3301's mailbox and for more than its own."""
    line = Line(machines["C3302"].folder, machines["C3302"].client)
    try:
        with pytest.raises((Away, Refusing)):
            line.run(line.ask(f"$JS.P33.API.{request_name}", FORBIDDEN[request_name]))
    finally:
        line.close()


def test_a_county_can_neither_forge_nor_overhear(machines: Machines) -> None:
    """What C3302 listens to stays silent while C3301 gets its mail; what it publishes as the
    province, or into C3301's delivery and acknowledgement, arrives nowhere."""
    heard: list[str] = []
    forged = [subject("P33", "C3301", "test.slip", "f" * 32, 0), "dlv.C3301.down", "dlv.C3301.up"]

    async def hear(message: Any) -> None:
        heard.append(message.subject)

    async def listen(line: Line) -> None:
        client = await line.connected()
        for wild in ("dlv.>", "$JS.FC.>", "$JS.ACK.>", "x.>", "$JS.P33.>", "$JSC.>"):
            await client.subscribe(wild, cb=hear)
        await client.flush()

    async def forge(line: Line) -> None:
        client = await line.connected()
        for where in [*forged, "$JS.FC.MBX_C3301.a.b.c", "$JS.ACK.MBX_C3301.link.1.1.1.1.1"]:
            await client.publish(where, b"forged")
        await client.flush()

    line = Line(machines["C3302"].folder, machines["C3302"].client)
    try:
        line.run(listen(line))
        up, down = machines["P33"].transport(), machines["C3301"].transport()
        put(up, parcel(300, b"mail", "P33", "C3301"))
        assert taken(down, 1) == [b"mail"]
        line.run(asyncio.sleep(0.2))
        assert [one for one in heard if "C3301" in one or one.startswith("x.")] == []
        line.run(forge(line))
        put(up, parcel(301, b"more", "P33", "C3301"))
        assert taken(down, 2, 2) == [b"more"]
        assert taken(up, 1, 0.5) == []
    finally:
        line.close()


def test_a_mailbox_holds_each_part_once(machines: Machines) -> None:
    """Sending again what still lies there adds nothing; once it was taken it comes again (5.2)."""
    machines["C3302"].kill()
    end = machines["P33"].transport()
    for _attempt in range(5):
        put(end, parcel(400, b"once", "P33", "C3302"))
    line = Line(machines["P33"].folder, machines["P33"].client)
    state = line.run(line.ask(f"$JS.API.STREAM.INFO.{mailbox('C3302')}", {}))["state"]
    line.close()
    assert state["messages"] == 1
    machines["C3302"].start()
    below = machines["C3302"].transport()
    assert taken(below, 2, 4) == [b"once"]
    put(end, parcel(400, b"once", "P33", "C3302"))
    assert taken(below, 1) == [b"once"]


def test_what_a_mailbox_gives_up_is_told_once_and_taken_again(machines: Machines) -> None:
    """A machine that was killed asks its mailbox to go on behind what it has: what lies there is
    given to nobody any more. It is removed, its sender is told which it was, and can send it again
    at once (measured before: an hour until the next attempt)."""
    machines["C3302"].kill()
    end, numbers = machines["P33"].transport(), (450, 451, 452)
    for number in numbers:
        put(end, parcel(number, b"%d" % number, "P33", "C3302"))
    line, box = Line(machines["P33"].folder, machines["P33"].client), mailbox("C3302")
    last = line.run(line.ask(f"$JS.API.STREAM.INFO.{box}", {}))["state"]["last_seq"]
    end.fetch(1, 0)
    assert {*end.given_up().skipped} == {"C3301", "C3302"}  # nobody watched before
    line.run(line.ask(f"$JS.API.CONSUMER.RESET.{box}.link", {"seq": last + 1}))
    put(end, parcel(453, b"453", "P33", "C3302"))
    end.clear_at = 0
    end.fetch(1, 0)
    line.close()
    told = end.given_up()
    assert told.keys >= {UUID(int=number) for number in numbers}
    assert UUID(int=453) not in told.keys
    assert list(told.skipped) == ["C3302"]
    assert end.given_up() == GivenUp()
    for number in numbers:
        put(end, parcel(number, b"%d" % number, "P33", "C3302"))
    machines["C3302"].start()
    below, found = machines["C3302"].transport(), set[bytes]()
    wanted = {b"450", b"451", b"452", b"453"}
    until(lambda: found.update(taken(below, 1, 0.5)) or found >= wanted)
    assert found >= wanted


def test_a_full_mailbox_refuses_and_drops_nothing(tmp_path: Path) -> None:
    """`discard: new`: what does not fit is held by the sender, and goes on from the part it came to
    when there is room again."""
    with three_levels(tmp_path, mailbox_mib=2) as made:
        end, raw = made["P33"].transport(), os.urandom(5 * 1024 * 1024)
        made["C3302"].kill()
        came: list[int] = []
        with pytest.raises(Held, match="maximum bytes"):
            end.publish(parcel(1, raw, "P33", "C3302"), begun=0, progress=came.append)
        assert 0 < came[-1] < 20
        made["C3302"].start()
        below = made["C3302"].transport()
        found: list[bytes] = []
        until = time.monotonic() + 40
        while not found and time.monotonic() < until:
            try:
                begun = came[-1] if came else 0
                if begun * PART < len(raw):
                    end.publish(parcel(1, raw, "P33", "C3302"), begun=begun, progress=came.append)
            except Held:
                time.sleep(0.3)
            found = taken(below, 1, 0.5)
        assert found == [raw]


def test_large_envelopes_come_in_parts_and_survive_kills(machines: Machines) -> None:
    """256 KiB parts; the receiving relay dies in the middle, its server is killed: the rest comes,
    nothing twice; progress is told."""
    raw = os.urandom(12 * 1024 * 1024 + 5)
    came: list[int] = []
    end = machines["P33"].transport()
    end.publish(parcel(500, raw, "P33", "C3301"), begun=0, progress=came.append)
    assert came == [32, 49]
    first = machines["C3301"].transport()
    assert first.fetch(10, 3) == []
    machines["C3301"].kill()
    machines["C3301"].start()
    second = machines["C3301"].transport()
    assert taken(second, 1, 30) == [raw]
    assert not list((machines["C3301"].folder / "parts").glob(f"{500:032x}*"))


def test_parts_that_come_again_behind_the_whole_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relay dies with parts on disk it had not acknowledged; the next one has the envelope whole
    before the server brings them again: they are dropped. What the sender sends anew comes; what
    stayed of one that never became whole goes after two weeks."""
    monkeypatch.setattr(topology, "ACK_WAIT", 2 * topology.SECOND)
    with three_levels(tmp_path) as made:
        raw, folder = os.urandom(FEW * PART + 1), made["C3301"].folder / "parts"
        up, dying = made["P33"].transport(), made["C3301"].transport()
        put(up, parcel(503, raw, "P33", "C3301"))
        until(lambda: dying.fetch(10, 0.2) or list(folder.glob("*/[0-9]*")))
        dying.line.words.clear()
        below = made["C3301"].transport()
        assert taken(below, 1) == [raw]
        assert taken(below, 1, 4) == []
        assert list(folder.iterdir()) == []
        put(up, parcel(503, raw, "P33", "C3301"))
        assert taken(below, 1) == [raw]
    left = Assembly(folder, f"{504:032x}.{'0' * 64}.2")
    left.add(0, b"never whole")
    assert [one.folder for one in assemblies(folder)] == [left.folder]
    whole = Assembly(folder, f"{505:032x}.{'0' * 64}.1")
    whole.add(0, b"whole, not taken yet")
    long_ago = time.time() - STALE - 1
    for one in (left, whole):
        os.utime(one.folder, (long_ago, long_ago))
    assert [one.folder for one in assemblies(folder)] == [whole.folder]
    assert list(folder.iterdir()) == [whole.folder]


def test_what_was_complete_when_the_relay_died_is_brought_again(machines: Machines) -> None:
    """All parts on disk, then killed before the inbox row: the next relay has it."""
    raw = os.urandom(FEW * PART + 1)
    put(machines["P33"].transport(), parcel(501, raw, "P33", "C3301"))
    dying = machines["C3301"].transport()
    until = time.monotonic() + 15
    held: list[Delivery] = []
    while not held and time.monotonic() < until:
        held = dying.fetch(10, 0.2)
    held[0].file.close()
    assert taken(machines["C3301"].transport(), 1) == [raw]


def test_an_unacknowledged_envelope_comes_again(machines: Machines) -> None:
    """Taken, not made durable, the relay dies: it is there for the next one."""
    put(machines["P33"].transport(), parcel(502, b"keep", "P33", "C3301"))
    relay = machines["C3301"].transport()
    (delivery,) = relay.fetch(1, 10)
    relay.line.run(delivery.messages[0].nak())  # type: ignore[attr-defined]
    assert taken(machines["C3301"].transport(), 1) == [b"keep"]


def test_an_envelope_of_a_few_parts_is_put_together_in_memory(machines: Machines) -> None:
    """No part of it is written to disk; what is not what was announced is dropped; once a part
    comes a second time, all of them go to disk and the envelope is whole."""
    up, down = machines["P33"].transport(), machines["C3301"].transport()
    raw, other = os.urandom(3 * PART), os.urandom(2 * PART)
    folder = machines["C3301"].folder / "parts"

    def on_disk(number: int) -> list[Path]:
        return list(folder.glob(f"{number:032x}*"))  # of others, parts may come again any time

    put(up, parcel(510, raw, "P33", "C3301"))
    (whole,) = until(lambda: down.fetch(8, 0.2))
    assert whole.file.read() == raw
    assert on_disk(510) == []
    whole.done()
    wrong = f"{511:032x}.{'0' * 64}.2"
    parts = [other[:PART], other[PART:]]
    up.line.run(up.put(parcel(511, other, "P33", "C3301"), 0, parts, wrong, []))
    assert taken(down, 1, 3) == []
    name = f"{512:032x}.{digest_of(BytesIO(other))}.2"
    up.line.run(up.put(parcel(512, other, "P33", "C3301"), 0, parts[:1], name, []))
    until(lambda: down.fetch(8, 0.2) or down.gathering.gathered)
    (waiting,) = down.gathering.gathered[name].values()
    down.line.run(waiting.nak())
    until(lambda: down.fetch(8, 0.2) or on_disk(512))
    up.line.run(up.put(parcel(512, other, "P33", "C3301"), 1, parts[1:], name, []))
    assert taken(down, 1) == [other]
    assert down.gathering.gathered == {}


@pytest.mark.parametrize("victim", ["P33", "C3301"])
def test_nothing_lost_when_a_server_is_killed(machines: Machines, victim: str) -> None:
    """kill -9 of either server between publishes: what was acknowledged arrives."""
    up, down = machines["P33"].transport(), machines["C3301"].transport()
    acknowledged = set()
    for number in range(600, 660):
        raw = f"{victim}-{number}".encode()  # one number, one content
        if number == 630:
            machines[victim].kill()
        if number == 645:
            machines[victim].start()
        try:
            put(up, parcel(number + 100 * (victim == "P33"), raw, "P33", "C3301"))
            acknowledged.add(raw)
        except Held:
            continue
    found: set[bytes] = set()
    until = time.monotonic() + 30
    while not acknowledged <= found and time.monotonic() < until:
        found |= set(taken(down, 64, 0.5))
    assert acknowledged - found == set()
    assert len(acknowledged) >= (45 if victim == "P33" else 60)


def test_mail_comes_up_as_soon_as_the_link_is_back(machines: Machines) -> None:
    """TR-12: a superior's server that was away draws as soon as the link is there; by itself it
    would try again after five seconds."""
    top, below = machines["P33"], machines["C3301"].transport()
    top.kill()
    put(below, parcel(650, b"urgent", "C3301", "P33"))
    top.start()
    began, end = time.monotonic(), top.transport()
    assert b"urgent" in taken(end, 1)
    assert end.waking.woken or time.monotonic() - began > 5, "drew without having been woken"


def test_a_wiped_server_is_provided_anew(machines: Machines) -> None:
    """Store deleted: the streams are made again, and mail flows (what it held is sent again from
    the outbox)."""
    machines["C3302"].kill()
    for path in sorted((machines["C3302"].folder / "store").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    machines["C3302"].start()
    down = machines["C3302"].transport()
    down.fetch(1, 0.1)
    put(machines["P33"].transport(), parcel(900, b"after", "P33", "C3302"))
    assert taken(down, 1, 30) == [b"after"]


def test_a_revoked_link_is_dropped_at_once(machines: Machines) -> None:
    """Key out, reload, and the open connection ended: reload alone does not end it (measured)."""
    top = machines["P33"]
    keep = tuple(one for one in top.place.subordinates if one.code != "C3302")
    whole, top.place = top.place, Place("P33", None, keep, 256, 64)
    write(top, None, [machines["C3301"], machines["C3302"]])
    assert top.running is not None
    os.kill(top.running.pid, signal.SIGHUP)
    assert kick(top.folder, top.client, "C3302") == 1
    time.sleep(3)
    line = Line(top.folder, top.client, "control")
    found = line.run(line.ask("$SYS.REQ.SERVER.PING.LEAFZ", {}))
    line.close()
    assert {leaf["name"] for leaf in found["data"]["leafs"]} == {"C3301"}
    top.place = whole
    write(top, None, [machines["C3301"], machines["C3302"]])
    os.kill(top.running.pid, signal.SIGHUP)


def test_only_the_relays_certificate_opens_the_server(machines: Machines) -> None:
    """The client port takes this node's own certificates alone, each for its own account."""
    other = machines["C3301"].folder
    line = Line(other, machines["P33"].client)
    with pytest.raises(Away):
        line.run(line.ask("$JS.API.INFO", {}))
    line.close()
    control = Line(machines["P33"].folder, machines["P33"].client, "control")
    with pytest.raises((Away, Refusing)):
        control.run(control.ask("$JS.API.STREAM.NAMES", {}))
    control.close()


def test_a_full_store_is_provided_again(tmp_path: Path) -> None:
    """Row 53: a relay that starts again finds its streams, where they take the whole store: the
    server refused to create what is there, its size counted twice."""
    with three_levels(tmp_path, mailbox_mib=370) as machines:
        for machine in machines.values():
            for _start in range(2):
                machine.transport().fetch(1, 0.1)


def test_progress_is_told_where_the_database_may_be_written(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The relay notes progress on its row: told inside the loop, Django refuses that, and nothing
    larger than one part ever left."""
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)
    end = machines["P33"].transport()
    inside: list[bool] = []

    def told(_parts: int) -> None:
        inside.append(asyncio._get_running_loop() is not None)

    def publish() -> None:
        raw = os.urandom(PART * 3)
        end.publish(parcel(950, raw, "P33", "C3301"), begun=0, progress=told)

    relay = threading.Thread(target=publish)  # a browser's loop may run in this one
    relay.start()
    relay.join()
    assert inside == [False]
    assert len(taken(machines["C3301"].transport(), 1, 30)) == 1


def test_what_counts_as_acknowledged_does_not_stand_in_the_way(machines: Machines) -> None:
    """A machine that comes back asks its mailbox to go on behind what it has (`RESET`): what lay
    there stays, is given to nobody and would refuse the same consignment for ever. It is removed:
    a receiver who came back from a backup can be sent it again (B16, security 5.7)."""
    box, up = mailbox("C3301"), machines["P33"].transport()
    parcels = [parcel(n, f"kept-{n}".encode(), "P33", "C3301") for n in range(900, 950)]
    up.fetch(1, 0.1)
    machines["C3301"].kill()
    assert up.publish_together(parcels) == [None] * len(parcels)
    last = state(up, box)["last_seq"]
    up.line.run(up.line.ask(f"$JS.API.CONSUMER.RESET.{box}.link", {"seq": last + 1}))
    machines["C3301"].start()
    down = machines["C3301"].transport()
    assert taken(down, 1, 8) == []
    assert state(up, box)["messages"] >= len(parcels)
    up.clear_at = 0
    up.fetch(1, 0.1)
    assert state(up, box)["messages"] == 0
    for one in parcels:
        one.file.seek(0)
    assert up.publish_together(parcels) == [None] * len(parcels)
    assert len(set(taken(down, len(parcels), 30))) == len(parcels)


def state(transport: NatsTransport, stream: str) -> dict[str, Any]:
    """What lies in a stream of the transport's own server."""
    line = transport.line
    found: dict[str, Any] = line.run(line.ask(f"$JS.API.STREAM.INFO.{stream}", {}))["state"]
    return found
