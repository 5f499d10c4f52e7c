"""Three installations in one process, each with its own database, its crashes and its backups."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

from django.db import connections

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange import kinds
from luoshi.foundation.exchange.domain.mail.returning import announce
from luoshi.foundation.exchange.domain.mail.sending import Content, send
from luoshi.foundation.exchange.domain.node import incarnating
from luoshi.foundation.exchange.domain.node.initialising import initialise
from luoshi.foundation.exchange.enums import NodeState, Relation
from luoshi.foundation.exchange.kinds import Arrived, Kind
from luoshi.foundation.exchange.models import Node, NodeKey, Outgoing, Returned, ServedUnit
from luoshi.foundation.exchange.relay.handing_over import NEXT
from luoshi.foundation.exchange.relay.passing import hand_out, take_in
from luoshi.foundation.organizations.models import Unit
from tests.foundation.exchange.simulation.network import Network, SimTransport

SYSTEM = Actor.system("simulation")
BEGIN = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)
TREE = {"P33": "01", "C3301": "0101", "X330101": "010101"}
ABOVE = {"C3301": "P33", "X330101": "C3301"}
KIND = "sim.item"
TABLE = "CREATE TABLE sim_effect (id uuid NOT NULL); GRANT ALL ON sim_effect TO luoshi_app"


class Killed(BaseException):
    """kill -9 at a commit; no handler of the product sees it."""


def note_effect(arrived: Arrived) -> None:
    """The effect of an item: a row without any protection of its own."""
    with connections["default"].cursor() as cursor:
        cursor.execute("INSERT INTO sim_effect (id) VALUES (%s)", [arrived.row.pk])


def register_kind() -> None:
    """The kind of the simulation."""
    kinds.register(Kind(KIND, 1, "item", note_effect))


@dataclass
class Cluster:
    """The database server: `sql` runs a statement as its superuser on a database."""

    sql: Any
    template: str
    prefix: str

    def copy(self, source: str, target: str) -> None:
        """Make a database anew from another; whoever is connected to that one is sent away."""
        self.drop(target)
        owner = "luoshi_owner"
        # a thread of an earlier test may have left its connection behind
        gone = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = "
        self.sql("postgres", f"{gone}'{source}'")
        self.sql("postgres", f"CREATE DATABASE {target} TEMPLATE {source} OWNER {owner}")

    def drop(self, name: str) -> None:
        """Remove a database."""
        self.sql("postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@dataclass
class SimNode:
    """One installation. `crash`: how often a commit ends the process, of 1."""

    code: str
    cluster: Cluster
    network: Network
    dice: Random
    crash: float = 0.0
    backups: list[str] = field(default_factory=list)
    restores: int = 0
    wrapper: Any = None

    @property
    def database(self) -> str:
        """Its database."""
        return f"{self.cluster.prefix}_{self.code.lower()}"

    def connect(self) -> None:
        """A fresh process's connection."""
        made = connections.create_connection("default")
        made.settings_dict = {**made.settings_dict, "NAME": self.database}
        commit = made._commit

        def dead(*_words: Any) -> Any:
            raise Killed

        def risky() -> Any:
            if self.dice.random() >= self.crash:
                return commit()
            if self.dice.random() < 0.5:
                commit()
            link, made.connection = made.connection, None
            link.close()
            made.connect = dead
            raise Killed

        made._commit = risky
        self.wrapper = made

    def close(self) -> None:
        """End the process: what was not committed is gone."""
        if self.wrapper is not None:
            wrapper, self.wrapper = self.wrapper, None
            link = wrapper.connection
            wrapper.connection = None
            if link is not None:
                link.close()

    @contextmanager
    def running(self) -> Iterator[None]:
        """This node's process works; its database is `default` meanwhile."""
        if self.wrapper is None:
            self.connect()
        before = connections["default"]
        connections["default"] = self.wrapper
        try:
            yield
        finally:
            connections["default"] = before

    @contextmanager
    def mortal(self) -> Iterator[None]:
        """Like `running`; a kill ends it and the next call starts it again."""
        try:
            with self.running():
                yield
        except Killed:
            self.close()

    def round(self, at: datetime) -> None:
        """One round of its relay."""
        with self.mortal():
            transport = SimTransport(self.network, self.code)
            hand_out(transport, NEXT, at=at)
            take_in(transport, at=at)

    def send(self, receiver: str, number: int, at: datetime) -> UUID | None:
        """Send an item; the consignment's number once it is acknowledged, None when killed."""
        acknowledged = []
        with self.mortal():
            acknowledged = send(
                kind=KIND,
                content=Content({"number": number}),
                sender=Unit.objects.get(code=TREE[self.code]),
                units=[Unit.objects.get(code=TREE[receiver])],
                actor=SYSTEM,
                at=at,
            )
        return acknowledged[0].pk if acknowledged else None

    def back_up(self) -> None:
        """A backup; the last three are kept."""
        self.close()
        name = f"{self.database}_b{len(self.backups) % 3}"
        self.cluster.copy(self.database, name)
        if name in self.backups:
            self.backups.remove(name)
        self.backups.append(name)

    def restore(self, at: datetime) -> None:
        """Back to one of its backups, by the product's own verbs; no crash in the middle of it."""
        self.close()
        self.cluster.copy(self.dice.choice(self.backups), self.database)
        self.restores += 1
        crash, self.crash = self.crash, 0.0
        with self.running():
            incarnating.begin_life(restored=True, actor=SYSTEM, at=at)
            announce(actor=SYSTEM, at=at)
        self.crash = crash

    def effects(self) -> dict[UUID, int]:
        """How often each item took effect here."""
        with self.running(), connections["default"].cursor() as cursor:
            cursor.execute("SELECT id, count(*) FROM sim_effect GROUP BY id")
            return dict(cursor.fetchall())

    def outbox(self) -> dict[UUID, str]:
        """State of each item in its outbox."""
        with self.running():
            return dict(Outgoing.objects.filter(control=False).values_list("pk", "state"))

    def open_rows(self) -> int:
        """What waits for an answer, or for being handed over."""
        with self.running():
            return Outgoing.objects.filter(next_at__isnull=False).count()

    def next_at(self) -> datetime | None:
        """When its outbox is due next."""
        with self.running():
            rows = Outgoing.objects.filter(next_at__isnull=False).order_by("next_at")
            return rows.values_list("next_at", flat=True).first()

    def returned(self) -> set[UUID]:
        """Items it lost and was told of."""
        with self.running():
            return set(Returned.objects.values_list("consignment", flat=True))


