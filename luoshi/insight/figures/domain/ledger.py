"""The ledger: matters in sight, narrowed by what the URL says; lights derived for one instant."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.rows.counting import Counting, shared, sharing
from luoshi.insight.figures.domain.filtering import Filters, Tab, narrowed, own_shares, tab_rows
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
    "stages",
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
READ_BY_TABS = ("on_clock", "overdue_at", "attention_at", "turn", "late_marks")
SOME_INSTANT = datetime(1900, 1, 1, tzinfo=UTC)  # stands in for "now" in what is worded once
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
    found = counted(rows.order_by(), filters, at)
    if filters == Filters() and found["total"] <= AT_ONCE:
        LARGE.discard((actor.unit_id, actor.role))
    return found


def counts_at_once(actor: Actor, filters: Filters, at: datetime) -> dict[str, int] | None:
    """The same, or None where there is so much to count that the page should come first and the
    numbers a moment later: counting stops there, and the reader's next page does not begin it."""
    reader = (actor.unit_id, actor.role)
    if reader in LARGE:
        return None
    if own_shares(filters):  # one unit's own shares are few, and its tabs ask for them row by row
        return counts(actor, filters, at)
    rows = narrowed(Matter.objects.visible_to(actor), filters, at, actor)
    found = counted(rows.order_by()[: AT_ONCE + 1], filters, at)
    if found["total"] <= AT_ONCE:
        return found
    if filters == Filters():
        LARGE.add(reader)
    return None


def counted(rows: "QuerySet[Any]", filters: Filters, at: datetime) -> dict[str, int]:
    """These rows by tab; one query."""
    if own_shares(filters):
        return rows.aggregate(
            total=Count("pk"),
            **{tab.value: Count("pk", filter=tab_rows(filters, tab, at)) for tab in Tab},
        )
    return shared(rows, tabs_ready(), {SOME_INSTANT: at}, columns=READ_BY_TABS)


@cache
def tabs_ready() -> Counting:
    """The conditions of the tabs, worded once: wording them took longer than counting."""
    return sharing(Matter, {tab.value: Q(tab_rows(Filters(), tab, SOME_INSTANT)) for tab in Tab})
