"""The sweep: what time alone brings, brought exactly once (architecture.md "State").

For an instant `at`: next periods' duties are made, every ladder level that was reached and is not
yet recorded is recorded with the day it stands for and its notice is sent, and expired summaries
are recounted. Run it twice: nothing new. Miss four nights: each missed level appears once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.open_hours import ladder_instant
from luoshi.supervision.chasing import rules
from luoshi.supervision.chasing.domain.telling import tell
from luoshi.supervision.chasing.enums import LADDER, Level, Step
from luoshi.supervision.chasing.models import Reminder
from luoshi.supervision.matters.domain.duty.scheduling import make_duties
from luoshi.supervision.matters.domain.share.summarising import refresh, refresh_expired
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, DUTY_AWAITING_UNIT, Part
from luoshi.supervision.matters.models import Assignment, ReportDuty

AHEAD = timedelta(days=12)
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
    duties = extend_duties(actor=actor, at=at)
    reminders = remind(actor=actor, at=at)
    summaries = refresh_expired(at=at)
    return Swept(duties, reminders, summaries)


def extend_duties(*, actor: Actor, at: datetime) -> int:
    """Make the duties of periods that have begun since; idempotent."""
    made = 0
    running = Assignment.objects.filter(state__in=ASSIGNMENT_OPEN, stopped_at=None)
    shares = running.exclude(part=Part.JOINT)
    recurring = shares.filter(duties__deadline__type__in=("recurring", "dates")).distinct()
    for share in recurring.select_related("matter").iterator(chunk_size=BATCH):
        with acting(actor=actor, at=at):
            new = make_duties(share, on=office_date(at))
            if new:
                refresh(share, at=at)
                after = {"duties": [row.title_zh for row in new]}
                record("matters.scheduled", actor=actor, at=at, obj=share.matter, after=after)
        made += len(new)
    return made


def remind(*, actor: Actor, at: datetime) -> int:
    """Record and send every level that has been reached."""
    calendar = current_calendar()
    made = 0
    for duty in due_before(at + AHEAD):
        missing = [
            (step, stands) for step, stands in reached(duty, calendar, at) if new(duty, step)
        ]
        if not missing:
            continue
        with acting(actor=actor, at=at):
            for step, stands in missing:
                made += raise_level(duty, step, stands, actor=actor, at=at)
    return made


def due_before(at: datetime) -> Iterator[ReportDuty]:
    """Open duties whose limit lies before `at`, with what the notices need; a stopped clock is
    silent (features row 20)."""
    rows = ReportDuty.objects.filter(
        state__in=DUTY_AWAITING_UNIT,
        due_at__lte=at,
        assignment__state__in=ASSIGNMENT_OPEN,
        assignment__stopped_at=None,
    ).select_related("assignment__matter__office", "assignment__unit")
    return rows.prefetch_related("reminders").order_by("due_at", "pk").iterator(chunk_size=BATCH)


def limit_of(duty: ReportDuty) -> datetime:
    """The limit that runs now: the redo limit after a return, else the due instant."""
    limit = duty.redo_due_at or duty.due_at
    if limit is None:
        raise ValueError("an undated duty has no ladder")
    return limit


def new(duty: ReportDuty, step: Step) -> bool:
    """Whether this level is not recorded yet for the running limit."""
    limit = limit_of(duty)
    known = ((row.level, row.limit_at) for row in duty.reminders.all())
    return (step.level.value, limit) not in known


def reached(duty: ReportDuty, calendar: Calendar, at: datetime) -> Iterator[tuple[Step, datetime]]:
    """The levels reached at `at`, in order, each with the instant it stands for. Hour rules: half
    of the limit, the limit, twice the limit. Without command relation the ladder ends at L2."""
    limit = limit_of(duty)
    for step in LADDER:
        if duty.assignment.courteous and step.level > Level.L2:
            return
        stands = stands_for(step, duty, limit, calendar)
        if stands is not None and stands <= at:
            yield step, stands


def stands_for(
    step: Step, duty: ReportDuty, limit: datetime, calendar: Calendar
) -> datetime | None:
    """The instant a level stands for, or None where the level does not exist for the duty."""
    if not duty.hourly or duty.redo_due_at is not None:
        return ladder_instant(limit, step.workdays, calendar)
    if duty.trigger_at is None:
        return None
    length = limit - duty.trigger_at
    halves = {Level.L0: 1, Level.L1: 2, Level.L2: 4}
    if step.level not in halves:
        return None
    return duty.trigger_at + length / 2 * halves[step.level]


def raise_level(
    duty: ReportDuty, step: Step, stands: datetime, *, actor: Actor, at: datetime
) -> int:
    """Record one level (once, by constraint) and tell its audience."""
    row, made = Reminder.objects.get_or_create(
        duty=duty,
        level=step.level,
        limit_at=limit_of(duty),
        defaults={
            "stands_for": stands,
            "made_at": at,
            "courteous": duty.assignment.courteous,
        },
    )
    if not made:
        return 0
    tell(row, step, at=at)
    after = {"level": step.level.value, "unit": str(duty.assignment.unit), "duty": duty.title_zh}
    record("chasing.reminded", actor=actor, at=at, obj=duty.assignment.matter, after=after)
    return 1
