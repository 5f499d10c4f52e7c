"""Which duties the sweep has to look at: all that were never looked at under the limit, the
calendar and the ladders that run now, and those whose next level is reached. The rest costs the
night nothing."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.supervision.chasing.domain.climbing import Climb
from luoshi.supervision.chasing.domain.dues import Due, read
from luoshi.supervision.chasing.domain.laddering import Ladders
from luoshi.supervision.chasing.models import Watch
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, DUTY_AWAITING_UNIT
from luoshi.supervision.matters.models import ReportDuty

AHEAD = timedelta(days=20)
BATCH = 1000
# whose turn it is when the week's budget is short: the earlier limit, then who had the work first
SHARE = ("assignment__assigned_at", "assignment__unit__code", "assignment__matter__number")
TURN = ("due_at", *SHARE, "rule_code", "pk")

# in one statement: Django's own upsert of a thousand rows took longer than finding what they say
NOTED = """
INSERT INTO chasing_watch (basis, duty_id, limit_at, courteous, next_at)
SELECT %s, * FROM unnest(%s::uuid[], %s::timestamptz[], %s::boolean[], %s::timestamptz[])
ON CONFLICT (duty_id) DO UPDATE SET basis = excluded.basis, limit_at = excluded.limit_at,
    courteous = excluded.courteous, next_at = excluded.next_at
"""


def basis_of(calendar: Calendar, ladders: Ladders) -> str:
    """A short name of what levels are computed with: another edition of the calendar or another
    version of any ladder gives another one, whatever a sweep that still runs writes meanwhile."""
    editions = [f"{year}.{one.number}" for year, one in sorted(calendar.editions.items())]
    versions = [f"{office}.{version}" for office, version in ladders.versions]
    return hashlib.sha256(",".join(editions + versions).encode()).hexdigest()[:16]


def due_before(at: datetime) -> "QuerySet[ReportDuty]":
    """Open duties whose limit lies before `at`, in their turn; a stopped clock is silent (features
    row 20)."""
    rows = ReportDuty.objects.filter(
        state__in=DUTY_AWAITING_UNIT,
        due_at__lte=at,
        assignment__state__in=ASSIGNMENT_OPEN,
        assignment__stopped_at=None,
    )
    return rows.order_by(*TURN)


def to_look_at(at: datetime, basis: str) -> Iterator[UUID]:
    """The keys of the duties to look at, in their turn, streamed."""
    seen = Watch.objects.filter(
        Q(next_at=None) | Q(next_at__gt=at),
        duty=OuterRef("pk"),
        limit_at=Coalesce(OuterRef("redo_due_at"), OuterRef("due_at")),
        courteous=OuterRef("assignment__courteous"),
        basis=basis,
    )
    rows = due_before(at + AHEAD).filter(~Exists(seen))
    return rows.values_list("pk", flat=True).iterator(chunk_size=BATCH)


def locked(keys: Iterable[UUID], at: datetime, *, wait: bool) -> list[Due]:
    """These duties as far as their units still owe them, in their turn, locked until commit, so
    that a report sent meanwhile is not followed by a notice; a nudge that refers to one need not
    wait. Without `wait` those somebody is acting on are left out."""
    rows = due_before(at + AHEAD).filter(pk__in=list(keys))
    return list(read(rows.select_for_update(of=("self",), no_key=True, skip_locked=not wait)))


def looked_at(dues: Sequence[Due], climb: Climb, at: datetime) -> None:
    """Note when each of these duties has to be looked at again."""
    with connection.cursor() as cursor:
        cursor.execute(
            NOTED,
            [
                basis_of(climb.calendar, climb.ladders),
                [due.pk for due in dues],
                [due.limit for due in dues],
                [due.courteous for due in dues],
                [climb.next_level(due, at) for due in dues],
            ],
        )
