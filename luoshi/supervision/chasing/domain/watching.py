"""Which duties the sweep has to look at: all that were never looked at under the limit, the
calendar and the ladders that run now, and those whose next level is reached. The rest costs the
night nothing."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.supervision.chasing.domain.climbing import climbed, limit_of
from luoshi.supervision.chasing.domain.laddering import Ladders
from luoshi.supervision.chasing.models import Watch
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, DUTY_AWAITING_UNIT
from luoshi.supervision.matters.models import ReportDuty

AHEAD = timedelta(days=20)
BATCH = 1000
# whose turn it is when the week's budget is short: the earlier limit, then who had the work first
SHARE = ("assignment__assigned_at", "assignment__unit__code", "assignment__matter__number")
TURN = ("due_at", *SHARE, "rule_code", "pk")

MATTER = ("number", "title", "office_id", "instructed_by__username")
ASSIGNED = ("courteous", "unit__name", "unit__short_name", *(f"matter__{name}" for name in MATTER))
READ = (
    *("due_at", "redo_due_at", "trigger_at", "hourly", "title_zh", "title_en"),
    *(f"assignment__{name}" for name in ASSIGNED),
)


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


def locked(keys: Iterable[UUID], at: datetime, *, wait: bool) -> list[ReportDuty]:
    """These duties as far as their units still owe them, in their turn, locked until commit, so
    that a report sent meanwhile is not followed by a notice; a nudge that refers to one need not
    wait. Without `wait` those somebody is acting on are left out."""
    rows = due_before(at + AHEAD).filter(pk__in=list(keys))
    rows = rows.select_for_update(of=("self",), no_key=True, skip_locked=not wait)
    return list(
        rows.select_related("assignment__matter__instructed_by", "assignment__unit").only(*READ)
    )


def looked_at(
    duties: Iterable[ReportDuty], ladders: Ladders, calendar: Calendar, at: datetime
) -> None:
    """Note when each of these duties has to be looked at again."""
    basis = basis_of(calendar, ladders)
    rows = [
        Watch(
            duty_id=duty.pk,
            limit_at=limit_of(duty),
            courteous=duty.assignment.courteous,
            basis=basis,
            next_at=next_level(duty, ladders, calendar, at),
        )
        for duty in duties
    ]
    Watch.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["duty"],
        update_fields=["limit_at", "courteous", "basis", "next_at"],
    )


def next_level(
    duty: ReportDuty, ladders: Ladders, calendar: Calendar, at: datetime
) -> datetime | None:
    """When the duty reaches its next level, if it has one more."""
    steps = climbed(duty, calendar, ladders.of(duty))
    return min((stands for _step, stands in steps if stands > at), default=None)
