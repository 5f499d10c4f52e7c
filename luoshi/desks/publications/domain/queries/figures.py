"""The figures of a year for the review (S2-27, 51, 52, 54; rules.md 2.6): issues out with their
items and characters by publication, materials collected, press items by level. Every number has the
address of its rows."""

from typing import Any

from django.db.models import Count, Q, Sum

from luoshi.desks.publications.domain.queries.listing import printed_in
from luoshi.desks.publications.enums import OutletLevel, Production
from luoshi.desks.publications.models import Item, PressItem, Publication
from luoshi.foundation.core.actors import Actor


def by_publication(actor: Actor, year: int) -> list[dict[str, Any]]:
    """Per publication: issues out in the year with their printed items and characters; items
    collected in the year with theirs, and all ever collected. Two queries."""
    out = Q(issues__state=Production.OUT, issues__out_on__year=year)
    rows = Publication.objects.visible_to(actor).annotate(issued=Count("issues", filter=out))
    items = Item.objects.visible_to(actor).order_by().values("publication")
    in_issues = printed_in(year)
    this_year = Q(collected_on__year=year)
    sums = items.annotate(
        printed=Count("pk", filter=in_issues),
        printed_characters=Sum("characters", filter=in_issues, default=0),
        collected=Count("pk", filter=this_year),
        collected_characters=Sum("characters", filter=this_year, default=0),
        ever=Count("pk"),
        ever_characters=Sum("characters", default=0),
    )
    by_key = {line["publication"]: line for line in sums}
    nothing = dict.fromkeys(NUMBERS, 0)
    return [
        {"row": row, **nothing, **by_key.get(row.pk, {}), "issues": row.issued}
        for row in rows.order_by("kind", "title")
    ]


NUMBERS = (
    *("issues", "printed", "printed_characters"),
    *("collected", "collected_characters", "ever", "ever_characters"),
)


def totals(lines: list[dict[str, Any]]) -> dict[str, int]:
    """The sums of all publications."""
    return {name: sum(line[name] for line in lines) for name in NUMBERS}


def by_kind(lines: list[dict[str, Any]]) -> list[tuple[str, dict[str, int]]]:
    """The sums of each kind there is a publication of, in the order of the lines."""
    kinds = dict.fromkeys(line["row"].kind for line in lines)
    return [(kind, totals([one for one in lines if one["row"].kind == kind])) for kind in kinds]


def by_level(actor: Actor, year: int) -> list[tuple[str, Any, int]]:
    """Press items of the year by level of the outlet; one query."""
    rows = PressItem.objects.visible_to(actor).filter(published_on__year=year)
    counted = dict(rows.order_by().values_list("level").annotate(Count("pk")))
    return [(level.value, level.label, counted.get(level.value, 0)) for level in OutletLevel]
