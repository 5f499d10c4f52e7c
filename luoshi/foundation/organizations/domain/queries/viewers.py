"""Who sees a row as one array of numbers, so that sight is one condition with one index: the
database would else guess how two conditions joined by OR overlap, and read the whole table."""

from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func

HANDLES = 0x5DE2_7A1C_93B4_60F5  # turns the mark of a unit into that of what it handles


class LowHalf(Func):
    """The lower 64 bits of a UUID column as a signed number; NULL of NULL."""

    template = "('x' || right(replace((%(expressions)s)::text, '-', ''), 16))::bit(64)::bigint"
    output_field = models.BigIntegerField()


class HandledBy(Func):
    """The mark of a row that the unit of this key handles: apart from its mark as one that sees
    it."""

    template = f"(%(expressions)s # {HANDLES})"
    output_field = models.BigIntegerField()


class Marks(Func):
    """Single marks as an array."""

    template = "ARRAY[%(expressions)s]"
    output_field = ArrayField(models.BigIntegerField())


class Viewers(Func):
    """An array of marks and single marks, without NULL."""

    template = "array_remove(%(expressions)s, NULL)"
    arg_joiner = " || "
    output_field = ArrayField(models.BigIntegerField())


def low_half(key: UUID) -> int:
    """The same of a UUID known here."""
    return int.from_bytes(key.bytes[8:], signed=True)


def handled_by(key: UUID) -> int:
    """The mark of a row that the unit handles."""
    return low_half(key) ^ HANDLES


def viewers_column(marks: str, *keys: str) -> Any:
    """Kept by the database itself on every write: the marks of one column (`sight.viewers_of`) and
    those of the units and people that `keys` name."""
    return models.GeneratedField(
        expression=Viewers(marks, *(LowHalf(name) for name in keys)),
        output_field=ArrayField(models.BigIntegerField()),
        db_persist=True,
    )
