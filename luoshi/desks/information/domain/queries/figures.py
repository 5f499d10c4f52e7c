"""How fast a year's events were reported, by the unit that knew first: one query, every number
opens its rows (rules.md 2.6: first-report minutes)."""

from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery

from luoshi.desks.information.domain.queries.clock import MINUTE
from luoshi.desks.information.enums import EventState, Fault
from luoshi.desks.information.models import Event, Finding, Passage
from luoshi.foundation.core.actors import Actor


def by_unit(actor: Actor, year: int) -> list[dict[str, Any]]:
    """Per unit: events, late ones, findings by kind, and the median of minutes from the event to
    the first word above it; worst first."""
    told = Passage.objects.filter(event=OuterRef("pk"), sender_code=OuterRef("first_code"))
    first = told.order_by().values("event").annotate(at=Min("at")).values("at")
    rows = Event.objects.visible_to(actor).exclude(state=EventState.MERGED)
    rows = rows.filter(happened_at__year=year).annotate(told_at=Subquery(first))
    # asked for, not joined: an event with two findings is one event, its minutes count once
    found = rows.values("first_code", "first_name").annotate(
        events=Count("pk"),
        late=Count("pk", filter=having(Fault.LATE)),
        missing=Count("pk", filter=having(Fault.MISSING)),
        false=Count("pk", filter=having(Fault.FALSE)),
        concealed=Count("pk", filter=having(Fault.CONCEALED)),
        waits=ArrayAgg(F("told_at") - F("happened_at"), filter=Q(told_at__isnull=False)),
    )
    lines = list(found.order_by("-late", "-events", "first_name"))
    for line in lines:
        minutes = sorted(wait // MINUTE for wait in line.pop("waits") or [])
        line["median"] = minutes[len(minutes) // 2] if minutes else None
    return lines


def having(fault: Fault) -> Q:
    """Events with a finding of this kind."""
    return Q(Exists(Finding.objects.filter(event=OuterRef("pk"), fault=fault)))
