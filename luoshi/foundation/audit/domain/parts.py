"""A long trail is verified in parts, one process each: all a part needs of the one before it is
that one's last hash, which is compared when the parts are laid together again."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from multiprocessing import get_context

from luoshi.foundation.audit.domain.verifying import (
    ALTERED,
    Finding,
    Heads,
    Progress,
    Row,
    Walk,
)

PART = 50_000
LONG = 200_000
PROCESSES = min(4, os.cpu_count() or 1)
Kept = dict[tuple[int, int], str]


@dataclass(frozen=True)
class Part:
    """Entries `first` to `last` of a chain; `last` None = to its end."""

    chain: int
    first: int
    last: int | None

    def holds(self, place: tuple[int, int]) -> bool:
        """Is the place one of the part's?"""
        return place[0] == self.chain and self.first <= place[1] <= (self.last or place[1])


@dataclass(frozen=True)
class Walked:
    """How a part ended: the hash its first entry says went before it, the walk, the fault."""

    begins: str
    walk: Walk
    found: Finding | None


def cut(heads: Heads, size: int = PART) -> list[Part]:
    """The parts of every chain, in order."""
    made = []
    for number, (last, _hash) in sorted(heads.items()):
        firsts = range(1, max(last, 1) + 1, size)
        made += [
            Part(number, first, first + size - 1 if first != firsts[-1] else None)
            for first in firsts
        ]
    return made


def connect(name: str) -> None:
    """A child's first act: the application, and the database its parent looks at."""
    import django  # noqa: PLC0415 - in the child, before anything of Django is imported

    django.setup()
    from django.db import connections  # noqa: PLC0415 - as above

    connections["default"].settings_dict["NAME"] = name


def walk_part(part: Part, algorithms: dict[int, str], kept: Kept) -> Walked:
    """In a child: read the part and walk along it."""
    from luoshi.foundation.audit.domain.stored import part_rows  # noqa: PLC0415 - needs Django

    return walked(part, part_rows(part.chain, part.first, part.last), algorithms, kept)


def walked(part: Part, rows: Iterator[Row], algorithms: dict[int, str], kept: Kept) -> Walked:
    """Walk along a part's rows; what goes before the first is taken at its word."""
    walk = Walk(algorithms, chain=part.chain, seq=part.first - 1)
    first = next(rows, None)
    if first is None:
        return Walked("", walk, None)
    walk.prev = first.prev
    mine = {place: head for place, head in kept.items() if part.holds(place)}
    found = walk.along(chain((first,), rows), mine, None, lambda _done: None)
    return Walked(first.prev, walk, found)


def walk_parts(
    parts: list[Part], database: str, walk: Walk, kept: Kept, progress: Progress
) -> Finding | None:
    """Walk the parts in other processes and lay them together on `walk`, crossing off the heads in
    `kept`; the first fault in the order of the trail, or None."""
    work = partial(walk_part, algorithms=walk.algorithms, kept=dict(kept))
    with ProcessPoolExecutor(
        PROCESSES, get_context("spawn"), initializer=connect, initargs=(database,)
    ) as pool:
        for part, done in zip(parts, pool.map(work, parts), strict=True):
            found = lay(walk, kept, part, done)
            if found is not None:
                pool.shutdown(cancel_futures=True)
                return found
            progress(walk.count)
    return None


def lay(walk: Walk, kept: Kept, part: Part, done: Walked) -> Finding | None:
    """Lay the part behind what was walked before it and cross off its heads in `kept`; or the
    fault between the two or within."""
    if part.chain != walk.chain:
        walk.chain, walk.seq, walk.prev = part.chain, 0, ""
    if done.found is None and not done.walk.count:
        return None  # a tail that is gone: what comes after it, or the head, will tell
    if part.first != walk.seq + 1:
        return walk.fault(ALTERED, "missing or reordered", seq=walk.seq + 1)
    if done.begins != walk.prev and (done.found is None or done.found.seq != part.first):
        return walk.fault(ALTERED, "hash", seq=part.first)
    if done.found is not None:
        return replace(done.found, count=walk.count + done.found.count)
    walk.count += done.walk.count
    walk.seq, walk.prev = done.walk.seq, done.walk.prev
    walk.ends[walk.chain] = (walk.seq, walk.prev)
    walk.bare |= done.walk.bare
    walk.erased |= done.walk.erased
    for place in [place for place in kept if part.holds(place) and place[1] <= walk.seq]:
        del kept[place]
    return None
