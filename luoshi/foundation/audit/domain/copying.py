"""Write many rows at once through PostgreSQL's COPY, inside the caller's transaction. It stands
beside the trail because the trail itself writes so when a verb leaves many entries."""

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import JSONField, Model
from psycopg.types.json import Jsonb

ESCAPED = str.maketrans(
    {
        "\\": r"\\",
        "\b": r"\b",
        "\t": r"\t",
        "\n": r"\n",
        "\v": r"\v",
        "\f": r"\f",
        "\r": r"\r",
    }
)
AT_ONCE = 500
Text = Callable[[Any], str]


@contextmanager
def many_rows() -> Iterator[None]:
    """Let the collector of cycles rest while tens of thousands of rows are built: none of them is
    garbage, and looking through them again and again takes a third of the time."""
    ran = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if ran:
            gc.enable()


def copy_in(rows: Sequence[Model]) -> int:
    """Insert new rows of one model with every column as it stands on them, but for those that the
    database computes; returns how many. Values are of their field's own type."""
    if not rows:
        return 0
    meta: Any = type(rows[0])._meta
    names = [field.attname for field in meta.concrete_fields if not field.generated]
    return copy_values(type(rows[0]), names, ([row.__dict__[n] for n in names] for row in rows))


def copy_values(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert new rows given as the values of these columns; returns how many. Constraints and
    triggers hold as ever; no signal is sent and no default of the database applies. Dates are
    dates, keys are UUIDs."""
    meta: Any = model._meta
    by_name = {field.attname: field for field in meta.concrete_fields}
    fields = [by_name[name] for name in names]
    writers = [text_of(field) for field in fields]
    columns = ", ".join(quoted(field) for field in fields)
    lines = (
        "\t".join([write(value) for write, value in zip(writers, row, strict=True)]) for row in rows
    )
    copied, some = 0, list(islice(lines, AT_ONCE))
    if not some:
        return 0
    table = connection.ops.quote_name(meta.db_table)
    statement = f"COPY {table} ({columns}) FROM STDIN"
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as out,
    ):
        while some:
            out.write("\n".join(some) + "\n")
            copied += len(some)
            some = list(islice(lines, AT_ONCE))
    return copied


def copy_packed(rows: Sequence[Model]) -> None:
    """Like `copy_in`, in PostgreSQL's binary form: for rows that carry many bytes, which the text
    form doubles and both sides would rewrite."""
    meta: Any = type(rows[0])._meta
    fields = [field for field in meta.concrete_fields if not field.generated]
    types = [str(field.db_type(connection)).partition("(")[0] for field in fields]
    columns = ", ".join(quoted(field) for field in fields)
    table = connection.ops.quote_name(meta.db_table)
    statement = f"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)"
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as out,
    ):
        out.set_types(types)
        for row in rows:
            out.write_row([packed(row.__dict__[field.attname]) for field in fields])


def packed(value: Any) -> Any:
    """A value as the binary form takes it."""
    if isinstance(value, str):  # a choice is one of its own kind
        return str(value)
    return Jsonb(value) if isinstance(value, list | dict) else value


def next_keys(model: type[Model], number: int) -> list[int]:
    """As many keys of a counted model, in order, for rows that are about to be copied in."""
    meta: Any = model._meta
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [meta.db_table, meta.pk.column, number],
        )
        return [key for (key,) in cursor.fetchall()]


def set_values(model: type[Model], name: str, pairs: Iterable[tuple[Any, Any]]) -> None:
    """Set one column of many rows, by their key, in one statement."""
    keys, values = zip(*pairs, strict=True)
    meta: Any = model._meta
    field, key = meta.get_field(name), meta.pk
    table = connection.ops.quote_name(meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS t SET {quoted(field)} = v.value "  # noqa: S608 - the model's names
            f"FROM unnest(%s::{key.db_type(connection)}[], %s::{field.db_type(connection)}[]) "
            f"AS v(key, value) WHERE t.{quoted(key)} = v.key",
            [list(keys), list(values)],
        )


def quoted(field: Any) -> str:
    """A column's name as SQL."""
    return str(connection.ops.quote_name(field.column))


def text_of(field: Any) -> Text:
    """How COPY wants a column's values."""
    if isinstance(field, JSONField):
        return as_json
    return as_numbers if isinstance(field, ArrayField) else as_text


def as_text(value: Any) -> str:
    """A plain value; what stands in no line of its own is escaped."""
    write = PLAIN.get(type(value))
    if write is not None:
        return write(value)
    if isinstance(value, str):  # a choice
        return escaped(value)
    raise TypeError(f"{type(value).__name__} cannot be copied in")


def escaped(text: str) -> str:
    """A text that stays on its line; most need nothing done."""
    if text.isprintable() and "\\" not in text:
        return text
    return text.translate(ESCAPED)


PLAIN: dict[type, Text] = {
    type(None): lambda _value: r"\N",
    str: escaped,
    bool: lambda value: "t" if value else "f",
    UUID: lambda value: str(value.hex),
    datetime: datetime.isoformat,
    date: date.isoformat,
    int: str,
}


def as_json(value: Any) -> str:
    """A JSON value."""
    return r"\N" if value is None else escaped(json.dumps(value, ensure_ascii=False))


def as_numbers(value: Sequence[int] | None) -> str:
    """An array of numbers."""
    return r"\N" if value is None else "{" + ",".join(str(int(one)) for one in value) + "}"


def as_array(values: Iterable[UUID | datetime | bool | None]) -> str:
    """Keys, instants or yes and no as the database reads an array of them: as one value of a
    statement, where the driver would look for the place and the kind of each."""
    return "{" + ",".join(["NULL" if v is None else PLAIN[type(v)](v) for v in values]) + "}"
