"""What a review opens: a draft and the leaf it begins on, its neighbours, how far it all is."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from luoshi.desks.meetings.domain.queries.leafing import Leaf, leaf_at, leaves
from luoshi.desks.meetings.enums import DraftState
from luoshi.desks.meetings.models import DraftItem, SourceDocument

OPEN = Q(state=DraftState.TO_CHECK)
SHOWN = Q(band="draft") | ~OPEN
"""Full drafts, and possible ones that somebody decided."""
OURS = Q(state=DraftState.ACCEPTED)


@dataclass(frozen=True)
class Opened:
    """A leaf with the drafts that begin on it, those that only reach into it, and the open one."""

    leaf: Leaf
    items: list[DraftItem]
    reaching: list[DraftItem]
    current: DraftItem | None


def standing(document: SourceDocument) -> "QuerySet[DraftItem]":
    """The drafts of a document but those merged away, in the order of the text."""
    return document.items.exclude(state=DraftState.MERGED)


def opened_at(document: SourceDocument, number: int, part: int) -> Opened:
    """The leaf of draft `number`; else leaf `part` at its first draft to check; else wherever the
    first draft to check is. At most three queries."""
    found = leaves(document.text)
    rows = standing(document).filter(SHOWN)
    wanted = standing(document).filter(number=number).first() if number > 0 else None
    if wanted is None and not 1 <= part <= len(found):
        wanted = rows.filter(OPEN).first()
    leaf = leaf_at(found, wanted.start) if wanted else found[part - 1 if part > 0 else 0]
    near = standing(document).filter(start__lt=leaf.end, end__gt=leaf.start)
    drafts = list(near.select_related("matter"))
    for item in drafts:
        item.document = document
    here = [item for item in drafts if leaf.holds(item.start)]
    if wanted is None:
        wanted = next((i for i in here if is_shown(i) and i.state == DraftState.TO_CHECK), None)
    current = next((item for item in here if wanted and item.pk == wanted.pk), None)
    reaching = [item for item in drafts if not leaf.holds(item.start)]
    return Opened(leaf, here, reaching, current)


def is_shown(item: DraftItem) -> bool:
    """What `SHOWN` says, of a row at hand."""
    return item.band == "draft" or item.state != DraftState.TO_CHECK


def beyond(document: SourceDocument, leaf: Leaf) -> dict[str, int | str]:
    """The numbers of the last draft before a leaf and of the first after it ("" = none)."""
    rows = standing(document).filter(SHOWN)
    before = rows.filter(start__lt=leaf.start).values_list("number", flat=True).last()
    after = rows.filter(start__gte=leaf.end).values_list("number", flat=True).first()
    return {"before": before or "", "after": after or ""}


def tally(document: SourceDocument) -> dict[str, Any]:
    """How far the whole document is: drafts shown, decided, accepted, ready to submit, matters."""
    found = standing(document).aggregate(
        total=Count("pk", filter=SHOWN),
        done=Count("pk", filter=~OPEN),
        taken=Count("pk", filter=OURS),
        accepted=Count("pk", filter=OURS & Q(matter=None)),
        made=Count("pk", filter=~Q(matter=None)),
    )
    total, done = found["total"], found["done"]
    percent = done * 100 // total if total else 100
    return {**found, "turned_down": done - found["taken"], "percent": percent}
