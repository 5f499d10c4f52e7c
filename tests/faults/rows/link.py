"""Urgent reports between two nodes while the superior's exchange is killed: a city's officers write
all at once; the province's server and relay are killed, twice, each time seen dead and come again.
Then the province's exchange is away for a while and comes back.

Everything acknowledged stands in the province's book once, its clock from the same second; what was
written while the link was away is there within five seconds of its return (goal of the desk)."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime
from random import Random
from typing import Any

from luoshi.site.trials.levels.installations import listening
from luoshi.site.trials.levels.joining import connect, found_each
from tests.faults import ground as grounds
from tests.faults.table import Row
from tests.site.levels.stage import PARTS, C, P, Stage, parts_of, until
from tools import level_ground, private_postgres

SIZES = {"sample": (5, 4), "full": (50, 20)}  # officers, events of each
AWAY = 15.0
SOON = 5.0
BOOK = "SELECT chain::text, happened_at FROM information_event"


def stage_on(ground: grounds.Ground) -> Stage:
    """A province and a city, founded, on databases of their own."""
    roles = (private_postgres.APP, private_postgres.OWNER)
    app, owner = (ground.server.url(role, grounds.TEMPLATE) for role in roles)
    levels = level_ground.Ground(ground.base / "levels", app, owner)
    levels.base.mkdir(parents=True)
    level_ground.choose_ports(levels.base, print)
    level_ground.write_password(levels.base)
    level_ground.make_databases(levels)
    stage = Stage(levels, levels.installations())
    found_each(stage.installations, levels.password)
    return stage


def writing(stage: Stage, officers: int, events: int, night: str) -> "subprocess.Popen[str]":
    """The city's officers at work."""
    words = [sys.executable, "-m", "tests.faults.night.officers", str(officers), str(events), night]
    environment = stage.installations[C].environment() | {"PYTHONPATH": str(grounds.ROOT)}
    return subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)


def said(officers: "subprocess.Popen[str]", row: Row) -> dict[str, datetime]:
    """What they were told was taken: chain → when it happened."""
    found: dict[str, Any] = json.loads(officers.communicate()[0].splitlines()[-1])
    row.check(not found["faults"], f"officers: {found['faults'][:3]}")
    return {chain: datetime.fromisoformat(at) for chain, at in found["told"]}


def book(stage: Stage) -> list[tuple[str, datetime]]:
    """The province's."""
    return [(chain, at) for chain, at in stage.rows(P, BOOK)]


def kill(minder: int, row: Row, number: int) -> None:
    """kill -9 of server and relay at a time; both come again as other processes."""
    before = until(lambda: len(parts_of(minder)) == len(PARTS) and parts_of(minder), 60)
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    dead = until(lambda: not {*before.values()} & {*parts_of(minder).values()})
    row.check(bool(before and dead), f"kill {number}: {before} not seen dead")


def run(row: Row, ground: grounds.Ground, scale: str, dice: Random) -> None:
    """Two kills while all write, then a link that is away."""
    stage = stage_on(ground)
    officers, events = SIZES[scale]
    with stage.minded(C), stage.minded(P) as minders:
        connect(stage.installations[P], stage.installations[C])
        wanted = said(writing(stage, 1, 1, "初"), row)
        row.check(bool(until(lambda: len(book(stage)) == 1, 60)), "the first report did not arrive")
        at_work = writing(stage, officers, events, "夜")
        for number in range(2):
            time.sleep(dice.uniform(1, 3) if scale == "sample" else dice.uniform(6, 12))
            kill(minders[P], row, number)
        wanted |= said(at_work, row)
        until(lambda: wanted.keys() <= {chain for chain, _at in book(stage)}, 180)
    away(stage, row, wanted)
    times, places = dict(book(stage)), Counter(chain for chain, _at in book(stage))
    for chain, happened in wanted.items():
        row.count(places[chain], f"event {chain}")
        row.check(times.get(chain) == happened, f"clock of {chain}: {times.get(chain)}")


def away(stage: Stage, row: Row, wanted: dict[str, datetime]) -> None:
    """Written while the province's exchange is away; there soon after its port is open again."""
    with stage.minded(C):
        new = said(writing(stage, 5, 4, "断"), row)
        wanted |= new
        time.sleep(AWAY)
        with stage.minded(P):
            row.check(bool(listening(stage.installations[P].ports.client, 40)), "no link again")
            began = time.monotonic()
            until(lambda: new.keys() <= {chain for chain, _at in book(stage)}, 60)
            took = time.monotonic() - began
            row.say(f"{len(new)} reports there {took:.1f} s after the link")
            row.check(took <= SOON, f"delivery {took:.1f} s after the link")
