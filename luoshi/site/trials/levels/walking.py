"""One level's part of the story: its steps in order, each waiting until what it builds upon has
come through the servers.

A step is one transaction that first asks the books whether it was taken: a story that was killed
goes on where it stood, and nothing is told twice.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.core.actors import Actor

SYSTEM = Actor.system("落实系统", via="cli")
LOCK = 0x6C76  # one story at a time in a database
LOOK = 0.3
PATIENCE = 180.0  # a worker passes mail between units of one node every minute


class Missing(Exception):
    """What a step builds upon did not come; the message names it."""


def nothing(_found: Any, _at: datetime) -> None:
    """A step that only looks."""


@dataclass(frozen=True)
class Step:
    """`words` tell the step; `find` gives what it builds upon, which `missing` names; `act` lets
    the people of this level act on it; `taken` asks the books whether they did. What is only
    looked at is in no book: a file says that its line was told."""

    words: str
    missing: str
    find: Callable[[], Any]
    act: Callable[[Any, datetime], object] = nothing
    taken: Callable[[], bool] | None = None

    @property
    def over(self) -> bool:
        """Whether the step was taken."""
        return self.taken() if self.taken else self.words in seen()


def record() -> Path:
    """The file of what was only looked at."""
    return Path(settings.CONFIG.var) / "seen"


def seen() -> list[str]:
    """What was looked at already."""
    return record().read_text().splitlines() if record().exists() else []


def walk(steps: Sequence[Step], say: Callable[[str], None], patience: float = PATIENCE) -> None:
    """Take the steps that were not taken yet; one line for each."""
    for step in steps:
        if take(step, patience):
            say(step.words)
            if step.taken is None:
                record().write_text("\n".join([*seen(), step.words]) + "\n")


def take(step: Step, patience: float) -> bool:
    """Take one step once it can be taken; whether it was still to be taken. Raises `Missing`."""
    end = time.monotonic() + patience
    while not step.over:
        if step.find() and acted(step):
            return True
        if time.monotonic() > end:
            raise Missing(f"{step.words}: after {patience:.0f} s {step.missing} has not come")
        time.sleep(LOOK)
    return False


def acted(step: Step) -> bool:
    """The step's acts in one transaction; whether they were still to be done."""
    at = timezone.now()
    with acting(actor=SYSTEM, at=at):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        found = step.find()
        if step.over or not found:
            return False
        step.act(found, at)
    return True
