"""Rows whose column is one of many keys, asked for as one value: Django makes a thousand values of
a thousand keys, and the database driver looks for the place of each."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Lookup


class Among(Lookup):  # type: ignore[type-arg]
    """`<column>__among=keys`, the same rows as `__in`; a key column or one that refers to a key."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::uuid[])", (*values, array_of(self.rhs))


def array_of(keys: Iterable[UUID]) -> str:
    """Keys as the database reads an array of them."""
    return "{" + ",".join([key.hex for key in keys]) + "}"
