"""The ladder: each level exactly once, whatever night was missed (rules.md 2.11)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Appointment
from luoshi.supervision.chasing.domain.climbing import Climb
from luoshi.supervision.chasing.domain.laddering import Ladders, set_ladder
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.chasing.domain.watching import to_look_at
from luoshi.supervision.chasing.enums import LADDER
from luoshi.supervision.chasing.models import Reminder
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.models import Assignment, UnitSummary
from tests.security.world import sign_in
from tests.story import SYSTEM, World, actor, make_world
from tests.supervision.matters.test_circle import AT, PLAN, assigned

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 2, 24, 16, 0, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    """A signed matter whose first report is due on 24 February."""
    made = make_world()
    sign_for(assignment=assigned(made), actor=made.liaison, at=AT + timedelta(days=1))
    return made


def levels() -> list[str]:
    """The recorded levels in order."""
    return list(Reminder.objects.order_by("level").values_list("level", flat=True))


def morning(days: int) -> datetime:
    """09:00 so many days after the limit's day."""
    return datetime(2026, 2, 24, 1, 0, tzinfo=UTC) + timedelta(days=days)


def test_each_level_once_however_often_the_sweep_runs(world: World) -> None:
    """R-SUP-5: L0 before, L1 next morning, L2 after 3, L3 after 5, L4 after 10 working days."""
    seen = []
    for days in range(-13, 20):
        for _again in range(2):
            sweep(actor=SYSTEM, at=morning(days))
        seen.append(tuple(levels()))
    assert levels() == ["L0", "L1", "L2", "L3", "L4"]
    assert sorted(set(seen), key=len) == [
        (),
        ("L0",),
        ("L0", "L1"),
        ("L0", "L1", "L2"),
        ("L0", "L1", "L2", "L3"),
        ("L0", "L1", "L2", "L3", "L4"),
    ]


def test_a_unit_without_liaison_is_told_through_its_principal(world: World) -> None:
    """Item “all handlers reached”, rules.md 2.11: where nobody handles for the unit, its principal
    gets what the handlers would."""
    actor("zhao", "赵明", world.bureau, Role.PRINCIPAL)
    Appointment.objects.filter(person_id=world.liaison.person_id).update(ends_on=AT.date())
    sweep(actor=SYSTEM, at=morning(1))
    told = Notice.objects.filter(kind="reminder").values_list("recipient__username", flat=True)
    assert set(told) == {"zhao"}


def test_the_history_names_the_levels(world: World) -> None:
    """S3-68: the matter's page says what each level is, not its code."""
    for days in (-2, 1, 4, 8, 16):
        sweep(actor=SYSTEM, at=morning(days))
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    page = client.get(f"/matters/{Assignment.objects.get().matter_id}/").content.decode()
    history = page[page.index('id="history"') :]
    for word in ("到期提示", "提醒", "催办", "督办单", "报告领导"):
        assert word in history, word
    assert "L3" not in history


def test_missed_nights_are_caught_up_with_their_own_dates(world: World) -> None:
    """Skip every night to D+20: each missed level appears once, with the day it stands for."""
    first = sweep(actor=SYSTEM, at=morning(20))
    second = sweep(actor=SYSTEM, at=morning(20))
    assert (first.reminders, second.reminders) == (5, 0)
    stands = list(Reminder.objects.order_by("level").values_list("stands_for", flat=True))
    assert stands == sorted(stands)
    assert stands[1].isoformat() == "2026-02-25T00:30:00+00:00"


def test_a_clock_set_back_an_hour_brings_nothing_twice_and_loses_nothing(world: World) -> None:
    """Security row 6, faults: half past eight comes twice; each level, notice and summary is as if
    the clock had run on, and the next level comes on its own day."""
    hour = timedelta(hours=1)
    before = [sweep(actor=SYSTEM, at=morning(1)).reminders]
    noticed = set(Notice.objects.values_list("dedup_key", flat=True))
    rows = UnitSummary.objects.order_by("unit").values_list("unit", "red", "yellow", "green")
    lights = list(rows.all())
    assert before == [2] and noticed
    for at in (morning(1) - hour, morning(1) - hour / 2, morning(1), morning(1) + hour):
        assert sweep(actor=SYSTEM, at=at).reminders == 0
    assert set(Notice.objects.values_list("dedup_key", flat=True)) == noticed
    assert list(rows.all()) == lights
    assert [sweep(actor=SYSTEM, at=morning(days)).reminders for days in (2, 3, 3)] == [0, 1, 0]


def test_notices_are_held_in_quiet_hours(world: World) -> None:
    """S3-68, B7: a level reached at night is delivered the next open minute, and says so."""
    sweep(actor=SYSTEM, at=datetime(2026, 2, 25, 13, 0, tzinfo=UTC))
    held = Notice.objects.filter(kind="reminder", level="L1").get()
    assert held.deliver_at.isoformat() == "2026-02-26T00:30:00+00:00"
    assert held.held_reason_zh != ""


