"""Which levels of the ladder a duty has reached at an instant, and when the next one comes; pure
(rules.md 2.11)."""

from collections.abc import Iterator
from datetime import datetime

from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.open_hours import ladder_instant
from luoshi.supervision.chasing.enums import LADDER, Level, Step
from luoshi.supervision.matters.models import ReportDuty

Ladder = tuple[Step, ...]


def limit_of(duty: ReportDuty) -> datetime:
    """The limit that runs now: the redo limit after a return, else the due instant."""
    limit = duty.redo_due_at or duty.due_at
    if limit is None:
        raise ValueError("an undated duty has no ladder")
    return limit


def stands_for(
    step: Step, duty: ReportDuty, limit: datetime, calendar: Calendar
) -> datetime | None:
    """The instant a level stands for, or None where the level does not exist for the duty. Hour
    rules: half of the limit, the limit, twice the limit."""
    if not duty.hourly or duty.redo_due_at is not None:
        return ladder_instant(limit, step.workdays, calendar)
    if duty.trigger_at is None:
        return None
    length = limit - duty.trigger_at
    halves = {Level.L0: 1, Level.L1: 2, Level.L2: 4}
    if step.level not in halves:
        return None
    return duty.trigger_at + length / 2 * halves[step.level]


def climbed(
    duty: ReportDuty, calendar: Calendar, ladder: Ladder = LADDER
) -> Iterator[tuple[Step, datetime]]:
    """Every level of the duty with its instant, in order. Without command relation the ladder ends
    at L2 (S2-90)."""
    limit = limit_of(duty)
    for step in ladder:
        if duty.assignment.courteous and step.level > Level.L2:
            return
        stands = stands_for(step, duty, limit, calendar)
        if stands is not None:
            yield step, stands
