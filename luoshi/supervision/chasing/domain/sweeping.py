"""The sweep: what time alone brings, brought exactly once (architecture.md "State").

For an instant `at`: next periods' duties are made, every ladder level that was reached and is not
yet recorded is recorded with the day it stands for and its notice is sent, and expired summaries
are recounted. Run it twice: nothing new. Miss four nights: each missed level appears once.

Levels L0 to L2 go through the governor's weekly budget of the unit, L3 and L4 do not. Of several
missed levels only the highest speaks to the unit; what is not sent is recorded with the reason,
and what the budget held goes out when the next week allows it and still applies (B7, S3-68).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.open_hours import ladder_instant
from luoshi.supervision.chasing import rules
from luoshi.supervision.chasing.domain.governing import next_chance, take
from luoshi.supervision.chasing.domain.laddering import ladders
from luoshi.supervision.chasing.domain.telling import tell
from luoshi.supervision.chasing.enums import BUDGETED, LADDER, Held, Level, Step
from luoshi.supervision.chasing.models import Reminder
from luoshi.supervision.matters.domain.duty.scheduling import make_duties
from luoshi.supervision.matters.domain.share.summarising import refresh, refresh_expired
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, DUTY_AWAITING_UNIT, Part
from luoshi.supervision.matters.models import Assignment, ReportDuty

AHEAD = timedelta(days=20)
BATCH = 500
# whose turn it is when the week's budget is short: the earlier limit, then who had the work first
SHARE = ("assignment__assigned_at", "assignment__unit__code", "assignment__matter__number")
TURN = ("due_at", *SHARE, "rule_code", "pk")


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
    release_held(actor=actor, at=at)
    reminders = remind(actor=actor, at=at)
    summaries = refresh_expired(at=at)
    return Swept(duties, reminders, summaries)


def extend_duties(*, actor: Actor, at: datetime) -> int:
    """Make the duties of periods that have begun since; idempotent. A share is looked at again on
    the day its next period begins, or after any act on it."""
    made, today = 0, office_date(at)
    running = Assignment.objects.filter(state__in=ASSIGNMENT_OPEN, stopped_at=None)
    due = Q(extends_on=None) | Q(extends_on__lte=today)
    shares = running.filter(due).exclude(part=Part.JOINT)
    recurring = shares.filter(duties__deadline__type__in=("recurring", "dates")).distinct()
    for pk in recurring.values_list("pk", flat=True).iterator(chunk_size=BATCH):
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


def remind(*, actor: Actor, at: datetime) -> int:
    """Record every level that has been reached; send it, or hold it with its reason."""
    calendar, own = current_calendar(), ladders()
    made = 0
    for duty in due_before(at + AHEAD):
        ladder = own.get(duty.assignment.matter.office_id, LADDER)
        missing = [
            (step, stands)
            for step, stands in reached(duty, calendar, at, ladder)
            if new(duty, step)
        ]
        if not missing:
            continue
        with acting(actor=actor, at=at):
            if not still_awaited(duty):
                continue
            speaks = [step.level for step, _stands in missing if step.level in BUDGETED][-1:]
            for step, stands in missing:
                overtaken = step.level in BUDGETED and step.level not in speaks
                made += raise_level(duty, step, stands, overtaken=overtaken, actor=actor, at=at)
    return made


def still_awaited(duty: ReportDuty) -> bool:
    """Whether the unit still owes the duty under the same limit; locks it until commit, so that a
    report sent meanwhile is not followed by a notice; a nudge that refers to it need not wait."""
    rows = ReportDuty.objects.select_for_update(no_key=True).filter(
        pk=duty.pk,
        state__in=DUTY_AWAITING_UNIT,
        due_at=duty.due_at,
        redo_due_at=duty.redo_due_at,
    )
    return bool(rows.first())


def release_held(*, actor: Actor, at: datetime) -> int:
    """Send what the budget held, once the week allows it, while the level still applies: the duty
    is open under the same limit and no higher level was reached."""
    rows = Reminder.objects.filter(
        sent_at=None,
        held_reason=Held.BUDGET,
        possible_at__lte=at,
        duty__state__in=DUTY_AWAITING_UNIT,
        duty__assignment__state__in=ASSIGNMENT_OPEN,
        duty__assignment__stopped_at=None,
    ).order_by("possible_at", *(f"duty__{name}" for name in TURN))
    steps = {step.level.value: step for step in LADDER}
    own = ladders()
    sent = 0
    for key in list(rows.values_list("pk", flat=True)):
        with acting(actor=actor, at=at):
            row = held_row(key, at)
            if row is None:
                continue
            share = row.duty.assignment
            if take(share.unit_id, at):
                found = own.get(share.matter.office_id, LADDER)
                step = next((one for one in found if one.level == row.level), steps[row.level])
                sent += say(row, step, actor=actor, at=at)
            else:
                row.possible_at = next_chance(at)
                row.save(update_fields=("possible_at",))
    return sent


def held_row(key: UUID, at: datetime) -> Reminder | None:
    """A held reminder that still applies, locked; None where it was sent or overtaken."""
    rows = Reminder.objects.select_for_update(of=("self",)).filter(
        pk=key, sent_at=None, possible_at__lte=at
    )
    row = rows.select_related("duty__assignment__matter__office", "duty__assignment__unit").first()
    if row is None or limit_of(row.duty) != row.limit_at or not still_awaited(row.duty):
        return None
    higher = Reminder.objects.filter(
        duty=row.duty, limit_at=row.limit_at, level__gt=row.level
    ).exists()
    return None if higher else row


def say(row: Reminder, step: Step, *, actor: Actor, at: datetime) -> int:
    """Send one recorded level to its audience."""
    row.sent_at = at
    row.save(update_fields=("sent_at", "held_reason"))
    tell(row, step, at=at)
    duty = row.duty
    after = {"level": row.level, "unit": str(duty.assignment.unit), "duty": duty.title_zh}
    record("chasing.reminded", actor=actor, at=at, obj=duty.assignment.matter, after=after)
    return 1


def due_before(at: datetime) -> Iterator[ReportDuty]:
    """Open duties whose limit lies before `at`, with what the notices need; a stopped clock is
    silent (features row 20)."""
    rows = ReportDuty.objects.filter(
        state__in=DUTY_AWAITING_UNIT,
        due_at__lte=at,
        assignment__state__in=ASSIGNMENT_OPEN,
        assignment__stopped_at=None,
    ).select_related(
        "assignment__matter__office", "assignment__unit", "assignment__matter__instructed_by"
    )
    return rows.prefetch_related("reminders").order_by(*TURN).iterator(chunk_size=BATCH)


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


def reached(
    duty: ReportDuty, calendar: Calendar, at: datetime, ladder: tuple[Step, ...] = LADDER
) -> Iterator[tuple[Step, datetime]]:
    """The levels reached at `at`, in order, each with the instant it stands for. Hour rules: half
    of the limit, the limit, twice the limit. Without command relation the ladder ends at L2."""
    limit = limit_of(duty)
    for step in ladder:
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
    duty: ReportDuty,
    step: Step,
    stands: datetime,
    *,
    overtaken: bool,
    actor: Actor,
    at: datetime,
) -> int:
    """Record one level (once, by constraint); tell its audience unless it is overtaken or the
    unit's week is spent."""
    row, made = Reminder.objects.get_or_create(
        duty=duty,
        level=step.level,
        limit_at=limit_of(duty),
        defaults={
            "stands_for": stands,
            "made_at": at,
            "courteous": duty.assignment.courteous,
            "held_reason": Held.OVERTAKEN,
        },
    )
    if not made:
        return 0
    if overtaken:
        return 1
    row.held_reason = ""
    if step.level in BUDGETED and not take(duty.assignment.unit_id, at):
        row.held_reason, row.possible_at = Held.BUDGET, next_chance(at)
        row.save(update_fields=("held_reason", "possible_at"))
        after = {"level": row.level, "unit": str(duty.assignment.unit), "duty": duty.title_zh}
        record("chasing.held", actor=actor, at=at, obj=duty.assignment.matter, after=after)
        return 1
    return say(row, step, actor=actor, at=at)
