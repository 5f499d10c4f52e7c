"""The board: lights per unit from one summary row each; a row that a clock has passed since is
counted afresh by the same query (never written by a reader)."""

from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.queries.sight import units_in_sight
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, Light
from luoshi.supervision.matters.models import Assignment, UnitSummary, behind_plan, showing

LIGHTS = [light.value for light in Light]


def rows(actor: Actor) -> "QuerySet[Any]":
    """Summary rows of the units in sight that hold anything."""
    return UnitSummary.objects.filter(unit__in=units_in_sight(actor)).select_related("unit")


def board(actor: Actor, at: datetime) -> list[UnitSummary]:
    """Units, worst first, exact at `at`; one query whatever the history."""
    counted = {f"now_{name}": counted_now(name, showing(Light(name), at), at) for name in LIGHTS}
    counted["now_behind"] = counted_now("behind", behind_plan(at), at)
    found = list(rows(actor).annotate(**counted))
    for row in found:
        for name in (*LIGHTS, "behind"):
            setattr(row, name, getattr(row, f"now_{name}"))
    return sorted(found, key=lambda r: (-r.red, -r.yellow, -r.green, r.unit.sort_key))


def counted_now(name: str, condition: Q, at: datetime) -> Case:
    """The stored count while it is true; the shares counted again once a clock has passed."""
    shares = Assignment.objects.filter(unit_id=OuterRef("unit_id"), state__in=ASSIGNMENT_OPEN)
    grouped = shares.filter(condition).order_by().values("unit_id")
    counted = Subquery(grouped.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return Case(
        When(valid_until__lte=at, then=Coalesce(counted, 0)),
        default=F(name),
        output_field=IntegerField(),
    )
