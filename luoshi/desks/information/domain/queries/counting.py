"""Everything of an office that may count in some months, in one query whatever is in it: items
submitted and issued, the first adoption and the first instruction of each level, each for who sent
the item and, in part, for who sent what was merged into it (R-INF-6)."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, TruncMonth
from django.db.models.lookups import In

from luoshi.desks.information.models import Adoption, Item, ItemInstruction, ScoreSheet
from luoshi.foundation.core.time import at_clock, office_zone

SENDER = ("id", "number", "title", "research", "officer", "author_name", "unit_code", "unit_name")
NO_WORD, NO_ROW = Value("", CharField()), Cast(Value(None), UUIDField())
NEVER, WHOLE, PART = Cast(Value(None), DateTimeField()), Value(False), Value(True)
Span = tuple[date, date]


class Found(NamedTuple):
    """One thing that may count. `row` and `noted_at` are those of an adoption or an instruction;
    `merged`: it counts in part."""

    what: str
    tier: str
    on: date
    row: UUID | None
    noted_at: datetime | None
    merged: bool
    item: UUID
    number: str
    title: str
    research: bool
    officer: UUID | None
    author_name: str
    unit_code: str
    unit_name: str


def found_in(
    office_id: UUID | None, months: Collection[date], *, unpublished: bool = False
) -> list[Found]:
    """What happened or was noted in some months; `unpublished`: in those of them that have no sheet
    yet. One query."""
    return [Found(*row) for row in found_rows(office_id, months, unpublished=unpublished)]


def found_rows(
    office_id: UUID | None,
    months: Collection[date],
    *,
    unpublished: bool = False,
    names: Collection[str] = SENDER,
    who: str = "",
) -> "QuerySet[Any]":
    """The same as rows that are not read yet. `names`: what is asked of the item of each; `who`:
    of one sender alone, as `scores.fact` names it."""
    when = Times(office_id, list(spans(months)), unpublished)
    items: QuerySet[Any] = Item.objects.filter(office_id=office_id)
    merged: QuerySet[Any] = Item.objects.filter(merged_into__office_id=office_id)
    sender = Sender(names, who)
    own = sender.sent("")
    arms = [
        arm(sender, items.filter(own, when.day("submitted_on")), "submitted", "submitted_on"),
        arm(sender, items.filter(own, when.day("issued_on")), "own", "issued_on"),
        arm(
            sender,
            merged.filter(own, when.day("merged_into__issued_on")),
            "own",
            "merged_into__issued_on",
            share=PART,
        ),
    ]
    noted: tuple[tuple[Any, str, Any], ...] = (
        (Adoption, "adopted", F("merged")),
        (ItemInstruction, "instructed", WHOLE),
    )
    for model, what, share in noted:
        rows = firsts(model).filter(when.day("on") | when.instant("noted_at"))
        rows = rows.filter(item__office_id=office_id)
        whole = rows.filter(sender.sent("item__"))
        arms.append(arm(sender, whole, what, "on", "item__", share=share, row=True))
        # in one condition: a second one would join the merged items once more
        into = rows.filter(sender.sent("item__merged__"), item__merged__isnull=False)
        arms.append(arm(sender, into, what, "on", "item__merged__", share=PART, row=True))
    return arms[0].union(*arms[1:], all=True)


class Times:
    """The condition that something lies in one of the spans, of an office's unpublished months
    where they are asked for."""

    def __init__(self, office_id: UUID | None, spans: list[Span], unpublished: bool) -> None:
        self.spans = spans
        sheets = ScoreSheet.objects.filter(office_id=office_id).values("month")
        self.published = sheets if unpublished else None

    def day(self, name: str) -> Q:
        """A day."""
        return self.without(name, self.any_of(name, self.spans), None)

    def instant(self, name: str) -> Q:
        """An instant, by the office's days."""
        bounds = [(at_clock(one, time()), at_clock(other, time())) for one, other in self.spans]
        return self.without(name, self.any_of(name, bounds), office_zone())

    def any_of(self, name: str, bounds: Any) -> Q:
        """From each first to before each second."""
        found = Q(pk__in=[])
        for first, following in bounds:
            found |= Q(**{f"{name}__gte": first, f"{name}__lt": following})
        return found

    def without(self, name: str, found: Q, zone: Any) -> Q:
        """The published months left out; they are read once, not for every row."""
        if self.published is None:
            return found
        month = TruncMonth(name, output_field=DateField(), tzinfo=zone)
        return found & ~Q(In(month, self.published))


def spans(months: Collection[date]) -> Iterator[Span]:
    """Months as spans from the first day to the day after the last; neighbours are one span."""
    first: date | None = None
    following: date | None = None
    for month in sorted(months):
        if first is not None and following is not None and month != following:
            yield first, following
            first = None
        first = first or month
        following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    if first is not None and following is not None:
        yield first, following


def firsts(model: Any) -> "QuerySet[Any]":
    """The rows that count: the first of an item that was noted at each level, for a second of the
    same level counts no more."""
    same = model.objects.filter(item=OuterRef("item"), tier=OuterRef("tier"))
    before = Q(noted_at__lt=OuterRef("noted_at"))
    before |= Q(noted_at=OuterRef("noted_at"), pk__lt=OuterRef("pk"))
    rows: QuerySet[Any] = model.objects.filter(~Exists(same.filter(before)))
    return rows


class Sender(NamedTuple):
    """What is asked of the item of each row; `who`: of whose items alone, "" = everybody's."""

    names: Collection[str]
    who: str

    def sent(self, way: str) -> Q:
        """The condition that `who` sent the item at the end of `way`."""
        kind, _, key = self.who.partition(":")
        if not self.who:
            return Q()
        by_unit = Q(**{f"{way}officer": None, f"{way}unit_code": key})
        return by_unit if kind == "unit" else Q(**{f"{way}officer": key})


def arm(
    sender: Sender,
    rows: "QuerySet[Any]",
    what: str,
    on: str,
    way: str = "",
    *,
    share: Any = WHOLE,
    row: bool = False,
) -> "QuerySet[Any]":
    """A part of the union, its columns in the order of `Found`; `way`: from the row to the item
    whose sender has it."""
    columns = {
        "f_what": Value(what, CharField()),
        "f_tier": F("tier") if row else NO_WORD,
        "f_on": F(on),
        "f_row": F("pk") if row else NO_ROW,
        "f_noted": F("noted_at") if row else NEVER,
        "f_share": share,
    }
    columns |= {f"f_{name}": F(f"{way}{name}") for name in sender.names}
    found: QuerySet[Any] = rows.order_by().annotate(**columns).values_list(*columns)
    return found
