"""A seeded run: items sent, faults made, then quiet until all is settled; a witness counts.

The witness stands outside: it writes down what `send` acknowledged and afterwards looks into the
databases. An item whose sender still has it must have taken effect exactly once; one its sender
lost by its own restore took effect at most once, and if it did, the sender was told.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from tests.foundation.exchange.simulation.network import Network, Rates
from tests.foundation.exchange.simulation.nodes import ABOVE, BEGIN, SimNode

TICK = timedelta(seconds=15)
ROUTES = [pair for child, parent in ABOVE.items() for pair in ((child, parent), (parent, child))]
QUIET = Rates(0, 0, 0, 0, 0)
MOST_ROUNDS = 600
FAULTS = ("cut", "wipe", "backup", "restore", "restore", "crashes", "calm")


@dataclass
class Count:
    """What the witness found. `own`: lost by the sender's own restore, counted apart."""

    seed: int
    sent: int = 0
    lost: int = 0
    twice: int = 0
    untold: int = 0
    own: int = 0
    unsettled: int = 0
    restores: int = 0
    carried: int = 0
    rounds: int = 0
    history: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Nothing lost, nothing twice, everybody told, everything settled."""
        return self.sent > 0 and not (self.lost or self.twice or self.untold or self.unsettled)

    def line(self) -> str:
        """One line."""
        names = "sent lost twice untold own unsettled restores carried rounds".split()
        return f"seed {self.seed}: " + " ".join(f"{n} {getattr(self, n)}" for n in names)


def run(nodes: dict[str, SimNode], network: Network, seed: int, items: int, faults: int) -> Count:
    """Send `items` with `faults` spread over them, then let it settle."""
    dice, count, at = Random(seed), Count(seed), BEGIN  # noqa: S311 - by seed
    sent: dict[UUID, tuple[str, str]] = {}
    per_tick = max(1, items // 600)
    fault_rate = faults * per_tick / items
    number = 0
    while number < items:
        at += TICK
        network.now = at
        for _one in range(min(per_tick, items - number)):
            sender, receiver = dice.choice(ROUTES)
            key = nodes[sender].send(receiver, number, at)
            number += 1
            if key is not None:
                sent[key] = (sender, receiver)
        for _fault in range(int(fault_rate) + (dice.random() < fault_rate % 1)):
            fault(nodes, network, dice, at, count)
        for node in nodes.values():
            node.round(at)
    network.rates = QUIET
    for node in nodes.values():
        node.crash = 0.0
    settle(nodes, network, at, count)
    judge(nodes, sent, count)
    count.restores = sum(node.restores for node in nodes.values())
    count.carried = network.carried
    return count


def fault(
    nodes: dict[str, SimNode], network: Network, dice: Random, at: datetime, count: Count
) -> None:
    """One fault by the dice."""
    node = nodes[dice.choice(sorted(nodes))]
    kind = dice.choice(FAULTS)
    count.history.append(f"{(at - BEGIN).seconds} s {kind} {node.code}")
    if kind == "cut":
        pair = frozenset(dice.choice(ROUTES))
        network.cut[pair] = at + timedelta(seconds=dice.uniform(10, 3000))
    elif kind == "wipe":
        network.wipe(node.code)
    elif kind == "backup":
        node.back_up()
    elif kind == "restore":
        node.restore(at)
    else:
        node.crash = 0.1 if kind == "crashes" else 0.0


def settle(nodes: dict[str, SimNode], network: Network, at: datetime, count: Count) -> None:
    """Go on without new faults until nothing is open and nothing on its way."""
    for count.rounds in range(MOST_ROUNDS):
        waits = [node.next_at() for node in nodes.values()]
        due = [one for one in waits if one is not None]
        flights = [flight.arrives for box in network.boxes.values() for flight in box]
        if not due and not flights:
            return
        at = max(at + 8 * TICK, min(due + flights))
        network.now = at
        for node in nodes.values():
            node.round(at)
    count.unsettled = sum(node.open_rows() for node in nodes.values()) + network.waiting()


def judge(nodes: dict[str, SimNode], sent: dict[UUID, tuple[str, str]], count: Count) -> None:
    """Look into the databases from outside."""
    effects = {code: node.effects() for code, node in nodes.items()}
    outboxes = {code: node.outbox() for code, node in nodes.items()}
    told = {code: node.returned() for code, node in nodes.items()}
    count.sent = len(sent)
    for key, (sender, receiver) in sent.items():
        times = effects[receiver].get(key, 0)
        count.twice += times > 1
        if key in outboxes[sender]:
            if times == 0 or outboxes[sender][key] != "received":
                count.lost += 1
                count.history.append(f"lost {key} {sender}→{receiver} {outboxes[sender][key]}")
        else:
            count.own += times == 0
            if times and key not in told[sender]:
                count.untold += 1
                count.history.append(f"untold {key} {sender}→{receiver}")
    for code, found in effects.items():
        extra = [key for key, times in found.items() if times > 1 and key not in sent]
        count.twice += len(extra)
        if extra:
            count.history.append(f"twice at {code}: {extra[:2]}")
