"""A sensitive period comes or goes: shifts that are still to come weigh more or less, whatever
their roster's state (TR-17, R-DUT-8). What a period needs beside, a leader on its days, shows as a
gap of the roster until it is renewed. Part of the caller's act.
"""

from datetime import datetime, timedelta
from uuid import UUID

from luoshi.desks.duty.domain.queries.needs import periods_of, sensitive_days, touched_days
from luoshi.desks.duty.domain.queries.scheme import Way, scheme_of
from luoshi.desks.duty.domain.roster.lapsing import unproved
from luoshi.desks.duty.models import SensitivePeriod, Shift

DAY = timedelta(days=1)


def mark(period: SensitivePeriod, *, at: datetime) -> int:
    """Mark the office's shifts anew; returns how many changed."""
    first, last = period.starts_on - DAY, period.ends_on + DAY
    tense = sensitive_days(periods_of(period.office_id, first, last), first, last)
    ways: dict[UUID, Way] = {}  # by roster: what was drawn up keeps the weights of its day
    changed = []
    rows = Shift.objects.select_for_update(of=("self",)).filter(
        office_id=period.office_id, day__range=(first, period.ends_on), ends_at__gt=at
    )
    for row in rows.select_related("roster").order_by("pk"):
        days = touched_days(row.starts_at, row.ends_at, row.day)
        sensitive = any(day in tense for day in days)
        if sensitive != row.sensitive:
            if row.roster_id not in ways:
                ways[row.roster_id] = scheme_of(period.office_id, row.roster.drafted_at)
            row.sensitive = sensitive
            row.weight = ways[row.roster_id].weight(
                row.day_class, night=row.night, sensitive=sensitive
            )
            changed.append(row)
    unproved(row.pk for row in changed)
    Shift.objects.bulk_update(changed, ["sensitive", "weight"], batch_size=1000)
    return len(changed)