def test_no_command_means_request_and_ends_at_l2(world: World) -> None:
    """Decision 9, S2-90: without command relation every level is 商请 and the ladder ends at L2."""

    Assignment.objects.update(courteous=True)
    sweep(actor=SYSTEM, at=morning(30))
    assert levels() == ["L0", "L1", "L2"]
    titles = Notice.objects.filter(kind="reminder").values_list("title_zh", flat=True)
    assert all(title.startswith("商请") for title in titles)


def test_a_share_is_looked_at_again_when_its_next_period_begins() -> None:
    """TR-01: each quarter is asked for once it begins; between, the sweep passes the share by, and
    what it makes is the same as looking every night."""
    world = make_world()
    share = assigned(world, replace(PLAN, regime="decision"))
    sign_for(assignment=share, actor=world.liaison, at=AT + timedelta(days=1))
    nights = [morning(days) for days in range(-10, 200)]
    made = {at.date(): sweep(actor=SYSTEM, at=at).duties for at in nights}
    passed = {(row.rule_code, row.period) for row in share.duties.all()}
    share.refresh_from_db()
    assert share.extends_on is not None
    assert nights[-1].date() < share.extends_on <= nights[-1].date() + timedelta(days=92)
    Assignment.objects.update(extends_on=None)
    assert sweep(actor=SYSTEM, at=nights[-1]).duties == 0
    assert {(row.rule_code, row.period) for row in share.duties.all()} == passed
    assert [n for n in made.values() if n] == [1, 1]


def test_an_act_on_a_share_makes_the_sweep_look_again() -> None:
    """The day of the next period is unknown after any act: signing may date and move periods."""
    world = make_world()
    share = assigned(world, replace(PLAN, regime="decision"))
    sweep(actor=SYSTEM, at=morning(-20))
    share.refresh_from_db()
    assert share.extends_on is not None
    sign_for(assignment=share, actor=world.liaison, at=morning(-19))
    share.refresh_from_db()
    assert share.extends_on is None


def looked_at_nights(nights: list[datetime]) -> list[int]:
    """How many duties the sweep looks at, night after night."""
    seen = []
    for at in nights:
        seen.append(len(list(to_look_at(at, Climb(current_calendar(), Ladders.now())))))
        sweep(actor=SYSTEM, at=at)
    return seen


def test_a_duty_is_looked_at_only_when_its_next_level_comes(world: World) -> None:
    """Performance, sweep: a second run the same day looks at nothing; between two levels a duty
    costs the night nothing, after the last one no more, nor before the first."""
    nights = [morning(days) for days in range(-13, 20)]
    seen = looked_at_nights(nights)
    dates = [at.date().isoformat() for at, count in zip(nights, seen, strict=True) if count]
    stands = Reminder.objects.order_by("level").values_list("stands_for", flat=True)
    reached = [at.date().isoformat() for at in stands]
    assert dates == reached
    assert looked_at_nights([nights[-1]]) == [0]


def test_another_limit_ladder_or_calendar_makes_the_sweep_look_again(world: World) -> None:
    """rules.md 2.11, R-CAL-3: what a level is computed from has changed, so it is computed anew."""
    night = morning(-1)
    assert looked_at_nights([night, night]) == [1, 0]
    duty = Assignment.objects.get().duties.get(rule_code="TR-06")
    type(duty).objects.filter(pk=duty.pk).update(due_at=DUE + timedelta(days=2))
    assert looked_at_nights([night, night]) == [1, 0]
    later = tuple(replace(step, workdays=step.workdays + 1) for step in LADDER[1:])
    steps = (LADDER[0], *later)
    set_ladder(office_id=world.office.pk, steps=steps, reason="放宽", actor=world.chief, at=night)
    assert looked_at_nights([night, night]) == [1, 0]
    Assignment.objects.update(courteous=True)
    assert looked_at_nights([morning(30), morning(30)]) == [1, 0]
    Assignment.objects.update(courteous=False)
    night = morning(30)
    assert looked_at_nights([night, night]) == [1, 0]
    climb = Climb(current_calendar(), Ladders.now())
    climb.basis = "another calendar"
    assert len(list(to_look_at(night, climb))) == 1


def test_limit_that_had_passed_when_the_work_was_given_starts_its_ladder_then() -> None:
    """S3-68, R-SUP-5: a matter taken over from an old ledger is red at once, but nobody is
    reminded, urged and reported to the leaders on one morning; L1 is due the next working day."""
    made = make_world()
    share = sign_for(assignment=assigned(made), actor=made.liaison, at=AT + timedelta(days=1))
    given = DUE + timedelta(days=40)
    Assignment.objects.filter(pk=share.pk).update(assigned_at=given)
    sweep(actor=SYSTEM, at=given + timedelta(hours=1))
    assert levels() == []
    sweep(actor=SYSTEM, at=given + timedelta(days=2))
    assert levels() == ["L1"]
    for days in range(3, 25):
        sweep(actor=SYSTEM, at=given + timedelta(days=days))
    assert levels() == ["L1", "L2", "L3", "L4"]
    assert set(Reminder.objects.values_list("limit_at", flat=True)) == {DUE}
