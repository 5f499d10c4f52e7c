"""The ledger: matters in sight, narrowed by what the URL says; lights derived for one instant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.bigrams import query
from luoshi.foundation.organizations.domain.queries.names import unit_by_name
from luoshi.supervision.matters.enums import MATTER_ENDED, Light, Turn
from luoshi.supervision.matters.models import Assignment, Matter, showing
from luoshi.supervision.rulebook.enums import Regime

UNREAD_COLUMNS = (
    "search",
    "seen_by",
    "content",
    "method",
    "purpose",
    "basis",
    "task_rules",
    "anchors",
    "proposed_shares",
    "origin_quote",
)
ORDER = ("overdue_at", "id")


@dataclass(frozen=True)
class Filters:
    """What narrows the list; every field is a URL parameter."""

    light: str = ""
    text: str = ""
    regime: str = ""
    unit: str = ""
    unit_id: UUID | None = None
    turn: str = ""
    late: bool = False
    ended: bool = False

    @classmethod
    def of(cls, given: Any) -> "Filters":
        """Read the URL; unknown words are dropped."""
        light, turn, regime = given.get("light", ""), given.get("turn", ""), given.get("regime", "")
        unit = given.get("unit", "")[:60].replace("\x00", "")
        found = unit_by_name(unit) if unit else None
        return cls(
            light=light if light in Light.values else "",
            text=given.get("text", "")[:100].replace("\x00", ""),
            regime=regime if regime in Regime.values else "",
            unit=unit,
            unit_id=found.pk if found else None,
            turn=turn if turn in Turn.values else "",
            late=bool(given.get("late")),
            ended=bool(given.get("ended")),
        )


def matters(actor: Actor, filters: Filters, at: datetime) -> "QuerySet[Any]":
    """The rows of the ledger."""
    rows = narrowed(Matter.objects.visible_to(actor), filters)
    if filters.light:
        rows = rows.filter(showing(Light(filters.light), at))
    return rows.select_related("lead_unit").defer(*UNREAD_COLUMNS)


def narrowed(rows: "QuerySet[Any]", filters: Filters) -> "QuerySet[Any]":
    """Every filter but the light."""
    ended = Q(state__in=MATTER_ENDED)
    rows = rows.filter(ended) if filters.ended else rows.exclude(ended)
    if filters.regime:
        rows = rows.filter(regime=filters.regime)
    if filters.turn:
        rows = rows.filter(turn=filters.turn)
    if filters.late:
        rows = rows.filter(late_marks__gt=0)
    if filters.unit:
        shares = Assignment.objects.filter(matter=OuterRef("pk"), unit_id=filters.unit_id)
        rows = rows.filter(Exists(shares)) if filters.unit_id else rows.none()
    if filters.text:
        words = query(filters.text)
        match = Q(number__contains=filters.text)
        if words:
            match |= Q(search=SearchQuery(words, config="simple", search_type="raw"))
        rows = rows.filter(match)
    return rows


def counts(actor: Actor, filters: Filters, at: datetime) -> dict[str, int]:
    """How many rows each light tab opens, in one pass over what is seen."""
    rows = narrowed(Matter.objects.visible_to(actor), filters)
    return rows.aggregate(
        total=Count("pk"),
        late=Count("pk", filter=Q(late_marks__gt=0)),
        review=Count("pk", filter=Q(turn=Turn.REVIEWER)),
        **{light.value: Count("pk", filter=showing(light, at)) for light in Light},
    )
