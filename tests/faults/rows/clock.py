"""The clock jumps back a day and forward 400: no date moves, nothing twice, order by sequence."""

from datetime import timedelta
from random import Random

from luoshi.foundation.accounts.models import DatabaseNature
from luoshi.foundation.audit.domain.stored import verify_stored
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Refused
from luoshi.site.domain.starting import confirm_clock, refuse_clock
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.chasing.models import Reminder
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.models import ReportDuty
from tests.faults.ground import Ground
from tests.faults.table import Row
from tests.story import SYSTEM, make_world
from tests.supervision.matters.test_circle import AT, assigned

DAY, YEAR_AND_MORE, MINUTE = timedelta(days=1), timedelta(days=400), timedelta(minutes=1)


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
