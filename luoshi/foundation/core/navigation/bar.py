"""The left bar: upper rooms register entries with their first working page; roles see their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from luoshi.foundation.core.rows.counting import Counting, counted, counting


@dataclass(frozen=True)
class Reader:
    """Who reads the bar, and when."""

    unit_id: UUID
    person_id: UUID
    now: datetime


Waiting = Callable[[Reader], "QuerySet[Any]"]
STAND_IN = Reader(UUID(int=1), UUID(int=2), datetime(1900, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Entry:
    """One entry; `roles` empty = every business role. `waiting` gives the rows that
    wait for the reader; `given` the rows that give a reader without a post the right to it: without
    any, the entry is not shown."""

    label: str | Promise
    url_name: str
    icon: str
    order: int
    roles: tuple[str, ...]
    group: str | Promise = ""
    waiting: Waiting | None = None
    given: Waiting | None = None


ENTRIES: list[Entry] = []
FIRST: dict[str, tuple[str, ...]] = {}
BELL: list[Waiting] = []
AT_MOST = 14


def register(entry: Entry) -> None:
    """Add an entry; called from an app's `ready`."""
    if all((known.url_name, known.roles) != (entry.url_name, entry.roles) for known in ENTRIES):
        ENTRIES.append(entry)
        ENTRIES.sort(key=lambda one: one.order)


def put_first(role: str, *url_names: str) -> None:
    """Say which entries stand in a role's bar, in this order; its other ones stand under "More".
    At most `AT_MOST`: a bar that is longer is searched, not read (ui.md 2)."""
    if len(url_names) > AT_MOST:
        raise ValueError(f"{role}: {len(url_names)} entries in the bar, at most {AT_MOST}")
    FIRST[role] = url_names


def register_bell(rows: Waiting) -> None:
    """Say what stands behind the bell; called once, from the app that sends notices."""
    BELL[:] = [rows]


@cache
def entries_of(role: str) -> tuple[Entry, ...]:
    """The entries a role may open, in their order."""
    return tuple(entry for entry in ENTRIES if role in entry.roles)


@cache
def parted(role: str) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The entries of a role's bar, and those under "More"."""
    entries = entries_of(role)
    if role not in FIRST:
        return entries, ()
    places = {name: place for place, name in enumerate(FIRST[role])}
    first = sorted((e for e in entries if e.url_name in places), key=lambda e: places[e.url_name])
    return tuple(first), tuple(e for e in entries if e.url_name not in places)


@cache
def made_ready(role: str) -> Counting:
    """The counts of a role in one query, worded once with stand-ins for the reader: wording it
    anew cost every page as much as asking it."""
    entries = entries_of(role)
    asked = {e.url_name: e.waiting(STAND_IN) for e in entries if e.waiting is not None}
    asked |= {f"{e.url_name}?": e.given(STAND_IN) for e in entries if e.given is not None}
    for rows in BELL:
        asked["bell"] = rows(STAND_IN)
    return counting(asked)


def waiting(request: Any) -> dict[str, int]:
    """How many rows wait behind the bell and each entry of the actor; one query per request."""
    known: dict[str, int] | None = getattr(request, "waiting_rows", None)
    if known is None:
        given = {
            STAND_IN.unit_id: request.actor.unit_id,
            STAND_IN.person_id: request.user.pk,
            STAND_IN.now: request.now,
        }
        known = request.waiting_rows = counted(made_ready(request.actor.role), given)
    return known


@cache
def address(url_name: str) -> str:
    """Where an entry leads; it never changes while the site runs."""
    return reverse(url_name)
