"""The sweep missed for nights, run twice, by two workers at once, killed in the middle; sweeps and
officers nudging at the same instant (B7: every level once, five counted nudges a week)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from threading import Event, Timer

from django.db import transaction

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refusal
from luoshi.foundation.core.rows import lots
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.chasing.domain.governing import week_of
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.chasing.domain.urging import Wording, urge
from luoshi.supervision.chasing.domain.watching import locked
from luoshi.supervision.chasing.enums import BUDGETED
from luoshi.supervision.chasing.models import Reminder, Urge, WeekBudget
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.models import Assignment, ReportDuty
from tests.faults.ground import Ground
from tests.faults.points import forked, killer, watching
from tests.faults.rows.race import together
from tests.faults.table import Row
from tests.story import SYSTEM, actor, make_world
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


def at_once(row: Row, officer: Actor, number: int) -> None:
    """Two sweeps and three officers' nudges at one barrier, with three of the week's five spent."""
    at = morning(15)
    rows = Assignment.objects.select_related("matter__office", "unit")
    shares = list(rows.filter(unit__short_name="市住房城乡建设局"))
    unit = shares[0].unit_id
    WeekBudget.objects.create(unit_id=unit, week_on=week_of(at), used=3)
    nudges = [
        lambda s=share: urge(share=s, wording=Wording(), actor=officer, at=at) for share in shares
    ]
    found = together(lambda: bring(15), lambda: bring(15), *nudges)
    wrong = [one for one in found if isinstance(one, Exception) and not isinstance(one, Refusal)]
    row.check(not wrong, f"at once {number}: {wrong}")
    told = Reminder.objects.filter(sent_at__isnull=False, level__in=BUDGETED)
    sent = told.filter(duty__assignment__unit=unit).count()
    by_hand = Urge.objects.filter(state="sent").count()
    row.check(sent + by_hand == 2, f"at once {number}: {sent} by the sweep, {by_hand} by hand")
    used = WeekBudget.objects.get(unit_id=unit, week_on=week_of(at)).used
    row.check(used == 5, f"at once {number}: {used} counted")


def busy(row: Row, number: int) -> None:
    """A sweep meets a duty somebody is acting on: it does the others first and comes back to it, so
    that no level waits for the next night."""
    held, free = Event(), Event()
    first = ReportDuty.objects.filter(rule_code="TR-06").order_by("pk")[0].pk

    def act() -> None:
        with transaction.atomic():
            ReportDuty.objects.select_for_update().get(pk=first)
            held.set()
            free.wait(10)

    def sweeps() -> None:
        held.wait(10)
        with transaction.atomic():
            passed = {duty.pk for duty in locked([first], morning(15), wait=False)}
        Timer(0.2, free.set).start()
        bring(15)
        row.check(passed == set(), f"busy {number}: did not pass by what is locked")

    together(act, sweeps)
    missing = ReportDuty.objects.filter(rule_code="TR-06").exclude(reminders__level="L1").count()
    row.check(missing == 0, f"busy {number}: {missing} duties were left for another night")


def in_lots(row: Row, wanted: list[tuple[object, str, datetime]], number: int) -> None:
    """A night long enough to be shared out among connections brings what it brings on one."""
    long, lots.LONG = lots.LONG, 1
    most, lots.MOST = lots.MOST, 3
    try:
        for day in (3, 15, NIGHTS - 1):
            together(lambda day=day: bring(day), lambda day=day: bring(day))
    finally:
        lots.LONG, lots.MOST = long, most
    row.check(recorded() == wanted, f"in lots {number}: other levels than on one connection")


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """Each schedule on a copy of one world, against the sweep of every single morning."""
    ground.fresh("sweep_world")
    world = make_world()
    for _each in range(3):
        sign_for(assignment=assigned(world), actor=world.liaison, at=AT + timedelta(days=1))
    finance = Unit.objects.get(short_name="市财政局")
    elsewhere = assigned(replace(world, bureau=finance))
    other = actor("qian", "钱芳", finance, Role.LIAISON)
    sign_for(assignment=elsewhere, actor=other, at=AT + timedelta(days=1))
    ground.fresh_from("sweep_world", "sweep_plain")
    for day in range(NIGHTS):
        bring(day)
    wanted, notices = recorded(), Notice.objects.filter(kind="reminder").count()
    for number in range(3 if scale == "sample" else 100):
        ground.fresh_from("sweep_world", "sweep_nudges")
        at_once(row, world.officer, number)
        ground.fresh_from("sweep_world", "sweep_busy")
        busy(row, number)
        ground.fresh_from("sweep_world", "sweep_lots")
        in_lots(row, wanted, number)
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
        row.check(sent <= notices, f"schedule {number}: {sent} notices, more than {notices}")
        row.check(again.reminders == 0, f"schedule {number}: a second run made some")
