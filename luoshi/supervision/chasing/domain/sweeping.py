"""The sweep: what time alone brings, brought exactly once (architecture.md "State").

For an instant `at`: next periods' duties are made, every ladder level that was reached and is not
yet recorded is recorded with the day it stands for and its notice is sent, and expired summaries
are recounted. Run it twice: nothing new. Miss four nights: each missed level appears once. What the
budget held goes out when the next week allows it and still applies (B7, S3-68).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import one_calendar
from luoshi.supervision.chasing import rules
from luoshi.supervision.chasing.domain.releasing import release_held
from luoshi.supervision.chasing.domain.reminding import Round, remind
from luoshi.supervision.matters.domain.duty.scheduling import make_duties
from luoshi.supervision.matters.domain.share.summarising import refresh, refresh_expired
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, Part
from luoshi.supervision.matters.models import REPEATS, Assignment, ReportDuty

BATCH = 500


@dataclass(frozen=True)
class Swept:
    """What a sweep did."""

    duties: int
    reminders: int
    summaries: int


def sweep(*, actor: Actor, at: datetime) -> Swept:
    """Bring everything that is due at `at`."""
    ensure(rules.may_sweep(actor))
    with one_calendar():
        duties = extend_duties(actor=actor, at=at)
        now = Round.of(actor, at)
        release_held(now)
        reminders = remind(now)
    summaries = refresh_expired(at=at)
    return Swept(duties, reminders, summaries)


def extend_duties(*, actor: Actor, at: datetime) -> int:
    """Make the duties of periods that have begun since; idempotent. A share is looked at again on
    the day its next period begins, or after any act on it."""
    made, today = 0, office_date(at)
    running = Assignment.objects.filter(state__in=ASSIGNMENT_OPEN, stopped_at=None)
    due = Q(extends_on=None) | Q(extends_on__lte=today)
    shares = running.filter(due).exclude(part=Part.JOINT)
    recurring = ReportDuty.objects.filter(REPEATS, assignment=OuterRef("pk"))
    rows = shares.filter(Exists(recurring)).values_list("pk", flat=True)
    for pk in rows.iterator(chunk_size=BATCH):
        with acting(actor=actor, at=at):
            share = locked(Assignment.objects.select_related("matter"), pk)
            if share.state not in ASSIGNMENT_OPEN or share.stopped_at is not None:
                continue
            new = make_duties(share, on=today)
            again_on = share.extends_on
            if new:
                refresh(share, at=at)
                after = {"duties": [row.title_zh for row in new]}
                record("matters.scheduled", actor=actor, at=at, obj=share.matter, after=after)
            Assignment.objects.filter(pk=pk).update(extends_on=again_on)
        made += len(new)
    return made
