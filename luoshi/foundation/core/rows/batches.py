"""Work cut into batches, so that each is one short transaction."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """The rows in order, `size` at a time; the last batch may be shorter, none is empty."""
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch
