"""The processes of the drill: started, killed by their own numbers, started again as a machine's
service manager would."""

import contextlib
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from luoshi.site.trials.levels.installations import Installation

LOOK = 0.1
AGAIN = (0.2, 3.0)  # seconds after which what ended is started again


@dataclass
class Part:
    """One process of one installation; `ends`: it may end by itself when its work is done."""

    name: str
    here: Installation
    words: list[str]
    ends: bool = False
    process: "subprocess.Popen[bytes] | None" = None
    again: float = 0.0
    done: bool = False
    deaths: int = 0
    held: bool = False


@dataclass
class Minder:
    """Keeps the parts running until closed."""

    parts: dict[str, Part] = field(default_factory=dict)
    closed: bool = False
    guard: threading.Lock = field(default_factory=threading.Lock)
    thread: threading.Thread | None = None

    def add(self, part: Part) -> None:
        """Start a part and mind it."""
        with self.guard:
            self.parts[part.name] = part
            part.process = part.here.start(part.words, part.name)

    def begin(self) -> None:
        """Mind in the background."""
        self.thread = threading.Thread(target=self.mind, daemon=True)
        self.thread.start()

    def mind(self) -> None:
        """Start again what ended."""
        while not self.closed:
            with self.guard:
                for part in self.parts.values():
                    self.look(part)
            time.sleep(LOOK)

    def look(self, part: Part) -> None:
        """One part."""
        now = time.monotonic()
        if part.process is not None and (code := part.process.poll()) is not None:
            part.process = None
            part.done = part.ends and code == 0
            part.deaths += 1
            part.again = now + random.uniform(*AGAIN)  # noqa: S311 - when, not what
        stands = part.done or part.held or self.closed
        if part.process is None and not stands and now >= part.again:
            part.process = part.here.start(part.words, part.name)

    def running(self) -> list[str]:
        """The names of the parts that run just now."""
        with self.guard:
            parts = [part for part in self.parts.values() if part.process is not None]
            return sorted(
                part.name for part in parts if part.process and part.process.poll() is None
            )

    def kill(self, name: str) -> bool:
        """kill -9 of a part and of what it started; whether it ran."""
        with self.guard:
            process = self.parts[name].process
            if process is None or process.poll() is not None:
                return False
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # its own session: nothing else is in it
            process.wait()
            return True

    @contextlib.contextmanager
    def held(self, here: Installation) -> Iterator[None]:
        """kill -9 of everything of one installation; nothing of it runs until this is left."""
        parts = [part for part in self.parts.values() if part.here is here]
        with self.guard:
            for part in parts:
                part.held = True
        for part in parts:
            self.kill(part.name)
        yield
        with self.guard:
            for part in parts:
                part.held = False

    def end(self) -> None:
        """End everything that was started here."""
        self.closed = True
        if self.thread is not None:
            self.thread.join()
        running = [part.process for part in self.parts.values() if part.process is not None]
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in running:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
