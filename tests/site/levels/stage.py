"""Province, city and county as three complete installations on the test run's own server, founded,
then connected while their exchanges are minded; the command that runs them, and what it leaves."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from luoshi.site.trials.levels.installations import Installation
from luoshi.site.trials.levels.joining import connect, found_each
from tests.server import SERVER
from tools import private_postgres
from tools.level_ground import Ground, choose_ports, make_databases, note, write_password

P, C, X = "P33", "C3301", "X330101"
ROOT = Path(__file__).resolve().parents[3]
PARTS = ("nats-server", "exchange relay")


def until(true: Callable[[], Any], seconds: float = 30) -> Any:
    """What a question answers once its answer is not empty; else its last answer."""
    end = time.monotonic() + seconds
    while not (answer := true()) and time.monotonic() < end:
        time.sleep(0.1)
    return answer


def processes() -> Iterator[tuple[int, int, str]]:
    """(number, parent's number, command line) of what runs on this machine."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
        except OSError:
            continue
        if words:
            yield int(folder.name), parent, words


def parts_of(minder: int) -> dict[str, int]:
    """The children of `luoshi exchange run`: server and relay, by number; a server that has not
    become one yet is left out."""
    mine = [(pid, words) for pid, parent, words in processes() if parent == minder]
    return {part: pid for part in PARTS for pid, words in mine if part in words}


def belonging(folder: Path) -> dict[int, str]:
    """What runs in the environment of an installation in or under this folder."""
    found = {}
    for pid, _parent, words in processes():
        try:
            own = Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            continue
        if f"LUOSHI_VAR={folder}".encode() in own:
            found[pid] = words
    return found


def minder_of(folder: Path) -> int:
    """The number of an installation's `luoshi exchange run`; 0 where none runs."""
    mine = (pid for pid, words in belonging(folder).items() if words.endswith("exchange run"))
    return next(mine, 0)


@dataclass
class Stage:
    """The three, and what was seen while they were connected."""

    ground: Ground
    installations: dict[str, Installation]
    seen: dict[str, Any] = field(default_factory=dict)

    def rows(self, code: str, query: LiteralString, *given: str) -> list[tuple[Any, ...]]:
        """What stands in a level's database."""
        with psycopg.connect(self.installations[code].owner) as link:
            return link.execute(query, given).fetchall()

    def disturb(self) -> None:
        """While all runs: kill the county's server and relay, then suspend its only neighbour."""
        minder = minder_of(self.installations[X].folder)
        before = parts_of(minder)
        for pid in before.values():
            os.kill(pid, signal.SIGKILL)
        again = until(lambda: len(parts_of(minder)) == len(PARTS) and parts_of(minder))
        self.seen["came again"] = len(before) == 2 and not {*before.values()} & {*again.values()}
        self.installations[X].inside("suspend", code=C, reason="搬迁")
        self.seen["ended"] = until(lambda: not parts_of(minder))
        time.sleep(3)  # longer than the minder rests between two looks
        self.seen["alone again"] = parts_of(minder)
        self.seen["minder"] = minder_of(self.installations[X].folder) == minder

    @contextmanager
    def minded(self, *codes: str) -> Iterator[dict[str, int]]:
        """`luoshi exchange run` of these, by number; ended afterwards."""
        running = {}
        try:
            for code in codes:
                here = self.installations[code]
                running[code] = here.start(here.command("exchange", "run"), "exchange")
            yield {code: one.pid for code, one in running.items()}
        finally:
            for one in running.values():
                one.terminate()
            for one in running.values():
                one.wait(30)

    def run(self, line: str, seconds: float, then: Callable[[], None]) -> str:
        """The command until it says a line, then something else, then Ctrl-C; all it said."""
        handed = {"DATABASE_URL": self.ground.app, "LUOSHI_OWNER_DATABASE_URL": self.ground.owner}
        own = os.environ | handed | {"LUOSHI_VAR": str(self.ground.base.parent)}
        said = self.ground.base / "said"
        with said.open("wb") as file:
            command = subprocess.Popen(
                [sys.executable, "-m", "tools.run_levels"],
                cwd=ROOT,
                env=own,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        try:
            until(lambda: line in said.read_text() or command.poll() is not None, seconds)
            if line in said.read_text():
                then()
        finally:
            os.killpg(command.pid, signal.SIGINT)  # as a terminal does
            command.wait(40)
        return said.read_text()


@contextmanager
def three(base: Path, template: str) -> Iterator[Stage]:
    """Found three, let their exchanges be minded, connect them from the top down."""
    addresses = (
        SERVER.url(role, template) for role in (private_postgres.APP, private_postgres.OWNER)
    )
    ground = Ground(base, *addresses)
    base.mkdir(parents=True)
    choose_ports(base, print)
    write_password(base)
    # a thread of an earlier test may have left its connection behind
    others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = "
    private_postgres.sql(SERVER, "postgres", f"{others}'{template}'")
    make_databases(ground)
    stage = Stage(ground, ground.installations())
    try:
        found_each(stage.installations, ground.password)
        with stage.minded(P, C, X) as minders:
            top, middle, bottom = (stage.installations[code] for code in (P, C, X))
            connect(top, middle)
            stage.seen["city first"] = until(lambda: len(parts_of(minders[C])) == 2)
            stage.seen["county alone"] = parts_of(minders[X])
            connect(middle, bottom)
            stage.seen["county first"] = until(lambda: len(parts_of(minders[X])) == 2)
        (base / "joined").write_text("yes\n")
        note(base)
        yield stage
    finally:
        for code in (P, C, X):
            name = ground.database(code)
            private_postgres.sql(SERVER, "postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
