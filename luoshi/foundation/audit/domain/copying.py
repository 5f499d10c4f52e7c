"""Write many rows at once through PostgreSQL's COPY, inside the caller's transaction. It stands
beside the trail because the trail itself writes so when a verb leaves many entries."""

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import JSONField, Model

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
    database computes; returns how many. Constraints and triggers hold as ever; no signal is sent
    and no default of the database applies. Values are of their field's own type: dates are dates,
    keys are UUIDs."""
    if not rows:
        return 0
    meta: Any = type(rows[0])._meta
    written = [field for field in meta.concrete_fields if not field.generated]
    fields = [(field.attname, text_of(field)) for field in written]
    names = ", ".join(quoted(field) for field in written)
    table = connection.ops.quote_name(meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as out:
        for start in range(0, len(rows), AT_ONCE):
            lines = (
                "\t".join([text(row.__dict__[name]) for name, text in fields])
                for row in rows[start : start + AT_ONCE]
            )
            out.write("\n".join(lines) + "\n")
    return len(rows)


def next_keys(model: type[Model], number: int) -> list[int]:
    """As many keys of a counted model, in order, for rows that are about to be copied in."""
    meta: Any = model._meta
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [meta.db_table, meta.pk.column, number],
        )
        return [key for (key,) in cursor.fetchall()]


def set_key(model: type[Model], name: str, pairs: Iterable[tuple[Any, Any]]) -> None:
    """Point one foreign key of many rows, by their own key, in one statement."""
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
    return as_array if isinstance(field, ArrayField) else as_text


def as_text(value: Any) -> str:
    """A plain value; what stands in no line of its own is escaped."""
    if value is None:
        return r"\N"
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be copied in")


def escaped(text: str) -> str:
    """A text that stays on its line; most need nothing done."""
    if text.isprintable() and "\\" not in text:
        return text
    return text.translate(ESCAPED)


def as_json(value: Any) -> str:
    """A JSON value."""
    return r"\N" if value is None else escaped(json.dumps(value, ensure_ascii=False))


def as_array(value: Sequence[int] | None) -> str:
    """An array of numbers."""
    return r"\N" if value is None else "{" + ",".join(str(int(one)) for one in value) + "}"
