"""How fast a year's events were reported, by the unit that knew first: one query, every number
opens its rows (rules.md 2.6: first-report minutes)."""

from collections import Counter
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from luoshi.desks.information.domain.queries.clock import MINUTE
from luoshi.desks.information.enums import EventState, Fault
from luoshi.desks.information.models import Event, Finding, Passage
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.models import Unit


def by_unit(actor: Actor, year: int) -> list[dict[str, Any]]:
    """Per unit: events, late ones, findings by kind, and the median of minutes from the event to
    the first word above it; worst first. A unit is one line by its code, under the name of today;
    where that is not in this tree, under the one it was called last. `of`: what tells it from
    another unit of the same name."""
    told = Passage.objects.filter(event=OuterRef("pk"), sender_code=OuterRef("first_code"))
    first = told.order_by().values("event").annotate(at=Min("at")).values("at")
    rows = Event.objects.visible_to(actor).exclude(state=EventState.MERGED)
    rows = rows.filter(happened_at__year=year).annotate(told_at=Subquery(first))
    # asked for, not joined: an event with two findings is one event, its minutes count once
    found = rows.values("first_code").annotate(
        events=Count("pk"),
        late=Count("pk", filter=having(Fault.LATE)),
        missing=Count("pk", filter=having(Fault.MISSING)),
        false=Count("pk", filter=having(Fault.FALSE)),
        concealed=Count("pk", filter=having(Fault.CONCEALED)),
        waits=ArrayAgg(F("told_at") - F("happened_at"), filter=Q(told_at__isnull=False)),
        called=ArrayAgg("first_name", order_by=("-noted_at", "-pk")),
        now=unit_of("short_name", "name"),
        parent=unit_of("parent__short_name", "parent__name"),
    )
    lines = [as_line(line) for line in found]
    names = Counter(line["name"] for line in lines)
    for line in lines:
        line["of"] = (line["parent"] or line["first_code"]) if names[line["name"]] > 1 else ""
    return sorted(lines, key=worst_first)


def as_line(line: dict[str, Any]) -> dict[str, Any]:
    """A line with its name and its median."""
    minutes = sorted(wait // MINUTE for wait in line.pop("waits") or [])
    line["name"] = line.pop("now") or line["called"][0]
    del line["called"]
    return line | {"median": minutes[len(minutes) // 2] if minutes else None}


def worst_first(line: dict[str, Any]) -> tuple[int, int, str, str]:
    """The order of the page; two lines never change places."""
    return -line["late"], -line["events"], line["name"], line["first_code"]


def unit_of(short: str, long: str) -> Subquery:
    """A name of the unit that knew first as it is today; none for a unit of another tree."""
    name = Coalesce(NullIf(F(short), Value("")), F(long))
    return Subquery(Unit.objects.filter(code=OuterRef("first_code")).values(said=name)[:1])


def having(fault: Fault) -> Q:
    """Events with a finding of this kind."""
    return Q(Exists(Finding.objects.filter(event=OuterRef("pk"), fault=fault)))
