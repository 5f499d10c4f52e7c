"""The ground the rows stand on: a durable private server, a fresh migrated database for each row.

The product acts with the application's role, as it does when it is installed.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tools import private_postgres

ROOT = Path(__file__).resolve().parents[2]
LUOSHI = str(Path(sys.executable).parent / "luoshi")
TEMPLATE = "faults_template"


@dataclass
class Ground:
    """The server and the folder of one run; `name` is the database of the running row."""

    base: Path
    server: private_postgres.Server
    name: str = TEMPLATE

    def environment(self, role: str = private_postgres.APP, **more: str) -> dict[str, str]:
        """The environment of a `luoshi` command on the row's database."""
        own = {
            "DATABASE_URL": self.server.url(role, self.name),
            "LUOSHI_OWNER_DATABASE_URL": self.server.url(private_postgres.OWNER, self.name),
            "LUOSHI_VAR": str(self.base / "var"),
            "LUOSHI_LANGUAGE": "en",
            "PYTHONPATH": str(ROOT),
        }
        kept = {k: v for k, v in os.environ.items() if k != "LUOSHI_ALLOW_LOSS"}
        return kept | own | more

    def command(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run `luoshi` on the row's database."""
        environment = self.environment(**more)
        return subprocess.run(
            [LUOSHI, *words], env=environment, check=False, capture_output=True, text=True
        )

    def sql(self, statement: str, database: str = "postgres") -> None:
        """One statement as the cluster's superuser."""
        private_postgres.sql(self.server, database, statement)

    def migrate(self) -> None:
        """Make the template every row's database is copied from."""
        self.sql(f"CREATE DATABASE {TEMPLATE} OWNER {private_postgres.OWNER}")
        environment = self.environment(private_postgres.OWNER)
        subprocess.run([LUOSHI, "migrate", "-v0"], env=environment, check=True)

    def fresh(self, row: str) -> None:
        """A new migrated database for a row; this process talks to it from now on."""
        self.copied(TEMPLATE, f"faults_{row}")

    def fresh_from(self, world: str, row: str) -> None:
        """A copy of another row's database."""
        self.copied(f"faults_{world}", f"faults_{row}")

    def copied(self, template: str, name: str) -> None:
        """Copy a database nobody is connected to, and move there."""
        from django.db import connections  # noqa: PLC0415 - after the environment is set

        connections.close_all()
        self.name = name
        self.sql(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self.sql(f"CREATE DATABASE {self.name} TEMPLATE {template} OWNER {private_postgres.OWNER}")
        connections["default"].settings_dict["NAME"] = self.name

    def kill_server(self) -> None:
        """kill -9 of the database and all its children, then start it again as `make run` does."""
        pid = int((self.server.data / "postmaster.pid").read_text().splitlines()[0])
        family = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(pid)], check=False, capture_output=True, text=True
        )
        for one in (pid, *map(int, family.stdout.split())):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self.start_server()

    def start_server(self) -> None:
        """Start it, waiting until what the dead one left behind is gone."""
        end = time.monotonic() + 30
        while True:
            try:
                private_postgres.start(self.base)
                return
            except private_postgres.CannotStart:
                if time.monotonic() > end:
                    raise
                time.sleep(0.3)


def open_ground(base: Path) -> Ground:
    """Start the server, migrate the template, load the product in this process."""
    base.chmod(0o755)
    # a night of urgent reports: fifty officers, each with a second connection
    server = private_postgres.start(base, connections=200)
    (base / "var").mkdir()
    made = Ground(base, server)
    os.environ.pop("LUOSHI_ALLOW_LOSS", None)
    os.environ |= made.environment()
    made.migrate()
    import django  # noqa: PLC0415 - after the environment is set

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
    django.setup()
    return made
