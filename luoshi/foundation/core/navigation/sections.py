"""Sections of an object's page: upper rooms add a tab to a page of a lower room, by data.

A tab is a link to the upper room's own page about the object; the lower room renders the row of
tabs without knowing who registered them and without a query (architecture.md, direction rule 4).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Section:
    """A tab of the page `place` ("matter"); `url_name` takes the object's key. `shown` decides
    from the actor and the object alone, without a query."""

    place: str
    label: str | Promise
    url_name: str
    order: int
    shown: Callable[[Any, Any], bool] = lambda actor, obj: True


SECTIONS: list[Section] = []


def register(section: Section) -> None:
    """Add a tab; called from an app's `entries.py`."""
    if section not in SECTIONS:
        SECTIONS.append(section)
        SECTIONS.sort(key=lambda one: one.order)


def sections_of(place: str, request: Any, obj: Any) -> list[dict[str, Any]]:
    """The tabs of an object for the request's actor, the current one marked."""
    found = []
    for section in SECTIONS:
        if section.place == place and section.shown(request.actor, obj):
            url = reverse(section.url_name, args=[obj.pk])
            found.append({"label": section.label, "url": url, "current": request.path == url})
    return found if len(found) > 1 else []
