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
    "report_to",
    "copy_to",
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
AT_ONCE = 10_000  # rows; more than that take longer to count than a page takes to make
LARGE: set[tuple[UUID | None, str]] = set()  # readers by unit and role: a hint, never a figure


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
    found = rows.aggregate(
        total=Count("pk"),
        **{tab.value: Count("pk", filter=tab_rows(filters, tab, at)) for tab in Tab},
    )
    if filters == Filters():
        reader = (actor.unit_id, actor.role)
        if found["total"] > AT_ONCE:
            LARGE.add(reader)
        else:
            LARGE.discard(reader)
    return found


def counts_at_once(actor: Actor, filters: Filters, at: datetime) -> dict[str, int] | None:
    """The same, or None where the reader's whole ledger was last seen to be so large that the page
    should come first and the numbers a moment later."""
    return None if (actor.unit_id, actor.role) in LARGE else counts(actor, filters, at)
