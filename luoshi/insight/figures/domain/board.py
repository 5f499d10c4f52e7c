"""The board: lights per unit from one summary row each; a row that a clock has passed since is
counted afresh by the same query (never written by a reader)."""

from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.queries.sight import units_in_sight
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, Light
from luoshi.supervision.matters.models import Assignment, UnitSummary, showing

LIGHTS = [light.value for light in Light]


def rows(actor: Actor) -> "QuerySet[Any]":
    """Summary rows of the units in sight that hold anything."""
    return UnitSummary.objects.filter(unit__in=units_in_sight(actor)).select_related("unit")


def board(actor: Actor, at: datetime) -> list[UnitSummary]:
    """Units, worst first, exact at `at`; one query whatever the history."""
    lights = {f"now_{name}": light_now(name, at) for name in LIGHTS}
    found = list(rows(actor).annotate(**lights))
    for row in found:
        for name in LIGHTS:
            setattr(row, name, getattr(row, f"now_{name}"))
    return sorted(found, key=lambda r: (-r.red, -r.yellow, -r.green, r.unit.sort_key))


def light_now(name: str, at: datetime) -> Case:
    """The stored count while it is true; the shares counted again once a clock has passed."""
    shares = Assignment.objects.filter(unit_id=OuterRef("unit_id"), state__in=ASSIGNMENT_OPEN)
    grouped = shares.filter(showing(Light(name), at)).order_by().values("unit_id")
    counted = Subquery(grouped.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return Case(
        When(valid_until__lte=at, then=Coalesce(counted, 0)),
        default=F(name),
        output_field=IntegerField(),
    )
