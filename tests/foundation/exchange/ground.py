"""A node with a superior that exists only as keys in this test: what it sends is made by hand."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from luoshi.foundation.exchange import kinds
from luoshi.foundation.exchange.domain.mail.keeping import opened
from luoshi.foundation.exchange.domain.mail.receiving import Outcome, receive
from luoshi.foundation.exchange.domain.mail.sending import Content, send
from luoshi.foundation.exchange.domain.node.initialising import initialise
from luoshi.foundation.exchange.enums import NodeState, Purpose, Relation, Way
from luoshi.foundation.exchange.envelopes import opening
from luoshi.foundation.exchange.envelopes.manifest import Manifest
from luoshi.foundation.exchange.envelopes.packing import Source, pack
from luoshi.foundation.exchange.envelopes.policy import SigningKey
from luoshi.foundation.exchange.kinds import Arrived, Kind
from luoshi.foundation.exchange.models import Node, NodeKey, Outgoing, ServedUnit
from luoshi.foundation.organizations.models import Unit
from tests.foundation.exchange.papers import MANIFEST, pair
from tests.security.people import plant_tree
from tests.story import SYSTEM

NOW = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)
SEEN: list[dict[str, Any]] = []


def see(arrived: Arrived) -> None:
    """The effect: noted in memory; a payload that asks for it is declined, or breaks."""
    if arrived.payload.get("decline"):
        raise kinds.Declined("不属本单位")
    if arrived.payload.get("break"):
        raise RuntimeError("broken handler")
    SEEN.append(arrived.payload)


def register_kinds() -> None:
    """Kinds of the test."""
    SEEN.clear()
    kinds.register(Kind("test.slip", 1, "slip", see, ways=frozenset({Way.DOWN})))
    kinds.register(Kind("test.report", 1, "report", see, ways=frozenset({Way.UP})))
    kinds.register(Kind("test.news", 1, "news", see, ways=frozenset({Way.UP}), information=True))


@dataclass
class Far:
    """The other side: its keys and its counter."""

    node: Node
    unit: str
    keys: tuple[SigningKey, ...]
    incarnation: str = field(default_factory=lambda: secrets.token_hex(16))
    sequence: int = 0

    def manifest(self, **change: Any) -> Manifest:
        """The next manifest to this node."""
        self.sequence += 1
        base = replace(
            MANIFEST,
            id=secrets.token_hex(16),
            kind="test.slip",
            sender=self.node.code,
            sender_unit=self.unit,
            receiver="C3301",
            units=(Unit.objects.get(short_name="市住房城乡建设局").code,),
            incarnation=self.incarnation,
            sequence=self.sequence,
            sent_at=NOW,
            payload={"number": self.sequence},
        )
        return replace(base, **change)

    def packed(self, manifest: Manifest, files: tuple[tuple[str, bytes], ...] = ()) -> bytes:
        """The envelope."""
        target = BytesIO()
        sources = [Source(name, "application/pdf", BytesIO(raw)) for name, raw in files]
        pack(target, manifest, sources, keys=self.keys)
        return target.getvalue()

    def says(self, at: datetime = NOW, **change: Any) -> tuple[Outcome, bytes]:
        """Send one envelope here."""
        raw = self.packed(self.manifest(**change))
        return receive(BytesIO(raw), at=at), raw

    def verdict(self, row: Outgoing, verdict: str = "accepted", **change: Any) -> Outcome:
        """Speak on one of this node's consignments."""
        said = {"of": row.pk.hex, "digest": row.digest, "verdict": verdict, "reason": ""}
        payload = said | change
        return self.says(kind="exchange.verdict", units=(), payload=payload)[0]


def make_far(code: str, relation: str, unit: str) -> Far:
    """A connected neighbour that serves a unit of the tree."""
    node = Node.objects.create(
        code=code, name=code, relation=relation, state=NodeState.ACTIVE, entered_at=NOW
    )
    keys = (pair("ED25519-SHA256"),)
    for key in keys:
        NodeKey.objects.create(
            id=key.id,
            node=node,
            suite=key.suite,
            purpose=Purpose.SIGN,
            public=key.public.hex(),
            since=datetime(2026, 1, 1, tzinfo=UTC),
            accepted_at=NOW,
        )
    found = Unit.objects.get(short_name=unit)
    ServedUnit.objects.create(node=node, unit=found)
    return Far(node, found.code, keys)


@contextmanager
def own_files(settings: Any) -> Iterator[None]:
    """A folder of files of its own."""
    with TemporaryDirectory(prefix="luoshi-exchange-") as folder:
        settings.FILES = Path(folder)
        yield


def set_up() -> Far:
    """This node C3301 with its superior P33."""
    register_kinds()
    plant_tree()
    initialise(code="C3301", name="市级节点", address="", actor=SYSTEM, at=NOW)
    return make_far("P33", Relation.SUPERIOR, "省委办公厅")


def sent(units: list[str], kind: str = "test.report", **content: Any) -> list[Outgoing]:
    """Send from the office of this node."""
    content = {"payload": {"text": "内容"}} | content
    return send(
        kind=kind,
        content=Content(**content),
        sender=Unit.objects.get(short_name="市委办公室"),
        units=list(Unit.objects.filter(short_name__in=units)),
        actor=SYSTEM,
        at=NOW,
    )


def read_row(row: Any) -> Manifest:
    """What a stored envelope says."""
    with opened(row) as file:
        return opening.read(file).manifest


def uuid(manifest: Manifest) -> UUID:
    """The consignment's number as a key."""
    return UUID(hex=manifest.id)
