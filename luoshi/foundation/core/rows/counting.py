"""Counts that stay cheap at any size: all of a page in one query, each stopped at a ceiling."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

MOST = 1000


def bounded_counts(asked: "Mapping[str, QuerySet[Any]]", *, most: int = MOST) -> dict[str, int]:
    """How many rows each queryset has, at most `most` (which then means "that many or more")."""
    found = dict.fromkeys(asked, 0)
    names, parts, values = [], [], []
    for name, rows in asked.items():
        cut = rows.order_by().values("pk")[:most]
        try:
            sql, params = cut.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            continue
        names.append(name)
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS rows)")  # noqa: S608 - compiled by Django
        values.extend(params)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(parts), values)
            found.update(zip(names, cursor.fetchone(), strict=True))
    return found


def worded(count: int, *, most: int = MOST) -> str:
    """The count as shown: exact below the ceiling, else "999+"."""
    return str(count) if count < most else f"{most - 1}+"
