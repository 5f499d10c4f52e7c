"""What is open when duty is handed over: rooms say which of their rows whoever comes must know."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from luoshi.foundation.core.navigation.bar import Reader


@dataclass(frozen=True)
class Open:
    """Rows of a room that are open for an office. `url_name`: the page that lists them; each row
    reads as `str`."""

    label: str | Promise
    url_name: str
    rows: Callable[[Reader], "QuerySet[Any]"]


OPEN: list[Open] = []


def register_open(one: Open) -> None:
    """Called from a room's `entries.py`."""
    if all(known.url_name != one.url_name for known in OPEN):
        OPEN.append(one)
