"""Send what the budget held, once the week allows it and while it still applies (B7, S3-68)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.core.rows.batches import batches
from luoshi.supervision.chasing.domain.dues import Reached
from luoshi.supervision.chasing.domain.governing import Week, next_chance
from luoshi.supervision.chasing.domain.reminding import Round, noted
from luoshi.supervision.chasing.domain.telling import tell
from luoshi.supervision.chasing.domain.watching import BATCH, TURN, locked
from luoshi.supervision.chasing.enums import Held
from luoshi.supervision.chasing.models import Reminder
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, DUTY_AWAITING_UNIT, DUTY_LIVE

# a higher level of the same limit was reached
OVERTAKEN = Exists(
    Reminder.objects.filter(
        duty=OuterRef("duty"), limit_at=OuterRef("limit_at"), level__gt=OuterRef("level")
    )
)


def release_held(now: Round) -> int:
    """Send every held level whose time has come and that still applies; returns how many."""
    come = Reminder.objects.filter(sent_at=None, held_reason=Held.BUDGET, possible_at__lte=now.at)
    # never again: or every night would look at all that was ever held
    come.filter(OVERTAKEN | ~Q(duty__state__in=DUTY_LIVE)).update(possible_at=None)
    rows = come.filter(
        duty__state__in=DUTY_AWAITING_UNIT,
        duty__assignment__state__in=ASSIGNMENT_OPEN,
        duty__assignment__stopped_at=None,
    ).order_by("possible_at", *(f"duty__{name}" for name in TURN))
    keys = rows.values_list("duty_id", "pk", "duty__assignment__unit_id")
    waiting: list[UUID] = []
    sent = sum(release(some, now) for some in batches(affordable(list(keys), now, waiting), BATCH))
    for some in batches(waiting, BATCH):
        Reminder.objects.filter(pk__in=some).update(possible_at=next_chance(now.at))
    return sent


def affordable(
    keys: Sequence[tuple[UUID, UUID, UUID]], now: Round, waiting: list[UUID]
) -> Iterator[tuple[UUID, UUID]]:
    """Those whose unit's week was not found full yet; the others wait for the next week."""
    for duty_id, key, unit_id in keys:
        if unit_id in now.full:
            waiting.append(key)
        else:
            yield duty_id, key


def release(keys: Sequence[tuple[UUID, UUID]], now: Round) -> int:
    """One batch in one transaction; a duty somebody is acting on waits for the next sweep."""
    with acting(actor=now.actor, at=now.at):
        levels = list(applying(keys, now))
        week = Week({one.due.unit_id for one in levels}, now.at)
        said = [one for one in levels if week.take(one.due.unit_id)]
        week.keep()
        for one in said:
            one.sent_at = now.at
        sent = {one.pk for one in said}
        Reminder.objects.filter(pk__in=sent).update(sent_at=now.at)
        waiting = [one.pk for one in levels if one.pk not in sent]
        Reminder.objects.filter(pk__in=waiting).update(possible_at=next_chance(now.at))
        tell(said, at=now.at)
        for one in said:
            noted(one, now)
        full = week.exhausted()
    now.full.update(full)  # not before it is committed
    return len(said)


def applying(keys: Sequence[tuple[UUID, UUID]], now: Round) -> Iterator[Reached]:
    """The levels of these that still apply, in their order: the duty (now locked) is owed under the
    same limit, nothing was sent and no higher level was reached since."""
    dues = {one.pk: one for one in locked({duty for duty, _row in keys}, now.at, wait=False)}
    known = Reminder.objects.filter(duty__in=dues).values_list("duty_id", "level", "limit_at")
    higher: dict[tuple[UUID, datetime], str] = {}
    for duty_id, level, limit in known:
        higher[duty_id, limit] = max(level, higher.get((duty_id, limit), ""))
    rows = Reminder.objects.select_for_update().filter(
        pk__in=[row for _duty, row in keys],
        duty__in=dues,
        sent_at=None,
        possible_at__lte=now.at,
    )
    found = {row.pk: row for row in rows.order_by("pk")}
    for duty_id, key in keys:
        row = found.get(key)
        if row is None or dues[duty_id].limit != row.limit_at:
            continue
        if higher[duty_id, row.limit_at] == row.level:
            due = dues[duty_id]
            yield Reached.recorded(row, due, now.climb.ladders.step(due.office_id, row.level))
