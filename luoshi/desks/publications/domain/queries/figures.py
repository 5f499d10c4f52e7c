"""The figures of a year for the review (S2-27, 51, 52, 54; rules.md 2.6): issues out with their
items and characters by publication and kind, materials collected, press items by level. Every
number has the address of its rows."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.desks.publications import rules
from luoshi.desks.publications.domain.queries.listing import printed_in
from luoshi.desks.publications.domain.queries.narrowing import a_year
from luoshi.desks.publications.enums import Kind, OutletLevel, Production
from luoshi.desks.publications.models import Item, PressItem, Publication
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.sheets.registry import Column, Lines

Line = dict[str, Any]


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


def with_subtotals(lines: list[Line]) -> list[Line]:
    """The lines as they are read: the publications of a kind, then the kind's subtotal. `narrow`:
    the words of the address that lead to the rows of a line's numbers."""
    sums = dict(by_kind(lines))
    found: list[Line] = []
    for kind, subtotal in sums.items():
        own = [one for one in lines if one["row"].kind == kind]
        found += [one | {"narrow": f"publication={one['row'].pk}&"} for one in own]
        found.append(subtotal | {"kind": Kind(kind), "narrow": f"kind={kind}&"})
    return found


def written_out(request: OfficeRequest) -> Lines:
    """The figures as they are written out: publications, subtotals, the total, press items."""
    ensure(rules.may_see(request.actor))
    year = a_year(request)
    lines = by_publication(request.actor, year)
    press = by_level(request.actor, year)
    whole = {"name": _("Total"), **totals(lines), "press": sum(count for *_key, count in press)}
    said = _("Press items: %(level)s")
    levels = [{"name": said % {"level": label}, "press": count} for _key, label, count in press]
    return Lines([named(one) | {"year": year} for one in (*with_subtotals(lines), *levels, whole)])


def named(line: Line) -> Line:
    """A line with its name and kind in words."""
    if "row" in line:
        return line | {"name": line["row"].title, "of": line["row"].get_kind_display()}
    if "kind" in line:
        return line | {"name": _("Subtotal"), "of": line["kind"].label}
    return line


def number(name: str) -> Any:
    """A column of a number; empty where a line has none of it."""
    return lambda row, at: row.get(name, "")


def words(name: str) -> Any:
    """A column of words."""

    def written(row: Line, at: datetime) -> str:
        return str(row.get(name, ""))

    return written


COLUMNS = (
    Column("year", gettext_lazy("Year"), number("year")),
    Column("name", gettext_lazy("Publication"), words("name")),
    Column("kind", gettext_lazy("Kind"), words("of")),
    Column("issues", gettext_lazy("Issues out"), number("issues")),
    Column("printed", gettext_lazy("Items printed"), number("printed")),
    Column("printed_characters", gettext_lazy("Characters printed"), number("printed_characters")),
    Column("collected", gettext_lazy("Items collected"), number("collected")),
    Column(
        "collected_characters",
        gettext_lazy("Characters collected"),
        number("collected_characters"),
    ),
    Column("ever", gettext_lazy("Items ever collected"), number("ever"), usual=False),
    Column("ever_characters", gettext_lazy("Characters ever collected"), number("ever_characters")),
    Column("press", gettext_lazy("Press items"), number("press")),
)
