"""Rosters that run already: what has begun stays as it was, what stands beside is met, what is no
longer sound is not published (features rows 62, 63; R-DUT-1, R-DUT-4, R-DUT-5; TR-17; S3-92)."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from luoshi.desks.duty.domain.periods.declaring import Wish, declare, revoke
from luoshi.desks.duty.domain.posting.listing import (
    Days,
    Entry,
    add_person,
    change_person,
    note_leave,
)
from luoshi.desks.duty.domain.posting.setting import Wish as SchemeWish
from luoshi.desks.duty.domain.posting.setting import set_scheme
from luoshi.desks.duty.domain.queries.judging import judge
from luoshi.desks.duty.domain.queries.now import on_duty_at
from luoshi.desks.duty.domain.queries.scheme import Way
from luoshi.desks.duty.domain.roster.approving import approve, publish, take_back
from luoshi.desks.duty.domain.roster.drafting import begin, renew
from luoshi.desks.duty.domain.roster.editing import put
from luoshi.desks.duty.domain.roster.working_out import ask, go_on
from luoshi.desks.duty.domain.watch.handing_over import hand_over
from luoshi.desks.duty.enums import LeaderDays, Post, RosterState, SwapState
from luoshi.desks.duty.models import Handover, Roster, Shift, Swap
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.core.time import at_clock
from tests.desks.duty.ground import HOUR, NOW, Ground

pytestmark = pytest.mark.django_db
MIDDLE = at_clock(date(2026, 2, 15), time(10))  # on a shift that runs since eight


@pytest.fixture
def ground() -> Ground:
    return Ground()


def taken_back(ground: Ground) -> Roster:
    """February in force, taken back in its middle."""
    row = ground.published()
    row.refresh_from_db()
    return take_back(row, actor=ground.chief, at=MIDDLE)


def begun() -> dict[object, object]:
    """Who is on what has begun by the middle of the month."""
    return dict(Shift.objects.filter(starts_at__lte=MIDDLE).values_list("pk", "person"))


def solved(row: Roster, ground: Ground) -> Roster:
    """Worked out in the middle of the month."""
    ask(row, actor=ground.keeper, at=MIDDLE)
    go_on(lambda: MIDDLE)
    row.refresh_from_db()
    return row


def test_taken_back_and_worked_out_anew_the_past_stays(ground: Ground) -> None:
    """R-DUT-4, R-DUT-8: of a running roster the solver gives out what is still to come alone; what
    was against a rule then, with its reason, does not stop it."""
    ground.published()
    day = date(2026, 2, 5)
    shift, before = ground.shift(day), ground.shift(date(2026, 2, 4)).person
    put(shift, before, reason="两人同时发热", actor=ground.keeper, at=NOW)
    row = Roster.objects.get()
    take_back(row, actor=ground.chief, at=MIDDLE)
    was = begun()
    assert len(was) == 30
    row.refresh_from_db()
    assert solved(row, ground).outcome in ("proved", "fair")
    assert begun() == was
    assert not row.shifts.filter(person=None).exists()
    approve(row, actor=ground.chief, at=MIDDLE)


def test_taken_back_what_has_begun_stays_in_force(ground: Ground) -> None:
    """R-DUT-2, S3-92: who is on duty stays on duty and hands over; of the shifts to come nobody is
    known until the roster is published again."""
    taken_back(ground)
    assert {one.post for one in on_duty_at(ground.office, MIDDLE)} == {"leader", "officer"}
    shift = ground.shift(date(2026, 2, 15))
    other = ground.people["高原"]
    near = (date(2026, 2, 13), date(2026, 2, 17))
    Shift.objects.filter(person=other, day__range=near).exclude(pk=shift.pk).update(person=None)
    with pytest.raises(Invalid, match="理由"):
        put(shift, other, reason="", actor=ground.keeper, at=MIDDLE)
    assert on_duty_at(ground.office, at_clock(date(2026, 2, 20), time(10))) == []


def test_new_needs_are_taken_up_for_what_is_to_come(ground: Ground) -> None:
    """R-DUT-5, TR-17: renewed in its middle, a roster keeps what has begun, hand-overs and swaps
    that were approved; new hours begin where the running shift ends, without a gap."""
    ground.published()
    first = ground.shift(date(2026, 2, 3))
    hand_over(first, words="平稳", actor=ground.of(first), at=first.ends_at)
    later = ground.shift(date(2026, 2, 26))
    swap = Swap.objects.create(
        shift=later,
        asker=later.person,
        taker=ground.people["高原"],
        state=SwapState.APPROVED,
        reason="培训",
        asked_at=NOW,
    )
    row = Roster.objects.get()
    take_back(row, actor=ground.chief, at=MIDDLE)
    was = begun()
    row.refresh_from_db()
    renew(row, actor=ground.keeper, at=MIDDLE)
    assert begun() == was
    assert Handover.objects.get().shift == first
    assert Swap.objects.filter(pk=swap.pk).exists()
    set_scheme(
        SchemeWish(Way(officer_starts=(6, 18)), "改"), version=0, actor=ground.chief, at=MIDDLE
    )
    row.refresh_from_db()
    renew(row, actor=ground.keeper, at=MIDDLE)
    assert begun() == was
    after = row.shifts.filter(post=Post.OFFICER, starts_at__gt=MIDDLE).order_by("starts_at")
    assert after[0].starts_at == at_clock(date(2026, 2, 16), time(8))
    assert (after[0].ends_at, after[0].night) == (at_clock(date(2026, 2, 16), time(18)), False)
    solved(row, ground)
    assert not judge(row).holes


def test_a_past_gap_does_not_stop_what_is_to_come(ground: Ground) -> None:
    """R-DUT-1: nobody was there on a night that is over: it stays so, nobody is put there
    afterwards, and the rest of the month is approved and published all the same."""
    ground.published()
    put(ground.shift(date(2026, 2, 5)), None, reason="病假", actor=ground.keeper, at=NOW)
    row = Roster.objects.get()
    take_back(row, actor=ground.chief, at=MIDDLE)
    row.refresh_from_db()
    solved(row, ground)
    assert ground.shift(date(2026, 2, 5)).person is None
    approve(row, actor=ground.chief, at=MIDDLE)
    row.refresh_from_db()
    publish(row, actor=ground.keeper, at=MIDDLE)
    assert Roster.objects.get().state == RosterState.PUBLISHED


def test_a_roster_that_is_over_is_not_taken_back(ground: Ground) -> None:
    """R-DUT-4: what was stays as it was."""
    row = ground.published()
    with pytest.raises(Refused, match="结束"):
        take_back(row, actor=ground.chief, at=at_clock(date(2026, 3, 1), time(8)))


def test_who_takes_up_new_needs_has_drawn_it_up(ground: Ground) -> None:
    """Flow "Duty": nobody takes back, draws up anew and approves alone."""
    row = taken_back(ground)
    row.refresh_from_db()
    renew(row, actor=ground.chief, at=MIDDLE)
    row.refresh_from_db()
    with pytest.raises(Refused, match="编制人"):
        approve(row, actor=ground.chief, at=MIDDLE)


@pytest.mark.parametrize(("hour", "begins", "hours"), [(6, 8, 22), (8, 8, 24), (10, 8, 26)])
def test_other_hours_meet_the_roster_before(
    ground: Ground, hour: int, begins: int, hours: int
) -> None:
    """R-DUT-1: hours that changed between two rosters: nobody twice, no hour without anybody."""
    ground.in_turn()
    way = Way(officer_starts=(hour,))
    set_scheme(SchemeWish(way, "改"), version=0, actor=ground.chief, at=NOW + HOUR)
    row = begin(date(2026, 3, 1), date(2026, 3, 31), actor=ground.keeper, at=NOW + HOUR)
    first = ground.shift(date(2026, 3, 1))
    assert first.starts_at == at_clock(date(2026, 3, 1), time(begins))
    assert first.ends_at - first.starts_at == hours * HOUR
    solved(row, ground)
    assert judge(row).sound
    assert row.shifts.filter(post=Post.OFFICER).count() == 31


def test_renewed_between_two_rosters_it_meets_both(ground: Ground) -> None:
    """R-DUT-1: the last shift ends where the roster after it begins, earlier or later."""
    ground.in_turn(date(2026, 2, 20), date(2026, 2, 28))
    row = begin(date(2026, 2, 10), date(2026, 2, 19), actor=ground.keeper, at=NOW)
    ends = at_clock(date(2026, 2, 20), time(8))
    for version, hour in enumerate((6, 10)):
        way = Way(officer_starts=(hour, hour + 8))
        set_scheme(SchemeWish(way, "改"), version=version, actor=ground.chief, at=NOW)
        row.refresh_from_db()
        renew(row, actor=ground.keeper, at=NOW)
        last = row.shifts.filter(post=Post.OFFICER).order_by("ends_at").last()
        assert last is not None
        assert last.ends_at == ends


def test_weights_come_back_when_a_period_is_revoked(ground: Ground) -> None:
    """TR-17, R-DUT-8: marked and unmarked by the weights the roster was drawn up with, whatever the
    office has set since."""
    ground.published()
    shift = ground.shift(date(2026, 2, 10))
    was = shift.weight
    wish = Wish("两会", "通知", date(2026, 2, 10), date(2026, 2, 12))
    made = declare(wish, actor=ground.chief, at=NOW + HOUR)
    way = Way(sensitive_extra=6, workday=9, leader_days=LeaderDays.ALWAYS)
    set_scheme(SchemeWish(way, "改"), version=0, actor=ground.chief, at=NOW + 2 * HOUR)
    revoke(made, reason="取消", actor=ground.chief, at=NOW + 3 * HOUR)
    shift.refresh_from_db()
    assert (shift.sensitive, shift.weight) == (False, was)


def approved(ground: Ground) -> Roster:
    """February, approved and not published yet."""
    row = ground.in_turn()
    approve(row, actor=ground.chief, at=NOW)
    row.refresh_from_db()
    return row


def test_what_is_no_longer_sound_is_not_published(ground: Ground) -> None:
    """R-DUT-1, TR-17: somebody taken off after the approval leaves a gap: it is not published."""
    row = approved(ground)
    put(ground.shift(date(2026, 2, 17)), None, reason="试", actor=ground.keeper, at=NOW)
    with pytest.raises(Refused, match="未发布"):
        publish(row, actor=ground.keeper, at=NOW)


@pytest.mark.parametrize("published", [False, True])
def test_leave_meets_every_shift_that_counts(ground: Ground, published: bool) -> None:
    """R-DUT-1: leave of who is on duty then is refused once the roster is approved, also where only
    the shift's last hours lie in it; the day after those is free."""
    row = approved(ground)
    if published:
        publish(row, actor=ground.keeper, at=NOW)
    shift = ground.shift(date(2026, 2, 12))
    assert shift.person is not None
    for day in (date(2026, 2, 12), date(2026, 2, 13)):
        with pytest.raises(Refused, match="2026-02-12 08:00"):
            note_leave(shift.person, Days(day, day), actor=ground.keeper, at=NOW)
    free = date(2026, 2, 14)
    note_leave(shift.person, Days(free, free), actor=ground.keeper, at=NOW)


