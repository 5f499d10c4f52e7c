"""The relay as it runs: configuration from the registry, its own server, a real province above."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from luoshi.foundation.exchange.broker import serving
from luoshi.foundation.exchange.broker.certificates import Pair
from luoshi.foundation.exchange.broker.topology import Neighbour, Place
from luoshi.foundation.exchange.domain.node.configuring import configure, folder
from luoshi.foundation.exchange.domain.node.incarnating import begin_life
from luoshi.foundation.exchange.domain.node.suspending import suspend_node
from luoshi.foundation.exchange.domain.queries.neighbours import own_node
from luoshi.foundation.exchange.enums import Relation
from luoshi.foundation.exchange.envelopes import opening
from luoshi.foundation.exchange.models import Outgoing
from luoshi.foundation.exchange.relay.running import Relay
from luoshi.foundation.exchange.transports.interface import Parcel
from tests.foundation.exchange.ground import (
    NOW,
    SEEN,
    Far,
    make_far,
    own_files,
    sent,
    set_up,
)
from tests.foundation.exchange.servers import Machine, free, write
from tests.story import SYSTEM

pytestmark = pytest.mark.django_db


@dataclass
class Stage:
    """This node's relay, and the province's machine above it."""

    far: Far
    above: Machine
    relay: Relay

    def until(self, done: Callable[[], bool], seconds: float = 40) -> bool:
        """Rounds of the relay until something holds."""
        end = time.monotonic() + seconds
        while not done() and time.monotonic() < end:
            self.relay.round()
        return done()

    def publish(self, raw: bytes, number: str, kind: str) -> None:
        """The province hands an envelope to its server."""
        parcel = Parcel(number, "P33", "C3301", kind, len(raw), BytesIO(raw))
        self.end.publish(parcel, begun=0, progress=lambda _parts: None)

    @property
    def end(self) -> Any:
        """The province's transport."""
        return self.above.open[-1] if self.above.open else self.above.transport()


@pytest.fixture
def stage(settings: Any, tmp_path: Path) -> Iterator[Stage]:
    settings.CONFIG = replace(settings.CONFIG, var=tmp_path / "var", exchange_port=free())
    with own_files(settings):
        far = set_up()
        above = over_us(far, tmp_path / "P33")
        base = folder("C3301")
        server = serving.start(configure(actor=SYSTEM, at=NOW), base / "log")
        relay = Relay()
        try:
            yield Stage(far, above, relay)
        finally:
            relay.close()
            server.kill()
            server.wait()
            above.end()


def over_us(far: Far, place: Path) -> Machine:
    """The running machine of a node above this one, which the registry then knows."""
    own, code = own_node(), far.node.code
    below = (Neighbour("C3301", own.link, 64),)
    above = Machine(place, Place(code, None, below, inbox_mib=256, up_mib=64))
    shown = Machine(place, Place("C3301"), authority=Pair(own.authority.encode(), b""))
    write(above, None, [shown])
    far.node.address = f"127.0.0.1:{above.leaf}"
    far.node.authority = above.authority.certificate.decode()
    far.node.save()
    above.start()
    return above


def test_mail_travels_both_ways_and_ends_by_the_verdict(stage: Stage) -> None:
    """From the registry to the effect: down, up, verdict; B16, S3-108, S3-110. A suspended superior
    is taken out of the configuration; a restored node announces what it holds."""
    manifest = stage.far.manifest()
    stage.end.fetch(1, 0.1)
    stage.publish(stage.far.packed(manifest), manifest.id, manifest.kind)
    assert stage.until(lambda: SEEN == [{"number": 1}])
    (row,) = sent(["省委办公厅"])
    came: list[Any] = []

    def arrived() -> bool:
        for delivery in stage.end.fetch(8, 0.1):
            came.append(opening.read(BytesIO(delivery.file.read())).manifest)
            delivery.done()
        return {"exchange.verdict", "test.report"} <= {one.kind for one in came}

    assert stage.until(arrived)
    payload = {"of": row.pk.hex, "digest": row.digest, "verdict": "accepted", "reason": ""}
    answer = stage.far.manifest(kind="exchange.verdict", units=(), payload=payload)
    stage.publish(stage.far.packed(answer), answer.id, answer.kind)

    def settled() -> bool:
        row.refresh_from_db()
        return row.state == "received"

    assert stage.until(settled)
    begin_life(restored=True, actor=SYSTEM, at=NOW)
    stage.relay.looked_at = None
    stage.relay.round()
    assert Outgoing.objects.filter(kind="exchange.holdings").count() == 1
    suspend_node(node=stage.far.node, reason="搬迁", actor=SYSTEM, at=NOW)
    stage.relay.looked_at = None
    stage.relay.round()
    assert "remotes" not in (folder("C3301") / "nats.conf").read_text()


def test_information_goes_past_a_level_over_a_line_of_its_own(stage: Stage, tmp_path: Path) -> None:
    """Row 3: entered while all runs; the relay keeps a line to each, the copy goes to the superior,
    and what the node reported to answers comes back the same way. Taken out again, it ends."""
    top = make_far("Q1", Relation.REPORTED_TO, "澄湖市")
    machine = over_us(top, tmp_path / "Q1")
    try:
        stage.relay.looked_at = None
        stage.relay.round()
        rows = {row.receiver.code: row for row in sent(["澄湖市"], kind="test.news")}
        assert set(rows) == {"Q1", "P33"}
        came: dict[str, list[str]] = {"Q1": [], "P33": []}
        others = {"Q1": machine.transport(), "P33": stage.end}

        def arrived() -> bool:
            for code, end in others.items():
                for delivery in end.fetch(8, 0.1):
                    came[code].append(opening.read(delivery.file).manifest.receiver)
                    delivery.done()
            return all(came.values())

        assert stage.until(arrived)
        assert came == {"Q1": ["Q1"], "P33": ["P33"]}
        row = rows["Q1"]
        payload = {"of": row.pk.hex, "digest": row.digest, "verdict": "accepted", "reason": ""}
        answer = top.manifest(kind="exchange.verdict", units=(), payload=payload)
        raw = top.packed(answer)
        parcel = Parcel(answer.id, "Q1", "C3301", answer.kind, len(raw), BytesIO(raw))
        others["Q1"].publish(parcel, begun=0, progress=lambda _parts: None)

        def settled() -> bool:
            row.refresh_from_db()
            return row.state == "received"

        assert stage.until(settled)
        assert '"DIRECT_Q1"' in (folder("C3301") / "nats.conf").read_text()
        suspend_node(node=top.node, reason="撤销直报点", actor=SYSTEM, at=NOW)
        stage.relay.looked_at = None
        stage.relay.round()
        assert "DIRECT_Q1" not in (folder("C3301") / "nats.conf").read_text()
        assert len(stage.relay.transports) == 1
    finally:
        machine.end()
