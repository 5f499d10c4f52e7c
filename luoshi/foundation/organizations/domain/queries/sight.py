"""Sight (decision 8): which units an actor sees, as one queryset for every door.

A supervising post sees the units of its own territory and those of the next level down, within the
relations of its system (省委办公厅, 市委办公室). Never two levels down. A handling post sees its
own branch.
"""

import hashlib

from django.db.models import Q, QuerySet

from luoshi.foundation.core.actors import Actor, Place
from luoshi.foundation.organizations.enums import (
    HANDLING_ROLES,
    LEVEL_ORDER,
    SUPERVISING_ROLES,
    Level,
    System,
)
from luoshi.foundation.organizations.models import Unit


def next_level(level: str) -> str | None:
    """The level below, or None."""
    wanted = LEVEL_ORDER[Level(level)] + 1
    return next((name.value for name, rank in LEVEL_ORDER.items() if rank == wanted), None)


def supervised_systems(system: str) -> list[str]:
    """Systems whose units an office of `system` supervises: a Party-committee office all of its
    territory, others their own (CPPCC and associations have no command power, S2-90)."""
    if system == System.PARTY:
        return [value for value in System.values if value != System.ASSOCIATION]
    return [system]


def units_in_sight(actor: Actor) -> "QuerySet[Unit]":
    """Units whose shares a supervising post sees; a handling post: its own branch."""
    if actor.unit_id is None:
        return Unit.objects.none()
    if actor.role in HANDLING_ROLES:
        return own_branch(actor)
    if actor.role not in SUPERVISING_ROLES:
        return Unit.objects.none()
    unit = place_of(actor)
    if unit is None:
        return Unit.objects.none()
    own = Q(seat_path=unit.seat_path)
    below = Q(seat_path__startswith=unit.seat_path, level=next_level(unit.level))
    return Unit.objects.filter(own | below, system__in=supervised_systems(unit.system))


def viewers_of(place: Place) -> list[int]:
    """Marks of the supervising offices that see a unit at this place: the same rule as
    `units_in_sight`, read from the unit's side, so that a row can carry it."""
    systems = [s for s in System.values if place.system in supervised_systems(s)]
    above = [name for name in LEVEL_ORDER if next_level(name) == place.level]
    steps = place.seat_path.rstrip("/").split("/")
    prefixes = ["/".join(steps[: end + 1]) + "/" for end in range(len(steps))]
    own = [f"{system}|{place.seat_path}" for system in systems]
    pairs = [f"{level.value}>{prefix}" for level in above for prefix in prefixes]
    upper = [f"{system}|{pair}" for system in systems for pair in pairs]
    return sorted(mark(text) for text in own + upper)


def mark(text: str) -> int:
    """A mark as a 64-bit number, which the database compares fast."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], signed=True)


def marks_of(actor: Actor) -> list[int]:
    """The marks under which a supervising actor sees rows (see `viewers_of`)."""
    place = place_of(actor)
    if place is None or actor.role not in SUPERVISING_ROLES:
        return []
    own = f"{place.system}|{place.seat_path}"
    return [mark(own), mark(f"{place.system}|{place.level}>{place.seat_path}")]


def place_of(actor: Actor) -> Place | None:
    """Where the actor's unit stands; asked of the database when the actor does not say."""
    if actor.place is not None or actor.unit_id is None:
        return actor.place
    unit = Unit.objects.filter(pk=actor.unit_id).first()
    return None if unit is None else place(unit)


def place(unit: Unit) -> Place:
    """A unit's place for its actors."""
    return Place(unit.path, unit.seat_path, unit.level, unit.system)


def own_branch(actor: Actor) -> "QuerySet[Unit]":
    """The actor's own unit and what hangs under it."""
    unit = place_of(actor)
    if unit is None:
        return Unit.objects.none()
    return Unit.objects.filter(path__startswith=unit.path)
