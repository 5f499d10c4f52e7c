"""What is done to the three levels, drawn by a seed, and when: fault k of M comes when k of M + 1
parts of the items have been accepted, so that they fall into the middle of the traffic."""

import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psycopg

from luoshi.site.trials.drill.ground import Ground
from luoshi.site.trials.drill.minding import Minder
from luoshi.site.trials.levels.installations import Broken
from luoshi.site.trials.levels.places import LEVELS

KILLED = ("broker", "relay", "worker", "web", "writer")
KINDS = (*KILLED, "broker", "relay", "cut", "double", "carry")
AGAIN = """UPDATE exchange_outgoing SET next_at = now() - random() * interval '1 hour'
    WHERE id IN (SELECT id FROM exchange_outgoing ORDER BY random() LIMIT %s)"""
LEAST_CUT = 1.0
PARTIES = "luoshi.site.trials.drill.parties"
ABOVE = {level.code: level.above for level in LEVELS}


@dataclass
class Faults:
    """Everything that can go wrong, and the notebook of what did. `restores`: how often a node
    loses its disk; `backups`: node → its last backup and when that was."""

    ground: Ground
    minder: Minder
    dice: Random
    longest_cut: float
    restores: int
    say: Callable[[str], None]
    kills: int = 0
    backups: dict[str, tuple[Path, float]] = field(default_factory=dict)

    def drawn(self, number: int) -> list[str]:
        """The kinds of the run's faults: every kind in turn, in an order drawn by the seed; backups
        in its first half, each used in its second."""
        kinds = [KINDS[place % len(KINDS)] for place in range(number)]
        self.dice.shuffle(kinds)
        for part, kind in ((0.1, "backup"), (0.6, "restore")):
            for _one in range(self.restores):
                kinds.insert(int(len(kinds) * (part + self.dice.random() / 3)), kind)
        return kinds

    def happen(self, kind: str) -> float:
        """Let one happen; returns for how many seconds it goes on."""
        if kind in KILLED:
            return self.kill(kind)
        happen: dict[str, Callable[[], float]] = {
            "cut": self.cut,
            "double": self.double,
            "carry": self.carry,
            "backup": self.back_up,
            "restore": self.restore,
        }
        return happen[kind]()

    def kill(self, kind: str) -> float:
        """kill -9 of one process of this kind; of any where none of this kind runs just now."""
        running = self.minder.running()
        names = [name for name in running if name.startswith(kind)] or running
        if not names:
            self.say(f"kill -9 {kind} (everything was down)")
            return 0.0
        name = self.dice.choice(names)
        hit = self.minder.kill(name)
        self.kills += hit
        self.say(f"kill -9 {name}" + ("" if hit else " (was down)"))
        return 0.0

    def cut(self) -> float:
        """A link is cut for a while."""
        code = self.dice.choice(sorted(self.ground.cables))
        seconds = self.dice.uniform(LEAST_CUT, self.longest_cut)
        self.ground.cables[code].cut(seconds)
        self.say(f"cut {code} for {seconds:.1f} s")
        return seconds

    def double(self) -> float:
        """Envelopes of a node, settled or not, are handed over again in another order."""
        code = self.dice.choice(sorted(self.ground.installations))
        count = self.dice.randint(5, 60)
        with psycopg.connect(self.ground.installations[code].owner) as link:
            done = link.execute(AGAIN, (count,)).rowcount
        self.say(f"{code} hands over {done} again, out of order")
        return 0.0

    def carry(self) -> float:
        """What waits for a neighbour is carried by a medium as well."""
        below = self.dice.choice(sorted(self.ground.cables))
        giver, taker = self.dice.sample([below, ABOVE[below]], 2)
        with tempfile.TemporaryDirectory(dir=self.ground.folder) as medium:
            try:
                self.ground.installations[giver].luoshi("exchange", "export", taker, medium)
                # the product's own command does not know the drill's kind
                self.ground.installations[taker].inside("carry_in", PARTIES, folder=medium)
            except (Broken, subprocess.SubprocessError) as error:
                self.say(f"medium {giver} to {taker}: {str(error)[-120:]}")
                return 0.0
        self.say(f"a medium goes from {giver} to {taker}")
        return 0.0

    def back_up(self) -> float:
        """A backup of a node, while it works."""
        code = self.dice.choice(sorted(set(self.ground.installations) - set(self.backups)))
        one, shelf = self.ground.installations[code], self.ground.folder / "backups" / code
        one.luoshi("backup", "create", "--to", str(shelf), as_owner=True)
        (folder,) = shelf.iterdir()
        self.backups[code] = folder, time.monotonic()
        self.say(f"{code} is backed up")
        return 0.0

    def restore(self) -> float:
        """A node loses its disk and comes back from its backup, by the product's own command."""
        code = self.dice.choice(sorted(self.backups))
        folder, made = self.backups.pop(code)
        one = self.ground.installations[code]
        with self.minder.held(one):
            self.ground.empty(code)
            one.luoshi("backup", "restore", str(folder), as_owner=True)
        self.say(f"{code} comes back from its backup of {time.monotonic() - made:.0f} s ago")
        return 0.0
