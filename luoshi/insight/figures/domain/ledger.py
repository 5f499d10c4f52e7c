"""The ledger: matters in sight, narrowed by what the URL says; lights derived for one instant."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.insight.figures.domain.filtering import Filters, Tab, narrowed, tab_rows
from luoshi.supervision.matters.models import Matter

UNREAD_COLUMNS = (
    "search",
    "seen_by",
    "viewers",
    "content",
    "method",
    "purpose",
    "basis",
    "task_rules",
    "anchors",
    "proposed_shares",
    "origin_quote",
)
SORTS = {
    "due": ("overdue_at", "id"),
    "-due": ("-overdue_at", "id"),
    "number": ("year", "serial", "id"),
    "-number": ("-year", "-serial", "id"),
    "heard": ("last_heard_at", "id"),
    "-heard": ("-last_heard_at", "id"),
    "-late": ("-late_marks", "id"),
    "late": ("late_marks", "id"),
}
ORDER = SORTS["due"]


def matters(
    actor: Actor, filters: Filters, at: datetime, chosen: Sequence[UUID] = ()
) -> "QuerySet[Any]":
    """The rows of the ledger; `chosen` keeps those of them that were selected."""
    rows = narrowed(Matter.objects.visible_to(actor), filters, at, actor)
    if filters.tab:
        rows = rows.filter(tab_rows(filters, filters.tab, at))
    if chosen:
        rows = rows.filter(pk__in=chosen)
    return rows.select_related("lead_unit").defer(*UNREAD_COLUMNS)


def counts(actor: Actor, filters: Filters, at: datetime) -> dict[str, int]:
    """How many rows each tab opens, in one pass over what is seen."""
    rows = narrowed(Matter.objects.visible_to(actor), filters, at, actor)
    return rows.aggregate(
        total=Count("pk"),
        **{tab.value: Count("pk", filter=tab_rows(filters, tab, at)) for tab in Tab},
    )