def found(nodes: dict[str, SimNode], plant: Any) -> None:
    """Make the three databases: tree of units, node, neighbours accepted with their keys."""
    keys: dict[str, list[dict[str, Any]]] = {}
    for code, node in nodes.items():
        node.cluster.copy(node.cluster.template, node.database)
        node.cluster.sql(node.database, TABLE)
        with node.running():
            plant()
            initialise(code=code, name=code, address="", actor=SYSTEM, at=BEGIN)
            keys[code] = list(NodeKey.objects.filter(purpose="sign").values())
    for code, node in nodes.items():
        with node.running():
            for other in nodes:
                relation = relation_of(code, other)
                if relation is None:
                    continue
                made = Node.objects.create(
                    code=other,
                    name=other,
                    relation=relation,
                    state=NodeState.ACTIVE,
                    entered_at=BEGIN,
                )
                NodeKey.objects.bulk_create(
                    [NodeKey(**{**key, "node_id": made.pk}) for key in keys[other]]
                )
                ServedUnit.objects.create(node=made, unit=Unit.objects.get(code=TREE[other]))
        node.back_up()


def relation_of(own: str, other: str) -> str | None:
    """What another node is to this one."""
    if ABOVE.get(own) == other:
        return str(Relation.SUPERIOR)
    return str(Relation.SUBORDINATE) if ABOVE.get(other) == own else None
