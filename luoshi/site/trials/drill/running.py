"""One drill from its seed to its last line."""

import json
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings

from luoshi.site.trials.drill.faults import PARTIES, Faults
from luoshi.site.trials.drill.ground import Ground, ground
from luoshi.site.trials.drill.minding import Minder, Part
from luoshi.site.trials.drill.people import People, busy
from luoshi.site.trials.drill.telling import Witness
from luoshi.site.trials.drill.witness import SOCKET
from luoshi.site.trials.levels.installations import Broken, Installation, listening

WITNESS = "luoshi.site.trials.drill.witness"
FLOWS = {  # flow: sending unit, addressed unit
    "P33>C3301": ("01", "0101D01"),
    "C3301>P33": ("0101D01", "01"),
    "C3301>X330101": ("0101D01", "010101"),
    "X330101>C3301": ("010101", "0101D01"),
}
LOOK, GIVE_UP, REPORT = 0.5, 240.0, 15.0
READY, MOST_STARTS = 120.0, 3


@dataclass(frozen=True)
class Drill:
    """`letters`: documents the clerks send on each way, of `envelopes` in all; `restores`: how
    many nodes lose their disk and come back from a backup, at most one each; seconds."""

    envelopes: int
    faults: int
    seed: int
    longest_cut: float = 90.0
    restores: int = 0
    without: str = ""
    say: Callable[[str], None] = field(default=print)

    @property
    def letters(self) -> int:
        """A fiftieth, two to thirty each way."""
        return max(2, min(30, self.envelopes // 50))


@dataclass
class Found:
    """What the witness counted."""

    sent: int
    received: int
    lost: int
    twice: int
    receipts: int
    signatures: int
    signatures_missing: int
    own: int
    untold: int
    settled: float
    kills: int = 0
    unsettled: int = 0

    @property
    def sound(self) -> bool:
        """Nothing lost, nothing twice, every receipt there, nothing left on its way."""
        missing = self.sent - self.receipts + self.signatures_missing
        return not (self.lost or self.twice or missing or self.untold or self.unsettled)

    def line(self) -> str:
        """The last line."""
        return (
            f"sent {self.sent} received {self.received} lost {self.lost} twice {self.twice} "
            f"receipts {self.receipts} settled {self.settled:.1f} s"
        )


def run(drill: Drill) -> Found:
    """Set three levels up, let them work under faults, judge."""
    drill.say(f"seed {drill.seed}: {drill.envelopes} envelopes, {drill.faults} faults")
    with ended_when_told(), ground(drill.without) as here, witnessed(here) as asked:
        minder, found = Minder(), None
        try:
            start(drill, here, minder)
            found = flowing(drill, here, minder, asked)
        finally:
            minder.end()
            if found is None or not found.sound:
                drill.say(f"logs: {keep_logs(here, drill.seed)}")
    return found


@contextmanager
def ended_when_told() -> Iterator[None]:
    """Asked to end, end what was started as well."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def keep_logs(here: Ground, seed: int) -> Path:
    """Copy what the processes said to where the site keeps its own logs."""
    kept = Path(settings.CONFIG.var) / "logs" / f"drill-{seed}"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    for file in (*here.folder.glob("*/*.log"), *here.folder.glob("*.jsonl")):
        shutil.copy(file, kept / file.name)
    return kept


@contextmanager
def witnessed(here: Ground) -> Iterator[Callable[[], Witness]]:
    """The witness's process; yields how to get a line to it."""
    first = next(iter(here.installations.values()))
    words = [sys.executable, "-m", WITNESS, str(here.folder), json.dumps(here.databases())]
    process = first.start(words, "witness")
    path = here.folder / SOCKET
    end = time.monotonic() + READY
    while not path.exists() and time.monotonic() < end:
        time.sleep(LOOK / 10)
    try:
        yield partial(Witness, str(path))
    finally:
        process.terminate()
        process.wait()


def start(drill: Drill, here: Ground, minder: Minder) -> None:
    """Servers, relays, workers, sites; ready when the sites listen."""
    for code, one in here.installations.items():
        minder.add(Part(f"broker-{code}", one, one.command("exchange", "broker")))
    for code, one in here.installations.items():
        minder.add(Part(f"relay-{code}", one, one.act("relay", PARTIES)))
        minder.add(Part(f"worker-{code}", one, one.command("worker")))
        web = one.command("serve", "--port", str(one.ports.web))
        minder.add(Part(f"web-{code}", one, web))
    minder.begin()
    for code, one in here.installations.items():
        wait_for_pages(minder.parts[f"web-{code}"], one)
    drill.say("three levels are up")


def wait_for_pages(web: Part, one: Installation) -> None:
    """Until the site listens; one that ends again and again says why."""
    end = time.monotonic() + READY
    while not listening(one.ports.web, 1):
        if web.deaths > MOST_STARTS or time.monotonic() > end:
            said = (one.folder / f"{web.name}.log").read_text().strip().splitlines()
            raise Broken(f"{web.name}: {said[-1] if said else 'no page'}")


def flowing(drill: Drill, here: Ground, minder: Minder, asked: Callable[[], Witness]) -> Found:
    """Traffic and faults, then quiet, then the witness's judgement."""
    began = time.monotonic()

    def say(text: str) -> None:
        drill.say(f"{time.monotonic() - began:7.1f} s  {text}")

    witness, people = asked(), People()
    items = drill.envelopes - 2 * drill.letters
    write(drill, here, minder, items)
    people.begin(here, asked, drill.letters)
    dice = Random(drill.seed)  # noqa: S311 - by seed
    faults = Faults(here, minder, dice, drill.longest_cut, drill.restores, say)
    last = trouble(drill, faults, partial(known, witness, items), say)
    writers = [part for part in minder.parts.values() if part.ends]
    settled, left = settle(partial(still_open, witness, writers, people), say)
    people.closed.set()
    judged = witness.ask({"judge": True})
    found = Found(**judged, settled=max(0.0, settled - last), unsettled=len(left))
    found.kills = faults.kills
    say(
        f"{found.kills} processes killed, {found.signatures} signatures, "
        f"{found.signatures_missing} of them unknown to the sender"
    )
    if drill.restores:
        say(
            f"{found.own} lost by their own sender with its disk, {found.untold} of them worked "
            "elsewhere without its being told"
        )
    drill.say(found.line())
    return found


def write(drill: Drill, here: Ground, minder: Minder, items: int) -> None:
    """One writer for each flow."""
    for place, (flow, (unit, to)) in enumerate(FLOWS.items()):
        total = items // len(FLOWS) + (place < items % len(FLOWS))
        one = here.installations[flow.split(">")[0]]
        given: dict[str, Any] = {"flow": flow, "unit": unit, "to": to, "total": total}
        given |= {"seed": drill.seed, "socket": str(here.folder / SOCKET)}
        minder.add(
            Part(
                f"writer-{flow.replace('>', '-')}",
                one,
                one.act("writer", PARTIES, **given),
                ends=True,
            )
        )


def known(witness: Witness, items: int) -> float:
    """Which part of the items has been accepted, 0 to 1."""
    count = sum(witness.ask({"known": flow})["count"] for flow in FLOWS)
    return count / max(items, 1)


def trouble(
    drill: Drill, faults: Faults, part: Callable[[], float], say: Callable[[str], None]
) -> float:
    """All faults at their places; returns when the last one was over."""
    over = time.monotonic()
    kinds = faults.drawn(drill.faults)
    for number, kind in enumerate(kinds, start=1):
        while part() < number / (len(kinds) + 1):
            time.sleep(LOOK / 5)
        seconds = faults.happen(kind)
        over = max(over, time.monotonic() + seconds)
    say("last fault")
    return over


def still_open(witness: Witness, writers: list[Part], people: People) -> list[str]:
    """What is not done yet: writers and clerks at work, envelopes without their word."""
    working = [part.name for part in writers if not part.done] + busy(people.sending)
    signing = busy(people.signing)
    count = int(witness.ask({"open": True})["open"])
    if not working and not count:
        people.last.set()
    return [*working, *signing, *([f"{count} envelopes"] if count else [])]


def settle(waiting: Callable[[], list[str]], say: Callable[[str], None]) -> tuple[float, list[str]]:
    """Wait until nothing is open; (when it was, what is left when it is given up)."""
    end = time.monotonic() + GIVE_UP
    told = time.monotonic()
    while (left := waiting()) and time.monotonic() < end:
        if time.monotonic() > told + REPORT:
            told = time.monotonic()
            say(f"open: {', '.join(left)}")
        time.sleep(LOOK)
    return time.monotonic(), left
