"""One complete installation: its folder, its database, its addresses, its processes.

Pure Python without Django: everything inside an installation happens in processes of its own, in
its own environment, as on a machine of its own.
"""

import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROGRAMS = Path(sys.executable).parent
LISTENING = (20_000, 32_000)
INSIDE = "luoshi.site.trials.levels.inside"


class Broken(Exception):
    """Something inside an installation ended badly; the message is what it said last."""


def free_port() -> int:
    """A loopback port nobody listens on, below those the system gives to connections that go out:
    one of these may be taken before the server starts, or while it is started again."""
    while True:
        port = random.randrange(*LISTENING)  # noqa: S311 - a place, no secret
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@dataclass(frozen=True)
class Ports:
    """Where an installation listens on loopback: pages, its server's clients, its subordinates."""

    web: int = field(default_factory=free_port)
    client: int = field(default_factory=free_port)
    leaf: int = field(default_factory=free_port)


@dataclass
class Installation:
    """`database` and `owner` are addresses of its own database."""

    code: str
    folder: Path
    database: str
    owner: str
    ports: Ports = field(default_factory=Ports)
    more: Mapping[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """What its processes are started with."""
        own = {
            "LUOSHI_VAR": str(self.folder),
            "LUOSHI_FILES": str(self.folder / "files"),
            "DATABASE_URL": self.database,
            "LUOSHI_OWNER_DATABASE_URL": self.owner,
            "LUOSHI_PORT": str(self.ports.web),
            "LUOSHI_EXCHANGE_PORT": str(self.ports.client),
            "DJANGO_SETTINGS_MODULE": "luoshi.site.settings",
            "PYTHONUNBUFFERED": "1",
        }
        return {**os.environ, **own, **self.more}

    def luoshi(self, *words: str, as_owner: bool = False) -> str:
        """Run a command of the product to its end; returns what it said."""
        environment = self.environment()
        if as_owner:
            environment["DATABASE_URL"] = self.owner
        return ended(self.command(*words), environment)

    def command(self, *words: str) -> list[str]:
        """The command line of a command of the product."""
        return [str(PROGRAMS / "luoshi"), *words]

    def inside(self, act: str, module: str = INSIDE, **given: Any) -> Any:
        """Let an act of a module happen there; arguments and answer are JSON."""
        return json.loads(
            ended(self.act(act, module, **given), self.environment()).splitlines()[-1]
        )

    def act(self, act: str, module: str = INSIDE, **given: Any) -> list[str]:
        """The command line of an act inside."""
        return [sys.executable, "-m", module, act, json.dumps(given, ensure_ascii=False)]

    def start(self, words: list[str], log: str) -> "subprocess.Popen[bytes]":
        """Start a process in its own session; its lines go to a file. The caller ends it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{log}.log").open("ab") as file:
            return subprocess.Popen(  # noqa: S603 - our own programs, no shell
                words,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )


def ended(words: list[str], environment: Mapping[str, str]) -> str:
    """What a process said; raises `Broken` with its last lines when it failed."""
    done = subprocess.run(  # noqa: S603 - our own programs, no shell
        words, env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise Broken(f"{' '.join(words[1:4])}: {(done.stderr or done.stdout).strip()[-1500:]}")
    return done.stdout


def listening(port: int, seconds: float) -> bool:
    """Wait until somebody listens on a loopback port; whether that came true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False
