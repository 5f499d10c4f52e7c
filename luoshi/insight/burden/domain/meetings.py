"""The meetings asked of units in a span: rows, and how many each unit was asked to. What was called
off is shown, not counted."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet, Sum

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.foundation.organizations.models import Unit
from luoshi.insight.burden.models import AskedMeeting, Attendance
from luoshi.supervision.matters.domain.queries.burden import Span


def days(span: Span) -> tuple[date, date]:
    """The first and the last day of a span."""
    begin, end = span.instants
    return office_date(begin), office_date(end - timedelta(seconds=1))


def asked_meetings(actor: Actor, span: Span, unit_id: UUID | None = None) -> "QuerySet[Any]":
    """The meetings of a span in the reader's ledger: an office its own, a unit those it was asked
    to; `asked` counts the units."""
    rows = AskedMeeting.objects.filter(on__range=days(span)).select_related("office")
    own = actor.role in HANDLING_ROLES
    if not own:
        rows = rows.filter(office=actor.unit_id)
    if own or unit_id is not None:  # beside the join that is counted
        asked = Attendance.objects.filter(unit=actor.unit_id if own else unit_id)
        rows = rows.filter(pk__in=asked.values("meeting"))
    return rows.annotate(asked=Count("attendances", distinct=True))


def attended(actor: Actor, span: Span) -> "QuerySet[Any]":
    """Every attendance that counts."""
    rows = Attendance.objects.filter(meeting__on__range=days(span), meeting__called_off_at=None)
    if actor.role in HANDLING_ROLES:
        return rows.filter(unit=actor.unit_id)
    return rows.filter(meeting__office=actor.unit_id)


def by_attending_unit(actor: Actor, span: Span) -> dict[UUID, tuple[str, int, int]]:
    """Unit → (name, meetings, minutes); one query."""
    rows = attended(actor, span).values("unit_id", name=F("unit__name"))
    counted = rows.annotate(n=Count("pk"), long=Sum("meeting__minutes"))
    return {row["unit_id"]: (row["name"], row["n"], row["long"]) for row in counted}


def load_of(actor: Actor, units: Sequence[Unit], year: int) -> list[dict[str, Any]]:
    """What one meeting more means for each of these units, before it is asked for."""
    known = by_attending_unit(actor, Span(year))
    return [
        {"unit": str(unit), "now": now, "then": now + 1}
        for unit in units
        for now in [known.get(unit.pk, ("", 0, 0))[1]]
    ]
