"""Which duties the sweep has to look at: all that were never looked at under the limit, the
calendar and the ladders that run now, and those whose next level is reached. The rest costs the
night nothing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from luoshi.foundation.audit.domain.copying import as_array
from luoshi.supervision.chasing.domain.climbing import Climb
from luoshi.supervision.chasing.domain.dues import Due, read
from luoshi.supervision.chasing.models import Watch
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, DUTY_AWAITING_UNIT
from luoshi.supervision.matters.models import ReportDuty

AHEAD = timedelta(days=20)
BATCH = 1000
# whose turn it is when the week's budget is short: the earlier limit, then who had the work first;
# the rest only settles ties the same way every time
SHARE = ("assignment__assigned_at", "assignment__unit__code", "assignment__matter__number")
TURN = ("due_at", *SHARE, "rule_code", "pk")

# without command relation the ladder ends at L2 (S2-90): nothing more was to come
ENDED_KINDLY = Watch.objects.filter(courteous=True, next_at=None)

# in one statement: Django's own upsert of a thousand rows took longer than finding what they say
NOTED = """
INSERT INTO chasing_watch (basis, duty_id, limit_at, courteous, next_at)
SELECT %s, * FROM unnest(%s::uuid[], %s::timestamptz[], %s::boolean[], %s::timestamptz[])
ON CONFLICT (duty_id) DO UPDATE SET basis = excluded.basis, limit_at = excluded.limit_at,
    courteous = excluded.courteous, next_at = excluded.next_at
"""


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


def to_look_at(at: datetime, climb: Climb) -> Iterator[UUID]:
    """The keys of the duties to look at, by their limits, streamed: those whose first level may
    have come (of a limit in hours it comes halfway), then those that are owed an order since their
    unit came under command. One index answers; shares and units, which settle whose turn it is
    among equal limits and what stands still, are read batch by batch (`locked`)."""
    owed = ReportDuty.objects.filter(state__in=DUTY_AWAITING_UNIT, due_at__lte=at + AHEAD)
    near = Q(due_at__lte=climb.horizon(at)) | Q(hourly=True)
    seen = Watch.objects.filter(
        Q(next_at=None) | Q(next_at__gt=at),
        duty=OuterRef("pk"),
        limit_at=Coalesce(OuterRef("redo_due_at"), OuterRef("due_at")),
        basis=climb.basis,
    )
    commanded = owed.filter(watch__in=ENDED_KINDLY, assignment__courteous=False)
    for rows in (owed.filter(near, ~Exists(seen)), commanded):
        keys = rows.order_by("due_at", "pk").values_list("pk", flat=True)
        yield from keys.iterator(chunk_size=BATCH)


def units_of(keys: Sequence[UUID]) -> Iterator[tuple[UUID, UUID]]:
    """(duty, the unit that owes it)."""
    rows = ReportDuty.objects.filter(pk__among=keys)
    yield from rows.values_list("pk", "assignment__unit_id")


def locked(keys: Iterable[UUID], at: datetime, *, wait: bool) -> list[Due]:
    """These duties as far as their units still owe them, in their turn, locked until commit, so
    that a report sent meanwhile is not followed by a notice; a nudge that refers to one need not
    wait. Without `wait` those somebody is acting on are left out."""
    rows = due_before(at + AHEAD).filter(pk__among=list(keys))
    return list(read(rows.select_for_update(of=("self",), no_key=True, skip_locked=not wait)))


def looked_at(dues: Sequence[Due], climb: Climb, at: datetime) -> None:
    """Note when each of these duties has to be looked at again."""
    with connection.cursor() as cursor:
        cursor.execute(
            NOTED,
            [
                climb.basis,
                as_array([due.pk for due in dues]),
                as_array([due.limit for due in dues]),
                as_array([due.courteous for due in dues]),
                as_array([climb.next_level(due, at) for due in dues]),
            ],
        )
