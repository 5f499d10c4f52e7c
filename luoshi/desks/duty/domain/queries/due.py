"""Which units below are due for a surprise check: not checked for the office's days (R-DUT-6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from luoshi.desks.duty.domain.queries.offices import next_below
from luoshi.desks.duty.domain.queries.scheme import scheme_of
from luoshi.desks.duty.models import DutyCheck
from luoshi.foundation.organizations.models import Unit


@dataclass(frozen=True)
class DueCheck:
    """A unit and when it was checked last; None = never."""

    unit: Unit
    last_at: datetime | None


def checks_due(office: Unit, at: datetime, units: list[Unit] | None = None) -> list[DueCheck]:
    """Those not checked for so long, the longest first."""
    since = at - timedelta(days=scheme_of(office.pk).check_days)
    below = next_below(office) if units is None else units
    rows = DutyCheck.objects.filter(office=office, unit__in=below).values("unit_id")
    last = {row["unit_id"]: row["at"] for row in rows.annotate(at=Max("called_at")).order_by()}
    due = [DueCheck(unit, last.get(unit.pk)) for unit in below]
    overdue = [one for one in due if one.last_at is None or one.last_at < since]
    return sorted(overdue, key=lambda one: (one.last_at is not None, one.last_at or at))
