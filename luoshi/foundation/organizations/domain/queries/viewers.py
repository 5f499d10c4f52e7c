"""Who sees a row as one array of numbers, so that sight is one condition with one index: the
database would else guess how two conditions joined by OR overlap, and read the whole table."""

from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func


class LowHalf(Func):
    """The lower 64 bits of a UUID column as a signed number; NULL of NULL."""

    template = "('x' || right(replace((%(expressions)s)::text, '-', ''), 16))::bit(64)::bigint"
    output_field = models.BigIntegerField()


class Viewers(Func):
    """An array of marks and single marks, without NULL."""

    template = "array_remove(%(expressions)s, NULL)"
    arg_joiner = " || "
    output_field = ArrayField(models.BigIntegerField())


def low_half(key: UUID) -> int:
    """The same of a UUID known here."""
    return int.from_bytes(key.bytes[8:], signed=True)


def viewers_column(marks: str, *keys: str) -> Any:
    """Kept by the database itself on every write: the marks of one column (`sight.viewers_of`) and
    those of the units and people that `keys` name."""
    return models.GeneratedField(
        expression=Viewers(marks, *(LowHalf(name) for name in keys)),
        output_field=ArrayField(models.BigIntegerField()),
        db_persist=True,
    )