def test_duty_is_handed_over_by_who_holds_it_then(ground: Ground) -> None:
    """R-DUT-2, B10: the page was open while the keeper put somebody else on the shift: it is that
    person's to hand over; a shift of nobody is handed over by nobody."""
    ground.published()
    stale = ground.shift(date(2026, 2, 3))
    giver, at = ground.of(stale), stale.starts_at + HOUR
    other = ground.people["高原"] if str(stale.person) != "高原" else ground.people["秦川"]
    put(ground.shift(date(2026, 2, 3)), other, reason="急病", actor=ground.keeper, at=at)
    with pytest.raises(Forbidden):
        hand_over(stale, words="平安", actor=giver, at=at + HOUR)
    assert not Handover.objects.exists()
    put(ground.shift(date(2026, 2, 3)), None, reason="急病", actor=ground.keeper, at=at)
    with pytest.raises(Forbidden):
        hand_over(stale, words="平安", actor=giver, at=at + HOUR)


def test_the_days_of_an_entry_go_forward(ground: Ground) -> None:
    """R-DUT-8: the end lies after the first day, typed or not; an entry is not opened again beside
    another one of the same person."""
    before = date(2025, 12, 1)
    with pytest.raises(Invalid, match="2026-01-20"):
        add_person(Entry("新", ("officer",), ends_on=before), actor=ground.keeper, at=NOW)
    person = ground.people["何晓"]
    entry = Entry("何晓", ("officer",), ends_on=before)
    by: dict[str, Any] = {"actor": ground.keeper, "at": NOW}
    with pytest.raises(Invalid, match="2026-01-01"):
        change_person(person, entry, revision=1, **by)
    change_person(person, replace(entry, ends_on=date(2026, 1, 10)), revision=1, **by)
    ground.listed("何晓", ("officer",))
    with pytest.raises(Invalid) as found:
        change_person(person, replace(entry, ends_on=None), revision=2, **by)
    assert set(found.value.errors) == {"ends_on"}
