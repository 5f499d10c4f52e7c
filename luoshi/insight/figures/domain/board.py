"""The board: lights per unit from one summary row each; rows that a clock has passed since are
recounted for the answer (never written by a reader)."""

from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.queries.sight import units_in_sight
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, Light
from luoshi.supervision.matters.models import Assignment, UnitSummary, showing

LIGHTS = [light.value for light in Light]


def rows(actor: Actor) -> "QuerySet[Any]":
    """Summary rows of the units in sight that hold anything."""
    return UnitSummary.objects.filter(unit__in=units_in_sight(actor)).select_related("unit")


def board(actor: Actor, at: datetime) -> list[UnitSummary]:
    """Units, worst first, exact at `at`; two queries whatever the history."""
    found = list(rows(actor))
    stale = [row for row in found if row.valid_until is not None and row.valid_until <= at]
    if stale:
        recount(stale, at)
    return sorted(found, key=lambda r: (-r.red, -r.yellow, -r.green, r.unit.sort_key))


def recount(stale: list[UnitSummary], at: datetime) -> None:
    """Count the lights of these units again, in one query."""
    fresh = (
        Assignment.objects.filter(
            unit__in=[row.unit_id for row in stale], state__in=ASSIGNMENT_OPEN
        )
        .values("unit_id")
        .annotate(**{name: Count("pk", filter=showing(Light(name), at)) for name in LIGHTS})
    )
    by_unit: dict[Any, dict[str, Any]] = {row["unit_id"]: row for row in fresh}
    for row in stale:
        counted = by_unit.get(row.unit_id, {})
        for name in LIGHTS:
            setattr(row, name, counted.get(name, 0))
