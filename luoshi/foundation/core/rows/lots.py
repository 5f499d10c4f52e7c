"""Long work shared out among several connections, so that it no longer waits for the database and
for itself in turn. What belongs together stays in one lot, where it is done in its order."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar
from uuid import UUID

from django.db import connection

from luoshi.foundation.core.rows.batches import batches

LONG = 2000  # keys; below, one connection is as fast
MOST = min(4, os.cpu_count() or 1)
AT_ONCE = 1000
Keys = Sequence[UUID]
Part = TypeVar("Part")
Found = TypeVar("Found")


def shared_out(
    keys: Keys, work: Callable[[Keys], int], owners: Callable[[Keys], Iterable[tuple[UUID, UUID]]]
) -> int:
    """Do `work` with all keys, in their order, and add up what it returns. Many keys are done in
    lots, each in a thread and on a connection of its own, outside the caller's transaction; all
    keys of one owner (`owners`: key, owner) are in one lot. What fails in one lot is raised once
    all have ended."""
    if len(keys) < LONG or MOST < 2:
        return work(keys)
    with ThreadPoolExecutor(MOST) as pool:
        found = side_by_side(pool, lambda some: list(owners(some)), batches(keys, AT_ONCE))
        owner = {key: whose for some in found for key, whose in some}
        lots: list[list[UUID]] = [[] for _lot in range(MOST)]
        for key in keys:
            lots[owner[key].int % MOST if key in owner else 0].append(key)
        return sum(side_by_side(pool, work, lots))


def side_by_side(
    pool: ThreadPoolExecutor, work: Callable[[Part], Found], parts: Iterable[Part]
) -> list[Found]:
    """The work on each part, each in the caller's context and with its connection given back."""

    def done(part: Part) -> Found:
        try:
            return work(part)
        finally:
            connection.close()

    asked = [pool.submit(copy_context().run, done, part) for part in parts]
    return [one.result() for one in asked]
