"""The ground of `make run-levels`: a folder with three databases made from one migrated template,
and ports and a password that stay the same from start to start."""

import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from luoshi.site.domain import postgres
from luoshi.site.trials.levels.installations import Installation, Ports
from luoshi.site.trials.levels.joining import connect_all, found_each
from luoshi.site.trials.levels.places import LEVELS
from tools.announce import LUOSHI, ROOT, VAR
from tools.run import free

BASE = VAR / "levels"
FIRST = {"P33": 8100, "C3301": 8200, "X330101": 8300}  # pages, then the server's two ports
BLOCK, RANGE = 10, 100
Say = Callable[[str], None]


class Busy(Exception):
    """A port that cannot be another one is busy; the message says which and what to do."""


@dataclass(frozen=True)
class Ground:
    """`app` and `owner` are the addresses of the template database for the product and for whoever
    may create databases."""

    base: Path
    app: str
    owner: str

    @classmethod
    def from_environment(cls) -> "Ground":
        """As handed to a process, or to the command by whoever has a server of their own."""
        app = os.environ["DATABASE_URL"]
        return cls(BASE, app, os.environ.get("LUOSHI_OWNER_DATABASE_URL") or app)

    @property
    def joined(self) -> bool:
        """Whether the three were founded and connected to the end."""
        return (self.base / "joined").exists()

    @property
    def password(self) -> str:
        """The password of all people of the three."""
        return (self.base / "password").read_text().strip()

    def installations(self) -> dict[str, Installation]:
        """The three, by code, on the ports they have."""
        kept = json.loads((self.base / "ports.json").read_text())
        return {code: self.installation(code, Ports(**kept[code])) for code in FIRST}

    def installation(self, code: str, ports: Ports) -> Installation:
        """One of them."""
        app, owner = (address(url, self.database(code)) for url in (self.app, self.owner))
        return Installation(code, self.base / code, app, owner, ports)

    def database(self, code: str) -> str:
        """The name of an installation's database."""
        return f"{self.template}_{code.lower()}"

    @property
    def template(self) -> str:
        """The name of the database the three are made from."""
        return urlsplit(self.owner).path.strip("/")


def address(url: str, database: str) -> str:
    """The same server and role, another database."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def prepare(ground: Ground, say: Say) -> None:
    """Make ready what is not: ports, databases, three founded and connected installations, the
    newest migrations. What a killed first start left half done is made anew. Raises `Busy`."""
    ground.base.mkdir(parents=True, exist_ok=True)
    if ground.joined:
        choose_ports(ground.base, say)
        if changed(ground.base):
            for here in ground.installations().values():
                here.luoshi("migrate", "-v0", as_owner=True)
            note(ground.base)
        return
    say("Making three installations (once, about a minute) …")
    clear(ground.base)
    choose_ports(ground.base, say)
    write_password(ground.base)
    environment = os.environ | {"DATABASE_URL": ground.owner}
    subprocess.run([LUOSHI, "migrate", "-v0"], check=True, env=environment)
    make_databases(ground)
    installations = ground.installations()
    found_each(installations, ground.password)
    connect_all(installations)
    note(ground.base)
    (ground.base / "joined").write_text("yes\n")


def clear(base: Path) -> None:
    """Remove what a start that did not come to its end left."""
    for level in LEVELS:
        shutil.rmtree(base / level.code, ignore_errors=True)
    for name in ("ports.json", "told"):
        (base / name).unlink(missing_ok=True)


def write_password(base: Path) -> None:
    """A password, readable by its owner only."""
    path = base / "password"
    path.touch(mode=0o600)
    path.write_text(f"Luoshi-{secrets.token_hex(4)}\n")


def make_databases(ground: Ground) -> None:
    """Three copies of the migrated template; earlier ones go."""
    with psycopg.connect(address(ground.owner, "postgres"), autocommit=True) as link:
        for code in FIRST:
            name = ground.database(code)
            postgres.drop(link, name)
            made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            link.execute(made.format(sql.Identifier(name), sql.Identifier(ground.template)))


def state() -> str:
    """The names of all migrations."""
    return "\n".join(sorted(str(f.name) for f in (ROOT / "luoshi").rglob("migrations/*.py")))


def changed(base: Path) -> bool:
    """Whether there are migrations the three have not seen."""
    return not (base / "migrated").exists() or (base / "migrated").read_text() != state()


def note(base: Path) -> None:
    """They have seen all."""
    (base / "migrated").write_text(state())


def choose_ports(base: Path, say: Say) -> None:
    """Give each installation its ports, or check those it has: a busy port of pages or clients is
    changed, one that stands in a card stops the start."""
    path = base / "ports.json"
    kept = json.loads(path.read_text()) if path.exists() else {}
    made = {
        code: again(code, Ports(**kept[code]), base, say) if code in kept else fresh(first)
        for code, first in FIRST.items()
    }
    path.write_text(json.dumps({code: asdict(ports) for code, ports in made.items()}) + "\n")


def fresh(first: int) -> Ports:
    """The first block of three free ports."""
    for start in range(first, first + RANGE, BLOCK):
        block = (start, start + 1, start + 2)
        if all(map(free, block)):
            return Ports(*block)
    raise Busy(f"No three free ports side by side from {first} to {first + RANGE - 1}.")


def again(code: str, ports: Ports, base: Path, say: Say) -> Ports:
    """The ports of an earlier start."""
    if not free(ports.leaf):
        raise Busy(
            f"Port {ports.leaf} is busy: the other levels expect {code} there, for it stands in the"
            f" cards they exchanged. End what listens on it, or remove {base} to begin anew."
        )
    web, client = (one if free(one) else other(one, code, say) for one in (ports.web, ports.client))
    return Ports(web, client, ports.leaf)


def other(busy: int, code: str, say: Say) -> int:
    """Another port of the installation's range for a busy one."""
    first = FIRST[code]
    for port in range(first + BLOCK // 2, first + RANGE):
        if port % BLOCK > 2 and free(port):  # the first three of a block are others' first choice
            say(f"Port {busy} is busy; {code} uses {port}.")
            return port
    raise Busy(f"No free port from {first} to {first + RANGE - 1}.")
