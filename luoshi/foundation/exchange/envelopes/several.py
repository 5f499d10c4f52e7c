"""Measure several files at the same time: what takes the time (digests, the disk) leaves the other
cores free otherwise. Nothing that is done so may touch the database."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
MOST = 8


def each(work: Callable[..., T], *lists: Iterable[Any]) -> list[T]:
    """What `work` returns for each, in order; raises the first of its errors. A single one is done
    by the caller itself."""
    rows = list(zip(*lists, strict=True))
    if len(rows) < 2:
        return [work(*row) for row in rows]
    with ThreadPoolExecutor(min(MOST, len(rows), os.cpu_count() or 1)) as pool:
        return list(pool.map(lambda row: work(*row), rows))
