"""A hundred officers and five hundred liaisons at once, over HTTP, against a real web server.

Every answer is a success or a refusal with its page, every acknowledged act is there once, nothing
twice, the trail verifies, and every unit's summary equals a recount (security.md 8).
"""

import queue
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from random import Random

from tests.faults.crowd.browser import Broken, Browser, Notebook
from tests.faults.crowd.people import Crowd, Size, Visitor, gather
from tests.faults.crowd.recount import acknowledged, exact, once, quiet
from tests.faults.crowd.visits import Visit
from tests.faults.ground import Ground
from tests.faults.office import Office
from tests.faults.table import Row

SIZES = {
    "sample": Size(officers=8, liaisons=30, units=4, matters=8, seconds=5, threads=12),
    "full": Size(officers=100, liaisons=500, units=20, matters=60, seconds=60, threads=24),
}
WORK = ("receipt", "report", "review")
"""What a crowd has to have done before it may go."""
PATIENCE = 90
"""Seconds a slow machine gets beyond the row's time, until each kind of work was done once."""


def worked(book: Notebook) -> bool:
    """Whether each kind of work was acknowledged at least once."""
    return all(book.of(kind) for kind in WORK)


@dataclass
class Client:
    """One of the threads that pay visits, with dice of its own."""

    crowd: Crowd
    lines: "dict[str, queue.Queue[Visitor]]"
    port: int
    book: Notebook
    dice: Random

    def work(self, until: float) -> None:
        """Whoever stands first in a line pays a visit, then stands at its end; until the time is
        over and the work was met, but not beyond all patience."""
        while (now := time.monotonic()) < until or (
            now < until + PATIENCE and not worked(self.book)
        ):
            kind = "officer" if self.dice.random() < 0.45 else "liaison"
            who = self.lines[kind].get()
            browser = Browser(self.port, self.book, who.cookies)
            visit = Visit(self.crowd, who, browser, self.dice)
            try:
                visit.of_officer() if kind == "officer" else visit.of_liaison()
            except Broken:
                continue
            except Exception:
                self.book.fault(traceback.format_exc(limit=-2))
            finally:
                self.lines[kind].put(who)


def line_of(people: list[Visitor], dice: Random) -> "queue.Queue[Visitor]":
    """People in a line, in any order."""
    line: queue.Queue[Visitor] = queue.Queue()
    for who in dice.sample(people, len(people)):
        line.put(who)
    return line


def at_work(crowd: Crowd, office: Office, size: Size, dice: Random) -> Notebook:
    """All clients until the time is over."""
    book = Notebook()
    lines = {"officer": line_of(crowd.officers, dice), "liaison": line_of(crowd.liaisons, dice)}
    until = time.monotonic() + size.seconds
    threads = [
        threading.Thread(
            target=Client(crowd, lines, office.port, book, Random(dice.random())).work,  # noqa: S311
            args=(until,),
        )
        for _number in range(size.threads)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=size.seconds + PATIENCE + 120)
    return book


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """The crowd comes, works, goes; then everything is counted."""
    ground.fresh("crowd")
    size = SIZES[scale]
    crowd = gather(size, dice)
    office = Office(ground, log=ground.base / "crowd.log")
    office.start("web")
    try:
        office.wait()
        book = at_work(crowd, office, size, dice)
    finally:
        office.stop()
    for fault in book.faults[:10]:
        row.check(False, fault)
    row.check(not book.faults, f"{len(book.faults)} faults in {book.answers.total()} answers")
    acknowledged(row, book)
    once(row, book)
    exact(row)
    deadlocks = quiet(row)
    found = ground.command("audit", "verify")
    row.check(found.returncode == 0, f"audit verify: {found.stdout[-300:]}{found.stderr[-300:]}")
    counts = Counter(act.kind for act in book.acts)
    row.say(f"answers {dict(book.answers)}, acts {dict(counts)}, deadlocks {deadlocks}")
    row.check(worked(book), "nobody worked")
