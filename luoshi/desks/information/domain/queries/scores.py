"""What counts in a month, by whom, and with which weights (R-INF-6); who stands where on the
published sheets (S2-58)."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, F, JSONField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.queries.counting import Found, found_in
from luoshi.desks.information.enums import WEIGHTS
from luoshi.desks.information.models import EngagedOfficer, Item, ScoreSheet, WeightVersion
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.models import Unit

Fact = dict[str, Any]
MONTH = re.compile(r"(20[0-9]{2})-(0?[1-9]|1[0-2])")


class Published(NamedTuple):
    """A published sheet. `facts`: what was counted, where that was asked for."""

    pk: UUID
    month: date
    published_at: datetime
    published_by_name: str
    weights: Mapping[str, int]
    facts: list[Fact] | None

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


def weights_of(office_id: UUID | None) -> tuple[int, Mapping[str, int]]:
    """The version in force and its weights; 0 = as shipped."""
    found = WeightVersion.objects.filter(office_id=office_id).order_by("-version").first()
    return (found.version, found.weights) if found else (0, WEIGHTS)


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def a_month(words: str, newest: date) -> date:
    """The month of the address ("2026-02"), not after the newest, which is the default."""
    found = MONTH.fullmatch(words.strip())
    return min(date(int(found[1]), int(found[2]), 1), newest) if found else newest


def sheets_of(office_id: UUID | None, read: Collection[date]) -> list[Published]:
    """An office's published sheets, the newest first, with what was counted in the months to
    `read`; one query."""
    wanted = When(month__in=read, then=F("facts"))
    facts = Case(wanted, default=Value(None, JSONField()), output_field=JSONField())
    rows: QuerySet[Any] = ScoreSheet.objects.filter(office_id=office_id).annotate(read=facts)
    names = ("pk", "month", "published_at", "published_by_name", "weights", "read")
    return [Published(*row) for row in rows.order_by("-month").values_list(*names)]


def facts_of(office_id: UUID | None, month: date) -> list[Fact]:
    """Everything that counts in a month, in a fixed order; two queries."""
    return month_of(office_id, month)[0]


def month_of(office_id: UUID | None, month: date) -> tuple[list[Fact], list[Published]]:
    """Everything that counts in a month, and the published sheets; two queries."""
    found = found_in(office_id, {month})
    sheets = sheets_of(office_id, months_of(found))
    return counted(found, sheets, {month}), sheets


def months_of(found: Iterable[Found]) -> set[date]:
    """The months in which adoptions and instructions happened, whenever they were noted."""
    return {one.on.replace(day=1) for one in found if one.row}


def counted(
    found: Iterable[Found], sheets: Iterable[Published], months: Collection[date]
) -> list[Fact]:
    """What counts in some months. What happened in a month whose sheet was published without it
    counts in the month it was noted. `sheets`: read for the months in which it happened."""
    known = {
        sheet.month: {fact["row"] for fact in sheet.facts}
        for sheet in sheets
        if sheet.facts is not None
    }
    facts = [fact(one) for one in found if counts_in(one, known) in months]
    return sorted(facts, key=lambda one: (one["on"], one["what"], one["item"], one["who"]))


def counts_in(one: Found, known: Mapping[date, Collection[str]]) -> date:
    """The month in which something counts: its own, unless that is published without it."""
    month: date = one.on.replace(day=1)
    if one.noted_at is not None and month in known and str(one.row) not in known[month]:
        return office_date(one.noted_at).replace(day=1)
    return month


def fact(one: Found) -> Fact:
    """One thing that counts, as it is frozen. `who`: a unit by its code, an officer by its key."""
    officer = one.officer is not None
    return {
        "who": f"officer:{one.officer}" if officer else f"unit:{one.unit_code}",
        "name": one.author_name if officer else one.unit_name,
        "officer": officer,
        "item": str(one.item),
        "number": one.number,
        "title": one.title,
        "what": f"{one.what}-{one.tier}" if one.tier else one.what,
        "on": one.on.isoformat(),
        "row": str(one.row or ""),
        "research": one.research,
        "merged": one.merged,
    }


def place(one: Mapping[str, Any]) -> str:
    """Where a fact stands among those of a month; no other fact's."""
    return " ".join(one[name] for name in ("on", "what", "item", "who", "row"))


def names_of(actor: Actor) -> list[str]:
    """Under which names the reader is ranked: the unit of the post by its code, else every
    engagement by its key, also one that has ended; one query."""
    if actor.unit_id is not None:
        codes = Unit.objects.filter(pk=actor.unit_id).values_list("code", flat=True)
        return [f"unit:{code}" for code in codes]
    if actor.person_id is None:
        return []
    keys = EngagedOfficer.objects.filter(person_id=actor.person_id).values_list("pk", flat=True)
    return [f"officer:{key}" for key in keys]


def sheets_with(names: list[str]) -> Any:
    """The published sheets that rank one of these names, the newest first."""
    wanted = Q(pk__in=[])
    for name in names:
        wanted |= Q(lines__contains=[{"who": name}])
    return ScoreSheet.objects.filter(wanted).select_related("office").order_by("-month", "pk")


def sheet_for(actor: Actor, pk: UUID) -> tuple[ScoreSheet, list[str] | None]:
    """A published sheet, and the names the reader has on it: None = it is the own office's."""
    if rules.may_see_book(actor):
        own = ScoreSheet.objects.filter(office_id=actor.unit_id, pk=pk)
        if found := own.select_related("office").first():
            return found, None
    ensure(rules.may_see_items(actor))
    names = names_of(actor)
    found = sheets_with(names).filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found, names


def standings(actor: Actor, most: int) -> list[dict[str, Any]]:
    """The newest sheets that rank the reader, each with the reader's line; two queries."""
    names = names_of(actor)
    rows = sheets_with(names).defer("facts", "weights")[:most]
    return [
        {"sheet": row, "line": dict(line), "among": len(row.lines)}
        for row in rows
        for line in row.lines
        if line["who"] in names
    ]


def facts_seen(row: ScoreSheet, actor: Actor, names: list[str]) -> list[Fact]:
    """What a sheet counted for these names, of items the reader sees: a member's words are nobody
    else's (S3-99); one query."""
    own = [fact for fact in row.facts if fact["who"] in names]
    keys = {fact["item"] for fact in own}
    seen = Item.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True)
    known = {str(key) for key in seen}
    return [fact for fact in own if fact["item"] in known]
