"""The left bar: upper rooms register entries with their first working page; roles see their own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

Count = Callable[[Any], int]


@dataclass(frozen=True)
class Entry:
    """One entry; `roles` empty = every business role. `count` says what waits for the reader."""

    label: str | Promise
    url_name: str
    icon: str
    order: int
    roles: tuple[str, ...]
    group: str | Promise = ""
    count: Count | None = None


ENTRIES: list[Entry] = []


def register(entry: Entry) -> None:
    """Add an entry; called from an app's `ready`."""
    if all((known.url_name, known.roles) != (entry.url_name, entry.roles) for known in ENTRIES):
        ENTRIES.append(entry)
        ENTRIES.sort(key=lambda one: one.order)


def entries_for(request: HttpRequest) -> list[dict[str, Any]]:
    """The entries the actor may open, with counts and the current one marked."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    found, group = [], ""
    for entry in ENTRIES:
        if actor.role not in entry.roles:
            continue
        url = reverse(entry.url_name)
        found.append(
            {
                "label": entry.label,
                "url": url,
                "icon": entry.icon,
                "group": entry.group if str(entry.group) != group else "",
                "count": entry.count(request) if entry.count else None,
                "current": request.path == url,
            }
        )
        group = str(entry.group)
    return found
