"""Progress by point: each count is a set of points, so that every number opens its rows."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.queries.sight import own_branch
from luoshi.supervision.lists import rules
from luoshi.supervision.lists.models import ListPoint, SupervisionPointsList
from luoshi.supervision.matters.enums import MatterState, Turn
from luoshi.supervision.matters.models import showing

Condition = Callable[[datetime], Q]


def under_way(at: datetime) -> Q:
    """Points whose matter has not ended."""
    return Q(matter__state__in=(MatterState.REGISTERED, MatterState.ASSIGNED))


def light(word: str) -> Condition:
    """Points under way whose matter shows this light."""
    return lambda at: under_way(at) & showing(word, at, "matter__")  # type: ignore[arg-type]


FIGURES: dict[str, Condition] = {
    "total": lambda at: Q(),
    "open": under_way,
    "red": light("red"),
    "yellow": light("yellow"),
    "green": light("green"),
    "grey": light("grey"),
    "review": lambda at: under_way(at) & Q(matter__turn=Turn.REVIEWER),
    "done": lambda at: Q(matter__state=MatterState.CONCLUDED),
    "revoked": lambda at: Q(matter__state=MatterState.REVOKED),
    "late": lambda at: Q(matter__late_marks__gt=0),
}


def seen_points(points_list: SupervisionPointsList, actor: Actor) -> "QuerySet[Any]":
    """The points this actor sees: all for supervising posts, its own for a unit (decision 8)."""
    rows = ListPoint.objects.filter(points_list=points_list)
    if rules.may_see_all_points(actor):
        return rows
    return rows.filter(pk__in=rows.filter(own_points(actor)).values("pk"))


def own_points(actor: Actor) -> Q:
    """Condition: a unit of the actor's branch leads or joins the point."""
    branch = own_branch(actor).values("pk")
    return Q(lead_unit__in=branch) | Q(joint_units__in=branch)


def counts(rows: "QuerySet[Any]", at: datetime) -> dict[str, int]:
    """Every figure in one query."""
    asked = {key: Count("pk", filter=one(at)) for key, one in FIGURES.items() if key != "total"}
    return rows.order_by().aggregate(total=Count("pk"), **asked)


def counts_of(points_list: SupervisionPointsList, at: datetime) -> dict[str, int]:
    """The figures of a whole list at an instant."""
    return counts(ListPoint.objects.filter(points_list=points_list), at)


def narrowed(rows: "QuerySet[Any]", figure: str, at: datetime) -> "QuerySet[Any]":
    """The rows one figure counts; an unknown word narrows nothing."""
    condition = FIGURES.get(figure)
    return rows.filter(condition(at)) if condition is not None else rows


def with_matters(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Rows with everything a line shows: two queries, however many rows."""
    return rows.select_related("lead_unit", "matter").prefetch_related("joint_units")


def counts_by_list(
    lists: Sequence[SupervisionPointsList], actor: Actor, at: datetime
) -> dict[UUID, dict[str, int]]:
    """The figures of several lists in one query, as this actor sees them."""
    rows = ListPoint.objects.filter(points_list__in=lists)
    if not rules.may_see_all_points(actor):
        rows = rows.filter(pk__in=rows.filter(own_points(actor)).values("pk"))
    asked = {key: Count("pk", filter=one(at)) for key, one in FIGURES.items() if key != "total"}
    found = rows.order_by().values("points_list").annotate(total=Count("pk"), **asked)
    by_list = {row.pop("points_list"): row for row in found}
    none = dict.fromkeys(FIGURES, 0)
    return {one.pk: by_list.get(one.pk, none) for one in lists}
