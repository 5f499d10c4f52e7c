"""Databases of the test server, copied from two that are made once in a run: one migrated and
empty, one that holds the demo story."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.server import BASE, SERVER
from tools import private_postgres

LUOSHI = str(Path(sys.executable).parent / "luoshi")
DAY = "2026-03-06"
MIGRATED, STORY = "luoshi_migrated", "luoshi_story"
TOLD = BASE / "story"  # what the story's site keeps on disk


def environment(name: str, var: Path, role: str = private_postgres.APP) -> dict[str, str]:
    """The environment of a site on that database."""
    return os.environ | {
        "DATABASE_URL": SERVER.url(role, name),
        "LUOSHI_VAR": str(var),
        "LUOSHI_LANGUAGE": "en",
    }


def database(name: str, template: str = "template1") -> None:
    """A fresh database on the test server, a copy of the template."""
    statement = f"CREATE DATABASE {name} TEMPLATE {template} OWNER {private_postgres.OWNER}"
    private_postgres.sql(SERVER, "postgres", statement)


def drop(*names: str) -> None:
    """Forget databases."""
    for name in names:
        private_postgres.sql(SERVER, "postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def migrated(name: str, var: Path) -> dict[str, str]:
    """A migrated database without a row; returns the environment of its commands."""
    database(name, empty_template())
    return environment(name, var)


def told(name: str, var: Path) -> tuple[dict[str, str], str]:
    """A database with the demo story of `DAY`, its files in `var`; returns the environment of its
    commands and the password of its people."""
    with first_of_the_run(STORY) as first:
        if first:
            command = [LUOSHI, "demo", "--on", DAY]
            subprocess.run(command, env=migrated(STORY, TOLD), check=True, capture_output=True)
    database(name, STORY)
    shutil.copytree(TOLD, var, dirs_exist_ok=True)
    return environment(name, var), (TOLD / "demo_password").read_text().strip()


def empty_template() -> str:
    """The name of the migrated database without a row; made when it is first asked for."""
    with first_of_the_run(MIGRATED) as first:
        if first:
            database(MIGRATED)
            owner = environment(MIGRATED, BASE / "var-migrating", private_postgres.OWNER)
            subprocess.run([LUOSHI, "migrate", "-v0"], env=owner, check=True)
    return MIGRATED


@contextmanager
def first_of_the_run(name: str) -> Iterator[bool]:
    """Whether this process is the first that needs a template; the others wait for it."""
    with (BASE / f"{name}.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        done = bool(lock.read())
        yield not done
        if not done:
            lock.write("made")
