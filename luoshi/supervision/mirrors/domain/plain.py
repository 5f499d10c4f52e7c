"""Columns of rows as plain values of an envelope, and back with every check of the column."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model

from luoshi.foundation.exchange.kinds import Declined


def plain(value: Any) -> Any:
    """A value as canonical JSON takes it."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, (UUID, Decimal)) else value


def said(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """These columns of a row."""
    return {name: plain(getattr(row, name)) for name in names}


def put(row: Model, values: Mapping[str, Any], names: Iterable[str]) -> None:
    """Write these columns from what the other node said; a value its column would not take is
    declined, one that is not said leaves the column."""
    for name in names:
        if name in values:
            setattr(row, name, checked(row, name, values[name]))


def checked(row: Model, name: str, value: Any) -> Any:
    """The value as the column holds it."""
    field: Any = row._meta.get_field(name)
    if value is None:
        if not field.null:
            raise Declined(name)
        return None
    try:
        return field.to_python(value) if value in ("", [], {}) else field.clean(value, row)
    except (ValidationError, TypeError, ValueError) as error:
        raise Declined(name) from error


def instant(value: Any) -> datetime:
    """An instant the other node said."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise Declined("instant") from error
    if found.tzinfo is None:
        raise Declined("instant")
    return found


def key(value: Any) -> UUID:
    """A row's number the other node said."""
    try:
        return UUID(str(value))
    except ValueError as error:
        raise Declined("key") from error


def rows(values: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """A list of objects; a missing one is empty."""
    found = values.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Declined(name)
    return found


def texts(values: Mapping[str, Any], name: str) -> list[str]:
    """A list of texts; a missing one is empty."""
    found = values.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise Declined(name)
    return found
