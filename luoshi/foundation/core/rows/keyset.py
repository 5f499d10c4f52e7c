"""Keyset paging: the same cost at any depth, stable while rows come and go (performance.md)."""

import base64
import binascii
import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DataError
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid


@dataclass(frozen=True)
class Page:
    """One page of rows and the cursors to its neighbours ("" = none)."""

    rows: list[Any]
    next_cursor: str
    prev_cursor: str


def encode(direction: str, values: Sequence[Any]) -> str:
    """Pack the sort values of an edge row into a URL-safe cursor."""
    raw = json.dumps([direction, *(None if v is None else str(v) for v in values)])
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def decode(cursor: str, width: int) -> tuple[str, list[str | None]]:
    """Unpack a cursor; a broken one is refused, never guessed."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        direction, *values = json.loads(raw)
        if direction not in {"n", "p"} or len(values) != width:
            raise ValueError(cursor)
        if not all(v is None or isinstance(v, str) for v in values):
            raise ValueError(cursor)
    except (ValueError, binascii.Error, UnicodeDecodeError, TypeError) as error:
        raise damaged() from error
    return direction, values


def damaged() -> Invalid:
    """A cursor that no page of ours made."""
    return Invalid(_("This page address is damaged."), {"cursor": [_("Go back to page 1.")]})


def beyond(order: Sequence[str], values: Sequence[str | None], *, forward: bool) -> Q:
    """The condition "after (or before) this row"; nulls sort last in both notations."""
    condition = Q()
    equal = Q()
    for name, value in zip(order, values, strict=True):
        field = name.lstrip("-")
        ascending = not name.startswith("-")
        up = ascending == forward
        if value is None:
            step = Q(pk__in=[]) if forward else Q(**{f"{field}__isnull": False})
            same = Q(**{f"{field}__isnull": True})
        else:
            step = Q(**{f"{field}__{'gt' if up else 'lt'}": value})
            if forward:
                step |= Q(**{f"{field}__isnull": True})
            same = Q(**{field: value})
        condition |= equal & step
        equal &= same
    return condition


def ordering(order: Sequence[str], *, forward: bool) -> list[Any]:
    """Order expressions with nulls last forward and first backward."""
    parts: list[Any] = []
    for name in order:
        field = F(name.lstrip("-"))
        ascending = not name.startswith("-")
        if ascending == forward:
            parts.append(field.asc(nulls_last=True) if forward else field.asc(nulls_first=True))
        else:
            parts.append(field.desc(nulls_last=True) if forward else field.desc(nulls_first=True))
    return parts


def value_of(row: Any, name: str) -> Any:
    """A row's sort value, across relations, for model instances and dicts."""
    for part in name.lstrip("-").split("__"):
        row = row[part] if isinstance(row, dict) else getattr(row, part)
    return row.isoformat() if hasattr(row, "isoformat") else row


def segments(
    rows: "QuerySet[Any]", order: Sequence[str], values: Sequence[str | None], *, forward: bool
) -> "Iterator[QuerySet[Any]]":
    """The rows beyond the cursor, in their order: those with a value in the first column, then
    those without. Together they would be one condition, and no index would begin at the cursor."""
    name, value = order[0].lstrip("-"), values[0]
    if value is not None and as_one(rows, order):
        yield rows.filter(after(order, values, forward=forward))
        if forward and nullable(rows, name):
            yield rows.filter(**{f"{name}__isnull": True})
        return
    rest = beyond(order, values, forward=forward)
    if value is None:
        yield rows.filter(rest, **{f"{name}__isnull": True})
        if not forward:
            yield rows.filter(**{f"{name}__isnull": False})
        return
    up = (not order[0].startswith("-")) == forward
    yield rows.filter(rest, **{f"{name}__{'gte' if up else 'lte'}": value})
    if forward and nullable(rows, name):
        yield rows.filter(**{f"{name}__isnull": True})


def as_one(rows: "QuerySet[Any]", order: Sequence[str]) -> bool:
    """Whether the columns may be compared as one: all of them in one direction, none but the first
    ever empty."""
    same = len({name.startswith("-") for name in order}) == 1
    return same and not any(nullable(rows, name.lstrip("-")) for name in order[1:])


def after(order: Sequence[str], values: Sequence[str | None], *, forward: bool) -> Any:
    """The condition "after (or before) this row" as one comparison of rows: an index begins at the
    cursor itself, not at the first of the many rows that share its date."""
    up = (not order[0].startswith("-")) == forward
    compared = TupleGreaterThan if up else TupleLessThan
    return compared(Tuple(*(F(name.lstrip("-")) for name in order)), tuple(values))


def nullable(rows: "QuerySet[Any]", name: str) -> bool:
    """Whether the column may be empty; what is no column of the model itself may."""
    if name == "pk":
        return False
    try:
        return bool(rows.model._meta.get_field(name).null)
    except FieldDoesNotExist:
        return True


def page(rows: "QuerySet[Any]", *, order: Sequence[str], cursor: str = "", size: int = 50) -> Page:
    """Cut one page; `order` must end in a unique column. One query, whatever the depth; two on the
    page where the rows without a value begin."""
    direction, values = decode(cursor, len(order)) if cursor else ("n", None)
    forward = direction == "n"
    cut = rows.order_by(*ordering(order, forward=forward))
    found: list[Any] = []
    try:
        parts = segments(cut, order, values, forward=forward) if values is not None else [cut]
        for part in parts:
            found += part[: size + 1 - len(found)]
            if len(found) > size:
                break
    except (ValidationError, ValueError, TypeError, DataError) as error:
        if values is None:
            raise
        raise damaged() from error
    more = len(found) > size
    found = found[:size]
    if not forward:
        found.reverse()
    first = [value_of(found[0], name) for name in order] if found else []
    last = [value_of(found[-1], name) for name in order] if found else []
    has_next = more if forward else bool(values)
    has_prev = bool(values) if forward else more
    return Page(
        rows=found,
        next_cursor=encode("n", last) if found and has_next else "",
        prev_cursor=encode("p", first) if found and has_prev else "",
    )


def cut(
    rows: Sequence[Any], *, key: Callable[[Any], str], cursor: str = "", size: int = 50
) -> Page:
    """One page of rows that are already in order of `key`, a unique text, in memory."""
    direction, values = decode(cursor, 1) if cursor else ("n", [""])
    keys = [key(row) for row in rows]
    edge = values[0] or ""
    if direction == "n":
        start = bisect_right(keys, edge) if cursor else 0
    else:
        start = max(0, bisect_left(keys, edge) - size)
    end = bisect_left(keys, edge) if direction == "p" else start + size
    found = list(rows[start:end])
    return Page(
        rows=found,
        next_cursor=encode("n", [key(found[-1])])
        if found and start + len(found) < len(rows)
        else "",
        prev_cursor=encode("p", [key(found[0])]) if found and start > 0 else "",
    )
