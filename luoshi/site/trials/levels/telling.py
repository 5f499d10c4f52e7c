"""Tell the story: one process per level takes the level's steps, all at the same time; what one
level waits for comes through the servers.

Pure Python without Django; the processes are `acts.py`.
"""

import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from luoshi.site.trials.levels.installations import Broken, Installation

ACTS = "luoshi.site.trials.levels.acts"


def tell(installations: Mapping[str, Installation], say: Callable[[str], None]) -> int:
    """Let every level take the steps it has not taken yet, and say each of their lines; returns how
    many. Raises `Broken` with what a level said last once one cannot go on; the others end."""
    with ExitStack() as stack:
        running = {code: stack.enter_context(begin(here)) for code, here in installations.items()}
        stack.callback(end, running.values())

        def follow(code: str) -> list[str]:
            lines = []
            for line in running[code].stdout or ():
                lines.append(line.rstrip())
                say(f"{code:8s} {line.rstrip()}")
            if running[code].wait():
                end(running.values())
                raise Broken(f"{code}: {lines[-1] if lines else 'ended'}")
            return lines

        with ThreadPoolExecutor(len(running)) as pool:
            return sum(len(lines) for lines in pool.map(follow, running))


def begin(here: Installation) -> "subprocess.Popen[str]":
    """One level's process."""
    return subprocess.Popen(  # noqa: S603 - our own program, no shell
        [sys.executable, "-m", ACTS, here.code],
        env=here.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # Ctrl-C reaches the conductor, which ends them
    )


def end(running: "Iterable[subprocess.Popen[str]]") -> None:
    """End what still runs; a step is taken whole or not at all."""
    for one in running:
        if one.poll() is None:
            one.terminate()
