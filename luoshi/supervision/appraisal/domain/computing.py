"""Compute rankings: live from facts, or again from the rows of a published one (B22)."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.appraisal.domain.periods import Period
from luoshi.supervision.appraisal.domain.queries.facts import facts_of
from luoshi.supervision.appraisal.domain.scoring import (
    ZERO,
    Line,
    Standing,
    Weight,
    Weights,
    ranked,
    scored,
)
from luoshi.supervision.appraisal.enums import FactKind, Group
from luoshi.supervision.appraisal.models import Publication, ScoringVersion
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Assignment


def weights_of(version: ScoringVersion) -> Weights:
    """A version's rules as weights; one query."""
    items = {item.kind: Weight(item.points, item.cap) for item in version.items.all()}
    return Weights(version.base, version.floor, items)


def group_of(unit: Unit, office: Unit) -> str:
    """Departments of the office's own level, or territories below it."""
    same = unit.level == office.level
    return (Group.DEPARTMENTS if same else Group.TERRITORIES).value


def live(office: Unit, period: Period, weights: Weights, as_of: datetime) -> list[Standing]:
    """The ranking of a period as the facts stand at `as_of`: every unit that held a share of its
    own in the period, and every unit with a fact."""
    found = defaultdict(list)
    for fact in facts_of(office.pk, period, as_of):
        if fact.unit_id is not None:
            found[fact.unit_id].append(fact)
    held = Assignment.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=period.start),
        matter__office_id=office.pk,
        assigned_at__lt=min(period.end, as_of),
    ).exclude(part=Part.JOINT)
    ids = set(held.values_list("unit_id", flat=True)) | set(found)
    standings = []
    for unit in Unit.objects.filter(pk__in=ids):
        rows: dict[str, list[Any]] = {kind: [] for kind in FactKind.values}
        for fact in found[unit.pk]:
            rows[fact.kind].append(fact.kept())
        lines = [Line(kind, len(kept), ZERO, kept) for kind, kept in rows.items()]
        standing = Standing(unit.pk, str(unit), group_of(unit, office), unit.sort_key, lines)
        standings.append(scored(standing, weights))
    return ranked(standings)


def replayed(publication: Publication, weights: Weights) -> list[Standing]:
    """The ranking of a publication's own rows by other weights, or by its own: then it is the
    published ranking again. One query."""
    standings = []
    for row in publication.scores.select_related("unit"):
        lines = [Line(one["kind"], one["count"], ZERO, one["rows"]) for one in row.lines]
        standing = Standing(row.unit_id, row.unit_name, row.group, row.unit.sort_key, lines)
        standings.append(scored(standing, weights))
    return ranked(standings)


def played(
    weights: Weights, frozen: Publication | None, office: Unit, period: Period, as_of: datetime
) -> list[Standing]:
    """The published rows where there are any, so that only the weights differ; else the facts as
    they stand."""
    if frozen is not None:
        return replayed(frozen, weights)
    return live(office, period, weights, as_of)


def kept_lines(standing: Standing) -> list[dict[str, Any]]:
    """The lines as a publication keeps them."""
    return [
        {
            "kind": line.kind,
            "count": line.count,
            "points": str(line.points),
            "rows": list(line.rows),
        }
        for line in standing.lines
    ]


def shown_lines(lines: list[dict[str, Any]]) -> list[Line]:
    """Kept lines as a page shows them."""
    return [Line(one["kind"], one["count"], Decimal(one["points"]), one["rows"]) for one in lines]
