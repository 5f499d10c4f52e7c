"""Points at which a process can end or fail: fsync, rename, commit, write.

The real calls are made; a watcher only sees each one coming, may note it, end the process, or
raise what the machine would raise.
"""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Seen = Callable[[str], None]
KILLED = 137


@contextmanager
def watching(seen: Seen) -> Iterator[None]:
    """Call `seen` with the name of each point before the call itself is made."""
    from django.db import connection  # noqa: PLC0415 - after the environment is set

    watched: Any = connection
    olds = {name: getattr(os, name) for name in ("fsync", "rename", "replace", "mkdir")}
    commit, opened = watched._commit, io.open

    def before(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            seen(name)
            return act(*args, **kwargs)

        return call

    def open_watched(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        made = opened(file, mode, *args, **kwargs)
        return Watched(made, seen) if mode == "wb" else made

    try:
        for name, act in olds.items():
            setattr(os, name, before("rename" if name == "replace" else name, act))
        watched._commit = before("commit", commit)
        io.open = open_watched
        yield
    finally:
        for name, act in olds.items():
            setattr(os, name, act)
        watched._commit = commit
        io.open = opened


class Watched:
    """A file whose writes are seen."""

    def __init__(self, file: Any, seen: Seen) -> None:
        self.file, self.seen = file, seen

    def write(self, data: bytes) -> int:
        """One write."""
        self.seen("write")
        return int(self.file.write(data))

    def __enter__(self) -> "Watched":
        return self

    def __exit__(self, *error: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


def killer(number: int) -> Seen:
    """Ends the process before its n-th point."""
    left = [number]

    def seen(_name: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            os._exit(KILLED)

    return seen


def breaker(number: int, kinds: set[str], error: int) -> Seen:
    """Raises the machine's error at the n-th point of these kinds, and at every one after it."""
    left = [number]

    def seen(name: str) -> None:
        if name in kinds:
            left[0] -= 1
            if left[0] <= 0:
                raise OSError(error, os.strerror(error))

    return seen


def forked(act: Callable[[], None]) -> tuple[int, bytes]:
    """Run `act` in a child process; returns (exit code, what it acknowledged). 0 = came through."""
    from django.db import connections  # noqa: PLC0415 - after the environment is set

    connections.close_all()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(read)
            act()
            os.write(write, b"ack")
            code = 0
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read()
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), told
