"""Counts that stay cheap at any size: all of a page in one query, each stopped at a ceiling."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, Q, QuerySet

MOST = 1000


@dataclass(frozen=True)
class Counting:
    """One SELECT made ready: what it counts, its text, its values."""

    names: tuple[str, ...]
    sql: str
    values: tuple[Any, ...]


def counting(asked: "Mapping[str, QuerySet[Any]]", *, most: int = MOST) -> Counting:
    """Make the query of `bounded_counts` ready; rows that cannot exist are left out."""
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
    return Counting(tuple(names), "SELECT " + ", ".join(parts), tuple(values))


def counted(ready: Counting, given: Mapping[Any, Any] | None = None) -> dict[str, int]:
    """Ask the database; `given` says what stands for the stand-ins among the values."""
    if not ready.names:
        return {}
    values = [given.get(value, value) for value in ready.values] if given else ready.values
    with connection.cursor() as cursor:
        cursor.execute(ready.sql, values)
        return dict(zip(ready.names, cursor.fetchone(), strict=True))


def bounded_counts(asked: "Mapping[str, QuerySet[Any]]", *, most: int = MOST) -> dict[str, int]:
    """How many rows each queryset has, at most `most` (which then means "that many or more")."""
    return dict.fromkeys(asked, 0) | counted(counting(asked, most=most))


def sharing(model: type[Model], asked: Mapping[str, Q]) -> Counting:
    """Make the counts of `shared` ready: how many of some rows of the model meet each condition,
    which reads columns of its own table alone. Worded once; an aggregate of Django's words it, and
    every column it reads, anew."""
    parts: list[str] = []
    values: list[Any] = []
    for condition in asked.values():
        query = model._default_manager.filter(condition).query
        sql, params = query.where.as_sql(query.get_compiler(connection=connection), connection)
        parts.append(f"COUNT(*) FILTER (WHERE {sql})")
        values.extend(params)
    return Counting(tuple(asked), ", ".join(parts), tuple(values))


def shared(
    rows: "QuerySet[Any]", ready: Counting, given: Mapping[Any, Any], *, columns: tuple[str, ...]
) -> dict[str, int]:
    """How many rows there are ("total") and how many meet each condition; one pass, one query.
    `rows` have no order, `columns` are those the conditions read."""
    values = [given.get(value, value) for value in ready.values]
    table = rows.model._meta.db_table
    try:
        sql, params = rows.values(*columns).query.sql_with_params()
    except EmptyResultSet:
        return dict.fromkeys(("total", *ready.names), 0)
    asked = f'SELECT COUNT(*), {ready.sql} FROM ({sql}) AS "{table}"'  # noqa: S608 - compiled by Django
    with connection.cursor() as cursor:
        cursor.execute(asked, [*values, *params])
        return dict(zip(("total", *ready.names), cursor.fetchone(), strict=True))


def worded(count: int, *, most: int = MOST) -> str:
    """The count as shown: exact below the ceiling, else "999+"."""
    return str(count) if count < most else f"{most - 1}+"
