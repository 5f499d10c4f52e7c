"""Three nodes, real domain code, hostile network (security.md 5 and 8; B16): 0 lost, 0 twice; and
with one protection taken away the same run fails."""

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import connections

from luoshi.foundation.exchange import kinds
from luoshi.foundation.exchange.domain.mail import entering
from luoshi.foundation.exchange.domain.mail.registering import register_control
from luoshi.foundation.exchange.domain.node import incarnating
from luoshi.foundation.exchange.envelopes.policy import Policy
from luoshi.foundation.exchange.models import Incarnation, Outgoing
from luoshi.foundation.exchange.relay import handing_over
from luoshi.site.trials.drill.items import always_entered
from tests.foundation.exchange.simulation.network import Network, Rates
from tests.foundation.exchange.simulation.nodes import (
    BEGIN,
    TREE,
    Cluster,
    SimNode,
    found,
    register_kind,
)
from tests.foundation.exchange.simulation.run import QUIET, Count, judge, run, settle
from tests.security.people import plant_tree
from tests.server import SERVER, WORKER
from tools import private_postgres

ITEMS, FAULTS = 100, 24
UNKEYED = (
    "ALTER TABLE exchange_incoming DROP CONSTRAINT exchange_incoming_pkey CASCADE;"
    "ALTER TABLE exchange_incoming DROP CONSTRAINT exchange_in_sequence"
)


def statement(database: str, text: str) -> None:
    """A statement as the superuser."""
    private_postgres.sql(SERVER, database, text)


@contextmanager
def three(
    seed: int, mutate: str = "", rates: Rates | None = None
) -> Iterator[tuple[dict[str, SimNode], Network]]:
    """Three fresh nodes, removed afterwards."""
    template = str(connections["default"].settings_dict["NAME"])
    connections.close_all()
    dice = Random(seed)  # noqa: S311 - by seed
    network = Network(dice, rates or Rates())
    cluster = Cluster(statement, template, f"{WORKER}_sim_{seed}")
    nodes = {code: SimNode(code, cluster, network, dice) for code in TREE}
    try:
        found(nodes, plant_tree)
        if mutate:
            for node in nodes.values():
                statement(node.database, mutate)
                node.back_up()
        yield nodes, network
    finally:
        for node in nodes.values():
            node.close()
            for name in (node.database, *node.backups):
                cluster.drop(name)


@pytest.fixture(autouse=True)
def ground(django_db_setup: None, django_db_blocker: Any, settings: Any) -> Iterator[None]:
    settings.EXCHANGE_POLICY = Policy(signing=("ED25519-SHA256",))
    register_kind()
    with django_db_blocker.unblock():
        yield
        connections.close_all()
    register_control()


def simulated(
    seed: int,
    mutate: str = "",
    items: int = ITEMS,
    faults: int = FAULTS,
    rates: Rates | None = None,
) -> Count:
    """One run."""
    with three(seed, mutate, rates) as (nodes, network):
        return run(nodes, network, seed, items, faults)


@pytest.mark.parametrize("seed", [1])
def test_nothing_lost_nothing_twice(seed: int) -> None:
    """Security 5: loss, duplication, reordering, damage, cuts, wiped brokers, kills at commit,
    restores from old backups, drawn by a seed."""
    count = simulated(seed)
    assert count.restores > 3
    assert count.sound, (count.line(), count.history[-12:])


@pytest.mark.full
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_nothing_lost_at_full_size(seed: int) -> None:
    """Security 5 and 8: 10,000 envelopes and 200 faults for each of five seeds."""
    count = simulated(seed, items=10_000, faults=200)
    assert count.sound, (count.line(), count.history[-12:])
    sys.stdout.write(f"{count.line()}\n")


def test_without_the_inbox_key_something_happens_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mutation: the inbox without its key."""

    monkeypatch.setattr(entering, "entered", always_entered)
    assert simulated(3, UNKEYED, items=40, faults=3, rates=Rates(twice=0.5)).twice > 0


def test_without_the_receivers_verdict_something_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mutation of rule 2: the transport's acknowledgement ends the consignment."""

    def handed(rows: Any, *, at: Any) -> None:
        keys = [row.pk for row in rows]
        Outgoing.objects.filter(pk__in=keys).update(state="received", next_at=None)

    monkeypatch.setattr(handing_over, "handed", handed)
    assert simulated(4, items=40, faults=3, rates=Rates(lost=0.5)).lost > 0


def lost_over_two_restores() -> int:
    """A province restored twice from one backup, an item sent in each life: how many its city
    never worked, of those the province still has."""
    with three(5, rates=QUIET) as (nodes, network):
        nodes["P33"].backups = nodes["P33"].backups[:1]
        sent, at = {}, BEGIN
        for number in range(2):
            nodes["P33"].restore(at)
            key = nodes["P33"].send("C3301", number, at)
            assert key is not None
            sent[key] = ("P33", "C3301")
            count = Count(5)
            settle(nodes, network, at, count)
            at += timedelta(hours=1)
        judge(nodes, sent, count)
    return count.lost


def test_without_a_fresh_incarnation_something_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mutation of rule 3: a life's number computed from the database repeats after two restores
    from one backup, and the second item bears a number that was taken; with the product's own
    number nothing is lost."""

    def fresh() -> str:
        return hashlib.sha256(f"{Incarnation.objects.count()}".encode()).hexdigest()[:32]

    assert lost_over_two_restores() == 0
    monkeypatch.setattr(incarnating, "fresh", fresh)
    assert lost_over_two_restores() > 0


def test_verdicts_that_are_answered_never_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mutation of rule 5: verdicts answered like everything else set each other off for ever."""
    monkeypatch.setitem(
        kinds.KINDS, "exchange.verdict", replace(kinds.known("exchange.verdict"), answered=True)
    )
    monkeypatch.setattr("tests.foundation.exchange.simulation.run.MOST_ROUNDS", 30)
    assert simulated(6, items=6, faults=0).unsettled > 0


def test_the_same_run_settles_when_they_are_not() -> None:
    """Rule 5 kept: the run of the mutation above settles within its rounds."""
    count = simulated(6, items=6, faults=0)
    assert count.sound
    assert count.rounds < 30
