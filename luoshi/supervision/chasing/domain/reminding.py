"""Record the levels that duties have reached, in batches: each batch is one transaction, so that a
sweep that is killed has done whole batches, and the next one goes on.

Levels L0 to L2 go through the governor's weekly budget of the unit, L3 and L4 do not. Of several
missed levels only the highest speaks to the unit; what is not sent is recorded with the reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.copying import copy_in
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.rows.batches import batches
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.supervision.chasing.domain.climbing import climbed, limit_of
from luoshi.supervision.chasing.domain.governing import Week, next_chance
from luoshi.supervision.chasing.domain.laddering import Ladders
from luoshi.supervision.chasing.domain.telling import tell
from luoshi.supervision.chasing.domain.watching import (
    BATCH,
    basis_of,
    locked,
    looked_at,
    to_look_at,
)
from luoshi.supervision.chasing.enums import BUDGETED, Held, Step
from luoshi.supervision.chasing.models import Reminder
from luoshi.supervision.matters.models import ReportDuty

Levels = list[tuple[Reminder, Step]]


@dataclass(frozen=True)
class Round:
    """One sweep: who, when, and the rules it goes by."""

    actor: Actor
    at: datetime
    calendar: Calendar
    ladders: Ladders

    @classmethod
    def of(cls, actor: Actor, at: datetime) -> "Round":
        """A sweep at `at` by the rules in force."""
        return cls(actor, at, current_calendar(), Ladders.now())


def remind(now: Round) -> int:
    """Record every level that has been reached; send it, or hold it with its reason. A duty that
    somebody is acting on is looked at after the others. Returns how many levels are new."""
    keys = list(to_look_at(now.at, basis_of(now.calendar, now.ladders)))
    made, busy = 0, set(keys)
    for some in batches(keys, BATCH):
        seen, levels = look(some, now, wait=False)
        busy -= seen
        made += levels
    for key in (one for one in keys if one in busy):
        made += look([key], now, wait=True)[1]
    return made


def look(keys: Sequence[UUID], now: Round, *, wait: bool) -> tuple[set[UUID], int]:
    """One batch in one transaction: (the duties looked at, how many levels are new)."""
    with acting(actor=now.actor, at=now.at):
        duties = locked(keys, now.at, wait=wait)
        levels = list(missing(duties, now))
        govern(levels, now)
        copy_in([row for row, _step in levels])
        said = [(row, step) for row, step in levels if row.sent_at is not None]
        tell(said, at=now.at)
        for row, _step in levels:
            noted(row, now)
        looked_at(duties, now.ladders, now.calendar, now.at)
    return {duty.pk for duty in duties}, len(levels)


def missing(duties: Sequence[ReportDuty], now: Round) -> Iterator[tuple[Reminder, Step]]:
    """The levels reached and not recorded yet for the running limit, each once (the duties are
    locked); what a higher one overtakes is held for that reason."""
    rows = Reminder.objects.filter(duty__in=[duty.pk for duty in duties])
    known = set(rows.values_list("duty_id", "level", "limit_at"))
    for duty in duties:
        limit = limit_of(duty)
        reached = [
            (step, stands)
            for step, stands in climbed(duty, now.calendar, now.ladders.of(duty))
            if stands <= now.at and (duty.pk, step.level.value, limit) not in known
        ]
        speaks = [step.level for step, _stands in reached if step.level in BUDGETED][-1:]
        for step, stands in reached:
            overtaken = step.level in BUDGETED and step.level not in speaks
            row = Reminder(
                duty=duty,
                level=step.level,
                limit_at=limit,
                stands_for=stands,
                made_at=now.at,
                courteous=duty.assignment.courteous,
                held_reason=Held.OVERTAKEN if overtaken else "",
            )
            yield row, step


def govern(levels: Levels, now: Round) -> None:
    """Let what is not overtaken speak as far as the unit's week allows."""
    speaking = [(row, step) for row, step in levels if not row.held_reason]
    units = {row.duty.assignment.unit_id for row, step in speaking if step.level in BUDGETED}
    week, later = Week(units, now.at), next_chance(now.at)
    for row, step in speaking:
        if step.level not in BUDGETED or week.take(row.duty.assignment.unit_id):
            row.sent_at = now.at
        else:
            row.held_reason, row.possible_at = Held.BUDGET, later
    week.keep()


def noted(row: Reminder, now: Round) -> None:
    """The entry of a level in the trail of its matter; what was overtaken needs none."""
    if row.held_reason == Held.OVERTAKEN:
        return
    duty = row.duty
    record(
        "chasing.reminded" if row.sent_at else "chasing.held",
        actor=now.actor,
        at=now.at,
        obj=duty.assignment.matter,
        after={"level": row.level, "unit": str(duty.assignment.unit), "duty": duty.title_zh},
    )
