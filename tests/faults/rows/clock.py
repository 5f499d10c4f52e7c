"""The clock is set back exactly an hour in the middle of work, jumps a day and 400: no date moves,
nothing twice, order by sequence. What the hour means for each act: tests/supervision/chasing/
test_clock_set_back.py."""

from datetime import timedelta
from random import Random

from luoshi.foundation.accounts.models import DatabaseNature
from luoshi.foundation.audit.domain.stored import verify_stored
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.site.domain.starting import confirm_clock, refuse_clock
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.chasing.domain.urging import Wording, urge
from luoshi.supervision.chasing.enums import UrgeState
from luoshi.supervision.chasing.models import Reminder
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.models import Assignment, ReportDuty
from tests.faults.ground import Ground
from tests.faults.table import Row
from tests.story import SYSTEM, World, make_world
from tests.supervision.matters.test_circle import AT, assigned

DAY, YEAR_AND_MORE, MINUTE = timedelta(days=1), timedelta(days=400), timedelta(minutes=1)
HOUR = timedelta(hours=1)


def dates() -> dict[object, object]:
    """Every dated duty with its dates."""
    rows = ReportDuty.objects.values_list("pk", "due_at", "original_due_at")
    return {key: (due, first) for key, due, first in rows}


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """Jumps between sweeps; then the start with a clock that runs behind."""
    ground.fresh("clock")
    world = make_world()
    DatabaseNature.objects.create(pk=1, demo=False, created_at=AT)
    share = sign_for(assignment=assigned(world), actor=world.liaison, at=AT)
    hour(row, world, share)
    before, at = dates(), AT
    for number in range(20 if scale == "sample" else 200):
        at += dice.choice((-DAY, DAY, YEAR_AND_MORE, -YEAR_AND_MORE, timedelta(hours=7)))
        sweep(actor=SYSTEM, at=at)
        now = dates()
        moved = [key for key, value in before.items() if now[key] != value]
        row.check(moved == [], f"jump {number} to {at}: {len(moved)} dates moved")
    levels = Reminder.objects.filter(duty__assignment=share).values_list("duty_id", "level")
    for level in set(levels):
        row.count(list(levels).count(level), f"level {level[1]}")
    row.check(verify_stored().code == 0, "the trail is not sound")
    numbers = list(Entry.objects.order_by("id").values_list("seq", flat=True))
    row.check(numbers == [*range(1, len(numbers) + 1)], "order by sequence")
    starts(row)


def hour(row: Row, world: World, share: Assignment) -> None:
    """Exactly an hour back between a nudge by hand and the next act, then right again: the nudge
    holds the second one, the slip stays signed, the sweep says nothing again, no limit moves."""
    late = AT + 18 * DAY
    urge(share=share, wording=Wording(), actor=world.officer, at=late)
    sweep(actor=SYSTEM, at=late + 5 * MINUTE)
    before, told = dates(), Notice.objects.count()
    again = urge(share=share, wording=Wording(), actor=world.second_officer, at=late - HOUR)
    row.check(again.state == UrgeState.HELD, "a second nudge in the repeated hour")
    try:
        sign_for(assignment=share, actor=world.liaison, at=late - HOUR + MINUTE)
        row.check(False, "signed for twice")
    except Refused as refusal:
        row.check(refusal.code == "already-signed", f"signing again: {refusal.code}")
    for at in (late - HOUR + 5 * MINUTE, late, late + 10 * MINUTE):
        sweep(actor=SYSTEM, at=at)
    row.check(Notice.objects.count() == told, "somebody was told again")
    row.check(dates() == before, "a date moved by the hour")


def starts(row: Row) -> None:
    """Five minutes behind are let pass; more is refused until confirmed, then never again."""
    last = Entry.objects.order_by("-seq").values_list("at", flat=True)[0]
    row.check(refused(last - 4 * MINUTE) == "", "4 minutes behind")
    row.check(refused(last + YEAR_AND_MORE) == "", "ahead")
    row.check(refused(last - DAY) == "clock-behind", "a day behind")
    confirm_clock(at=last - DAY)
    row.check(refused(last - DAY) == "", "confirmed")


def refused(at: object) -> str:
    """The code of the refusal to start, or "" when it starts."""
    try:
        refuse_clock(at=at)  # type: ignore[arg-type]
    except Refused as refusal:
        return refusal.code
    return ""
