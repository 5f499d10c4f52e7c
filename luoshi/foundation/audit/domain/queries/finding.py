"""Rows of the trail as the auditor looks for them: by person, object, verb, day."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db.models import QuerySet

from luoshi.foundation.audit.models import Entry, Verification
from luoshi.foundation.audit.registry import ACTIONS
from luoshi.foundation.core.time import at_clock


@dataclass(frozen=True)
class Sought:
    """What the filter says; empty = everything. `obj`: words of its label, or "kind:id"."""

    action: str = ""
    person: str = ""
    obj: str = ""
    first: date | None = None
    last: date | None = None


def sought_rows(sought: Sought) -> "QuerySet[Entry]":
    """The entries that fit, with their details. Names stand in the erasable detail, so an erased
    name is not found any more."""
    rows = Entry.objects.select_related("detail")
    if sought.action in ACTIONS:
        rows = rows.filter(action=sought.action)
    if sought.person:
        rows = rows.filter(detail__text__contains=f'"actor":"{escaped(sought.person)}')
    kind, _colon, key = sought.obj.partition(":")
    if key:
        rows = rows.filter(object_kind=kind, object_id=key)
    elif sought.obj:
        rows = rows.filter(detail__text__contains=escaped(sought.obj))
    if sought.first:
        rows = rows.filter(at__gte=at_clock(sought.first, time(0)))
    if sought.last:
        rows = rows.filter(at__lt=at_clock(sought.last + timedelta(days=1), time(0)))
    return rows


def escaped(words: str) -> str:
    """As the words stand inside the stored JSON text."""
    return words.strip().replace("\\", "\\\\").replace('"', '\\"')


def shown(row: Entry) -> dict[str, Any]:
    """One entry as the page shows it: words, label, what changed."""
    words = row.detail_of()
    before, after = words.get("before") or {}, words.get("after") or {}
    known = ACTIONS.get(row.action)
    return {
        "row": row,
        "words": words,
        "label": known.label if known else row.action,
        "link": known.link if known else "",
        "changes": [(key, before.get(key, ""), after.get(key, "")) for key in {**before, **after}],
    }


def neighbours(run: Verification) -> "QuerySet[Entry]":
    """The entries around the place where the trail is not whole."""
    span = (max(1, run.seq - 1), run.seq + 1)
    rows = Entry.objects.select_related("detail").filter(chain_id=run.chain, seq__range=span)
    return rows.order_by("seq")
