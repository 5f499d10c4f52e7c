"""The left bar: upper rooms register entries with their first working page; roles see their own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from luoshi.foundation.core.rows.counting import bounded_counts

Waiting = Callable[[Any], "QuerySet[Any]"]


@dataclass(frozen=True)
class Entry:
    """One entry; `roles` empty = every business role. `waiting` gives the rows that
    wait for the reader."""

    label: str | Promise
    url_name: str
    icon: str
    order: int
    roles: tuple[str, ...]
    group: str | Promise = ""
    waiting: Waiting | None = None


ENTRIES: list[Entry] = []
BELL: list[Waiting] = []


def register(entry: Entry) -> None:
    """Add an entry; called from an app's `ready`."""
    if all((known.url_name, known.roles) != (entry.url_name, entry.roles) for known in ENTRIES):
        ENTRIES.append(entry)
        ENTRIES.sort(key=lambda one: one.order)


def register_bell(rows: Waiting) -> None:
    """Say what stands behind the bell; called once, from the app that sends notices."""
    BELL[:] = [rows]


def waiting(request: Any) -> dict[str, int]:
    """How many rows wait behind the bell and each entry of the actor; one query per request."""
    known: dict[str, int] | None = getattr(request, "waiting_rows", None)
    if known is not None:
        return known
    role = request.actor.role
    asked = {
        entry.url_name: entry.waiting(request)
        for entry in ENTRIES
        if entry.waiting is not None and role in entry.roles
    }
    for rows in BELL:
        asked["bell"] = rows(request)
    request.waiting_rows = bounded_counts(asked)
    return dict(request.waiting_rows)


@cache
def address(url_name: str) -> str:
    """Where an entry leads; it never changes while the site runs."""
    return reverse(url_name)


def entries_for(request: HttpRequest) -> list[dict[str, Any]]:
    """The entries the actor may open, with counts and the current one marked."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    found, group = [], ""
    counted = waiting(request)
    for entry in ENTRIES:
        if actor.role not in entry.roles:
            continue
        url = address(entry.url_name)
        found.append(
            {
                "label": entry.label,
                "url": url,
                "icon": entry.icon,
                "group": entry.group if str(entry.group) != group else "",
                "count": counted.get(entry.url_name, ""),
                "current": request.path == url,
            }
        )
        group = str(entry.group)
    return found
