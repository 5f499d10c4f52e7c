"""The sweep missed for nights, run twice, by two workers at once, killed in the middle."""

from datetime import UTC, datetime, timedelta
from random import Random

from luoshi.foundation.notifications.models import Notice
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.chasing.models import Reminder
from luoshi.supervision.matters.domain.share.signing import sign_for
from tests.faults.ground import Ground
from tests.faults.points import forked, killer, watching
from tests.faults.rows.race import together
from tests.faults.table import Row
from tests.story import SYSTEM, make_world
from tests.supervision.matters.test_circle import AT, assigned

NIGHTS = 34


def morning(day: int) -> datetime:
    """09:00 on a day, counted from two weeks before the limit."""
    return datetime(2026, 2, 10, 1, 0, tzinfo=UTC) + timedelta(days=day)


def bring(day: int) -> None:
    """One whole sweep."""
    sweep(actor=SYSTEM, at=morning(day))


def killed(day: int, point: int) -> None:
    """A sweep that ends at one of its points."""

    def act() -> None:
        with watching(killer(point)):
            bring(day)

    forked(act)


def recorded() -> list[tuple[object, str, datetime]]:
    """Every level of every duty with the day it stands for, in the order of the levels."""
    rows = Reminder.objects.order_by("duty_id", "level")
    return list(rows.values_list("duty_id", "level", "stands_for"))


def night(day: int, dice: Random) -> None:
    """What happens in one night of a schedule."""
    fate = dice.choice(("missed", "missed", "once", "twice", "two", "killed"))
    if fate == "two":
        together(lambda: bring(day), lambda: bring(day))
    elif fate == "killed":
        killed(day, dice.randrange(1, 6))
    for _run in range({"once": 1, "twice": 2}.get(fate, 0)):
        bring(day)


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """Each schedule on a copy of one world, against the sweep of every single morning."""
    ground.fresh("sweep_world")
    world = make_world()
    for _each in range(3):
        sign_for(assignment=assigned(world), actor=world.liaison, at=AT + timedelta(days=1))
    ground.fresh_from("sweep_world", "sweep_plain")
    for day in range(NIGHTS):
        bring(day)
    wanted, notices = recorded(), Notice.objects.filter(kind="reminder").count()
    for number in range(2 if scale == "sample" else 500):
        ground.fresh_from("sweep_world", "sweep")
        for day in range(NIGHTS - 1):
            night(day, dice)
        bring(NIGHTS - 1)
        again = sweep(actor=SYSTEM, at=morning(NIGHTS - 1))
        found = recorded()
        for one in wanted:
            row.count(sum(1 for other in found if other == one), f"schedule {number}: {one[1]}")
        row.check(len(found) == len(wanted), f"schedule {number}: {len(found)} levels")
        sent = Notice.objects.filter(kind="reminder").count()
        row.check(sent == notices, f"schedule {number}: {sent} notices, not {notices}")
        row.check(again.reminders == 0, f"schedule {number}: a second run made some")
