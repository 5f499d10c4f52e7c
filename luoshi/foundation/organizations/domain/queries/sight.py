"""Sight (decision 8): which units an actor sees, as one queryset for every door.

A supervising post sees the units of its own territory and those of the next level down, within the
relations of its system (省委办公厅, 市委办公室). Never two levels down. A handling post sees its
own branch.
"""

from django.db.models import Q, QuerySet

from luoshi.foundation.core.actors import Actor
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
    unit = Unit.objects.get(pk=actor.unit_id)
    own = Q(seat_path=unit.seat_path)
    below = Q(seat_path__startswith=unit.seat_path, level=next_level(unit.level))
    return Unit.objects.filter(own | below, system__in=supervised_systems(unit.system))


def own_branch(actor: Actor) -> "QuerySet[Unit]":
    """The actor's own unit and what hangs under it."""
    unit = Unit.objects.filter(pk=actor.unit_id).first()
    if unit is None:
        return Unit.objects.none()
    return Unit.objects.filter(path__startswith=unit.path)
