"""One contract, both transports: what a transport promises, on the database and on real servers."""

import os
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from luoshi.foundation.exchange.broker import topology
from luoshi.foundation.exchange.domain.mail.keeping import put
from luoshi.foundation.exchange.domain.queries.neighbours import own_node
from luoshi.foundation.exchange.envelopes.container import memory
from luoshi.foundation.exchange.models import Incoming, Outgoing
from luoshi.foundation.exchange.transports import gathering
from luoshi.foundation.exchange.transports.interface import Delivery, Parcel, Transport
from luoshi.foundation.exchange.transports.local import LocalDelivery, LocalTransport
from tests.foundation.exchange.ground import NOW, own_files, set_up
from tests.foundation.exchange.servers import three_levels

LIFE = "c3" * 16


class Local:
    """From this node to itself: rows of the outbox, handed over."""

    sequence = 0

    def send(self, raw: bytes, key: str = "") -> str:
        """Hand one over; again under the same number when a key is given."""
        if key:
            return key
        self.sequence += 1
        row = Outgoing(
            id=uuid4(),
            kind="test.slip",
            incarnation=LIFE,
            sequence=self.sequence,
            digest="",
            receiver=own_node(),
            sender_unit="x",
            state="sent",
            created_at=NOW,
        )
        put(row, memory(raw), len(raw), NOW)
        row.save()
        parcel = Parcel(row.pk.hex, "C3301", "C3301", row.kind, len(raw), memory(raw))
        LocalTransport().publish(parcel, begun=0, progress=lambda _parts: None)
        return row.pk.hex

    def fresh(self) -> Transport:
        """The receiving end of a new process."""
        return LocalTransport()

    def take(self, delivery: Delivery) -> bytes:
        """Make it durable and say so."""
        assert isinstance(delivery, LocalDelivery)
        row = Outgoing.objects.get(pk=delivery.key)
        same = {name: getattr(row, name) for name in ("kind", "incarnation", "sequence", "size")}
        Incoming.objects.create(
            id=row.pk,
            sender=own_node(),
            kind_version=1,
            state="applied",
            sent_at=NOW,
            received_at=NOW,
            **same,
        )
        raw = delivery.file.read()
        delivery.done()
        return raw


class OverNats:
    """From the province to a city."""

    def __init__(self, machines: dict[str, Any]) -> None:
        self.machines, self.sender = machines, machines["P33"].transport()

    def send(self, raw: bytes, key: str = "") -> str:
        """Publish one."""
        key = key or uuid4().hex
        parcel = Parcel(key, "P33", "C3301", "test.slip", len(raw), memory(raw))
        self.sender.publish(parcel, begun=0, progress=lambda _parts: None)
        return key

    def fresh(self) -> Transport:
        """The receiving end of a new process."""
        found: Transport = self.machines["C3301"].transport()
        return found

    def take(self, delivery: Delivery) -> bytes:
        """Make it durable and say so."""
        raw = delivery.file.read()
        delivery.done()
        return raw


@pytest.fixture(params=["local", "nats"])
def pipe(
    request: pytest.FixtureRequest, settings: Any, db: None, tmp_path: Any, monkeypatch: Any
) -> Iterator[Any]:
    if request.param == "local":
        with own_files(settings):
            set_up()
            yield Local()
        return
    monkeypatch.setattr(topology, "ACK_WAIT", 2 * topology.SECOND)
    monkeypatch.setattr(gathering, "LATER", 0.5)
    with three_levels(tmp_path) as machines:
        yield OverNats(machines)


def taken(pipe: Any, end: Transport, count: int, seconds: float = 20) -> list[bytes]:
    """So many, or what came by then."""
    found: list[bytes] = []
    until = time.monotonic() + seconds
    while len(found) < count and time.monotonic() < until:
        found += [pipe.take(one) for one in end.fetch(64, 0.2)]
    return found


def test_every_transport_keeps_its_promises(pipe: Any) -> None:
    """Byte for byte and in order; large ones too; what was done is not brought again, what was not
    comes again to the next process, and to the same one after `again`; nothing there is no wait."""
    end = pipe.fresh()
    assert end.fetch(10, 0.1) == []
    raws = [f"{number}".encode() * 100 for number in range(20)]
    for raw in raws:
        pipe.send(raw)
    assert taken(pipe, end, 20) == raws
    assert end.fetch(10, 0.3) == []
    large = os.urandom(600_000)
    pipe.send(large)
    assert taken(pipe, end, 1) == [large]
    key = pipe.send(b"keep")
    until = time.monotonic() + 20
    held: list[Delivery] = []
    while not held and time.monotonic() < until:
        held = end.fetch(10, 0.2)
    held[0].file.close()
    end = pipe.fresh()
    assert taken(pipe, end, 1) == [b"keep"]
    pipe.send(b"keep", key)
    again = pipe.send(b"later")
    held = []
    while not held and time.monotonic() < until:
        held = [one for one in end.fetch(10, 0.2) if one.file.read() == b"later"]
    held[0].again()
    assert again != key
    assert b"later" in taken(pipe, pipe.fresh(), 1)
    end.close()
