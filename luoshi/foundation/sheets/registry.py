"""The lists that can be written out: the room that owns a list registers it with its columns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from luoshi.foundation.core.web.requests import OfficeRequest

Value = Callable[[Any, datetime], object]


@dataclass(frozen=True)
class Column:
    """One column: its key, its usual name, its cell of a row at an instant; `usual` columns stand
    where an office has set none of its own."""

    key: str
    label: str | Promise
    value: Value
    usual: bool = True


@dataclass(frozen=True)
class Lines:
    """Rows that are computed and stand in no table: figures, sums, a ranking. They are written out
    as a query's rows are, in the order they have."""

    rows: Sequence[Any]

    def __getitem__(self, part: slice) -> "Lines":
        return Lines(self.rows[part])

    def order_by(self) -> "Lines":
        """As they are: the order is theirs."""
        return self

    def count(self) -> int:
        """How many."""
        return len(self.rows)

    def iterator(self, chunk_size: int = 0) -> Iterator[Any]:
        """One after another; they are in memory already."""
        return iter(self.rows)


@dataclass(frozen=True)
class Listing:
    """A list as its page shows it: `rows` checks the reader's right and narrows by the address;
    `about` says the filter in words; `page` is the page it belongs to."""

    key: str
    label: str | Promise
    page: str
    columns: tuple[Column, ...]
    rows: Callable[[OfficeRequest], "QuerySet[Any] | Lines"]
    about: Callable[[OfficeRequest], str] = lambda request: ""

    def column(self, key: str) -> Column | None:
        """The column with this key."""
        return next((one for one in self.columns if one.key == key), None)


LISTINGS: dict[str, Listing] = {}


def register(listing: Listing) -> None:
    """Add a list; called from an app's `entries.py`. Two rooms with one key are a programmer's
    error: one list would be written out for the other."""
    known = LISTINGS.setdefault(listing.key, listing)
    if known.page != listing.page:
        raise ValueError(f"{listing.key!r} is the list of {known.page} already")
