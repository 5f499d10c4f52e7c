"""What counts in a month, by whom, and with which weights (R-INF-6)."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import Q

from luoshi.desks.information.enums import WEIGHTS
from luoshi.desks.information.models import (
    Adoption,
    Item,
    ItemInstruction,
    ScoreSheet,
    WeightVersion,
)
from luoshi.foundation.core.time import at_clock, office_date

Fact = dict[str, Any]


def weights_of(office_id: UUID | None) -> tuple[int, Mapping[str, int]]:
    """The version in force and its weights; 0 = as shipped."""
    found = WeightVersion.objects.filter(office_id=office_id).order_by("-version").first()
    return (found.version, found.weights) if found else (0, WEIGHTS)


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def facts_of(office_id: UUID | None, month: date) -> list[Fact]:
    """Everything that counts in a month, in a fixed order."""
    return facts_in(office_id, {month})


def facts_in(office_id: UUID | None, months: Collection[date]) -> list[Fact]:
    """Everything that counts in some months, in a fixed order. What happened in a month whose sheet
    was published without it counts in the month it was noted; as many queries for a year as for a
    month."""
    if not months:
        return []
    first, following = min(months), month_after(max(months))
    items = Item.objects.filter(office_id=office_id)
    facts: list[Fact] = []

    def ranged(name: str) -> dict[str, date]:
        return {f"{name}__gte": first, f"{name}__lt": following}

    for item in items.filter(**ranged("submitted_on")):
        if falls_in(item.submitted_on, months):
            facts += shared(item, "submitted", item.submitted_on, "", merged=False)
    for item in items.filter(**ranged("issued_on")).prefetch_related("merged"):
        if falls_in(item.issued_on, months):
            facts += shared(item, "own", item.issued_on, "", merged=False)
    noted = Q(noted_at__gte=at_clock(first, time()), noted_at__lt=at_clock(following, time()))
    for model, what in ((Adoption, "adopted"), (ItemInstruction, "instructed")):
        rows: Any = model.objects.filter(Q(**ranged("on")) | noted, item__office_id=office_id)
        rows = rows.select_related("item").prefetch_related("item__merged")
        counted = firsts(model, {row.item_id for row in rows})
        known = published(office_id, {row.on.replace(day=1) for row in rows})
        for row in rows:
            if row.pk in counted and counts_in(row, known) in months:
                merged = bool(getattr(row, "merged", False))
                facts += shared(row.item, f"{what}-{row.tier}", row.on, str(row.pk), merged=merged)
    return sorted(facts, key=lambda fact: (fact["on"], fact["what"], fact["item"], fact["who"]))


def falls_in(day: date | None, months: Collection[date]) -> bool:
    """Whether a day lies in one of the months."""
    return day is not None and day.replace(day=1) in months


def firsts(model: Any, items: set[UUID]) -> set[UUID]:
    """The rows that count: the first of an item that was noted at each level, for a second of the
    same level counts no more."""
    rows = model.objects.filter(item_id__in=items).order_by("item_id", "tier", "noted_at", "pk")
    found: dict[tuple[UUID, str], UUID] = {}
    for pk, item, tier in rows.values_list("pk", "item_id", "tier"):
        found.setdefault((item, tier), pk)
    return set(found.values())


def published(office_id: UUID | None, months: set[date]) -> dict[date, set[str]]:
    """The rows that stand in the published sheets of some months, by month."""
    rows = ScoreSheet.objects.filter(office_id=office_id, month__in=months)
    return {
        month: {fact["row"] for fact in facts}
        for month, facts in rows.values_list("month", "facts")
    }


def counts_in(row: Any, known: Mapping[date, set[str]]) -> date:
    """The month in which something counts: its own, unless that is published without it."""
    month: date = row.on.replace(day=1)
    if month in known and str(row.pk) not in known[month]:
        return office_date(row.noted_at).replace(day=1)
    return month


def shared(item: Item, what: str, on: date | None, row: str, *, merged: bool) -> Iterator[Fact]:
    """The fact for who sent the item, and in part for who sent what was merged into it."""
    yield fact(item, what, on, row, merged=merged)
    if what != "submitted":
        for one in item.merged.all():
            yield fact(one, what, on, row, merged=True)


def fact(item: Item, what: str, on: date | None, row: str, *, merged: bool) -> Fact:
    """One thing that counts, as it is frozen. `who`: a unit by its code, an officer by its key."""
    officer = item.officer_id is not None
    return {
        "who": f"officer:{item.officer_id}" if officer else f"unit:{item.unit_code}",
        "name": item.author_name if officer else item.unit_name,
        "officer": officer,
        "item": str(item.pk),
        "number": item.number,
        "title": item.title,
        "what": what,
        "on": on.isoformat() if on else "",
        "row": row,
        "research": item.research,
        "merged": merged,
    }
