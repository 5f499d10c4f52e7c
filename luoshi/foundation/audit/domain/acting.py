"""`acting`: one transaction of one verb, whose entries are its last statement.

Entries are buffered and written under the chain head's row lock, so that writers wait for each
other only at the very end. If the entry cannot be written, the act does not happen.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from luoshi.foundation.audit.domain.appending import Pending, append
from luoshi.foundation.audit.following import FOLLOWERS
from luoshi.foundation.core.actors import Actor


@dataclass
class Trail:
    """What the running verb will leave behind."""

    pending: list[Pending] = field(default_factory=list)


CURRENT: ContextVar[Trail | None] = ContextVar("luoshi_trail", default=None)


@contextmanager
def acting(*, actor: Actor, at: datetime) -> Iterator[Trail]:
    """Run a verb's writes in one transaction; an inner `acting` joins the outer one."""
    if at.tzinfo is None:
        raise ValueError("at must be aware")
    outer = CURRENT.get()
    if outer is not None:
        yield outer
        return
    trail = Trail()
    token = CURRENT.set(trail)
    try:
        with transaction.atomic():
            tell_database(at)
            yield trail
            follow(trail.pending, at)
            append(trail.pending)
    finally:
        CURRENT.reset(token)


def follow(pending: list[Pending], at: datetime) -> None:
    """Let rooms that follow the trail act in the same transaction; what they record joins it."""
    if pending:
        for follower in FOLLOWERS:
            follower(tuple(pending), at)


def tell_database(at: datetime) -> None:
    """Let the triggers that keep the past know the instant the verb acts at, until it commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('luoshi.at', %s, true)", [at.isoformat()])
