"""Record the levels that duties have reached, in batches: each batch is one transaction, so that a
sweep that is killed has done whole batches, and the next one goes on.

Levels L0 to L2 go through the governor's weekly budget of the unit, L3 and L4 do not. Of several
missed levels only the highest speaks to the unit; what is not sent is recorded with the reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.copying import copy_values
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.rows.batches import batches
from luoshi.foundation.core.rows.lots import shared_out
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.chasing.domain.climbing import Climb
from luoshi.supervision.chasing.domain.dues import Due, Reached
from luoshi.supervision.chasing.domain.governing import Week, next_chance
from luoshi.supervision.chasing.domain.laddering import Ladders
from luoshi.supervision.chasing.domain.telling import tell
from luoshi.supervision.chasing.domain.watching import (
    BATCH,
    locked,
    looked_at,
    to_look_at,
    units_of,
)
from luoshi.supervision.chasing.enums import BUDGETED, Held
from luoshi.supervision.chasing.models import Reminder

COLUMNS = (
    *("id", "duty_id", "level", "limit_at", "stands_for", "made_at", "sent_at", "courteous"),
    *("held_reason", "possible_at"),
)


@dataclass(frozen=True)
class Round:
    """One sweep: who, when, the rules it goes by, and the units whose week was found full."""

    actor: Actor
    at: datetime
    climb: Climb
    full: set[UUID] = field(default_factory=set)

    @classmethod
    def of(cls, actor: Actor, at: datetime) -> "Round":
        """A sweep at `at` by the rules in force."""
        return cls(actor, at, Climb(current_calendar(), Ladders.now()))


def remind(now: Round) -> int:
    """Record every level that has been reached; send it, or hold it with its reason. In a long
    night a unit is in one lot only: its week is spent in the turn of its duties. Returns how many
    levels are new."""
    keys = list(to_look_at(now.at, now.climb))
    return shared_out(keys, partial(remind_lot, now), units_of)


def remind_lot(now: Round, keys: Sequence[UUID]) -> int:
    """The duties of one lot; one that somebody is acting on is looked at after the others."""
    own = replace(now, full=set(now.full))
    made, busy = 0, set(keys)
    for some in batches(keys, BATCH):
        seen, levels = look(some, own, wait=False)
        busy -= seen
        made += levels
    for key in (one for one in keys if one in busy):
        made += look([key], own, wait=True)[1]
    return made


def look(keys: Sequence[UUID], now: Round, *, wait: bool) -> tuple[set[UUID], int]:
    """One batch in one transaction: (the duties looked at, how many levels are new)."""
    with acting(actor=now.actor, at=now.at):
        dues = locked(keys, now.at, wait=wait)
        levels = list(missing(dues, now))
        full = govern(levels, now)
        copy_values(Reminder, COLUMNS, (row_of(one, now.at) for one in levels))
        tell([one for one in levels if one.sent_at is not None], at=now.at)
        for one in levels:
            noted(one, now)
        looked_at(dues, now.climb, now.at)
    now.full.update(full)  # not before it is committed
    return {due.pk for due in dues}, len(levels)


def missing(dues: Sequence[Due], now: Round) -> Iterator[Reached]:
    """The levels reached and not recorded yet for the running limit, each once (the duties are
    locked); what a higher one overtakes is held for that reason."""
    rows = Reminder.objects.filter(duty__among=[due.pk for due in dues])
    recorded: dict[UUID, set[tuple[str, datetime]]] = {}
    for duty_id, level, limit_at in rows.values_list("duty_id", "level", "limit_at"):
        recorded.setdefault(duty_id, set()).add((level, limit_at))
    for due in dues:
        limit, known = due.limit, recorded.get(due.pk, ())
        reached = [
            (step, stands)
            for step, stands in now.climb.of(due)
            if stands <= now.at and (step.level.value, limit) not in known
        ]
        speaks = [step.level for step, _stands in reached if step.level in BUDGETED][-1:]
        for step, stands in reached:
            overtaken = step.level in BUDGETED and step.level not in speaks
            held = Held.OVERTAKEN.value if overtaken else ""
            yield Reached(due, step, limit, stands, due.courteous, held)


def govern(levels: Sequence[Reached], now: Round) -> set[UUID]:
    """Let what is not overtaken speak as far as the unit's week allows; returns the units whose
    week is full with it."""
    speaking = [one for one in levels if not one.held_reason]
    units = {one.due.unit_id for one in speaking if one.step.level in BUDGETED} - now.full
    week, later = Week(units, now.at), next_chance(now.at)
    for one in speaking:
        unit_id = one.due.unit_id
        free = one.step.level not in BUDGETED
        if free or (unit_id not in now.full and week.take(unit_id)):
            one.sent_at = now.at
        else:
            one.held_reason, one.possible_at = Held.BUDGET.value, later
    week.keep()
    return week.exhausted()


def row_of(one: Reached, at: datetime) -> tuple[object, ...]:
    """The level as a row of `COLUMNS`."""
    return (
        *(one.pk, one.due.pk, one.step.level.value, one.limit_at, one.stands_for, at),
        *(one.sent_at, one.courteous, one.held_reason, one.possible_at),
    )


def noted(one: Reached, now: Round) -> None:
    """The entry of a level in the trail of its matter; what was overtaken needs none."""
    if one.held_reason == Held.OVERTAKEN:
        return
    due = one.due
    record(
        "chasing.reminded" if one.sent_at else "chasing.held",
        actor=now.actor,
        at=now.at,
        object_kind="matters.matter",
        object_id=due.matter_id,
        object_label=f"{due.number} {due.title}".strip(),
        after={"level": one.step.level.value, "unit": due.unit, "duty": due.title_zh},
    )
