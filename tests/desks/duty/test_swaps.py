"""Swaps: asked, agreed to, approved; consistent when the roster moves (row 63; R-DUT-5)."""

from datetime import date, time, timedelta

import pytest

from luoshi.desks.duty.domain.roster import swapping
from luoshi.desks.duty.domain.roster.approving import take_back
from luoshi.desks.duty.domain.roster.editing import put
from luoshi.desks.duty.enums import Post, SwapState
from luoshi.desks.duty.models import DutyPerson, Shift, Swap
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.core.time import at_clock
from luoshi.foundation.notifications.models import Notice
from tests.desks.duty.ground import NOW, Ground

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground() -> Ground:
    made = Ground()
    made.published()
    return made


def pair(ground: Ground) -> tuple[Shift, Shift, Actor, Actor]:
    """Two shifts of people with accounts that can change places."""
    rows = Shift.objects.filter(office=ground.office, post=Post.OFFICER, day__gt=date(2026, 2, 5))
    rows = rows.filter(person__account__isnull=False).select_related("roster", "person", "office")
    for one in rows:
        for other in rows:
            if one.person_id == other.person_id or not one.person or not other.person:
                continue
            if swapping.fits(one, other.person, other) or swapping.fits(other, one.person, one):
                continue
            return one, other, ground.of(one), ground.of(other)
    raise AssertionError("nobody can swap")


def asked(ground: Ground) -> tuple[Swap, Shift, Shift, Actor, Actor]:
    """A swap that waits for the other."""
    one, other, asker, taker = pair(ground)
    assert other.person is not None
    made = swapping.ask(
        one, taker=other.person, other=other, reason="赴省培训", actor=asker, at=NOW
    )
    return made, one, other, asker, taker


def test_two_shifts_change_places_when_the_office_approves(ground: Ground) -> None:
    """Row 63, R-DUT-5: asked, agreed, approved by a third; both told; nobody is on twice."""
    made, one, other, asker, taker = asked(ground)
    assert Notice.objects.filter(kind="duty", recipient=taker.person_id).exists()
    with pytest.raises(Forbidden):
        swapping.agree(made, actor=asker, at=NOW)
    with pytest.raises(Refused):
        swapping.approve(made, actor=ground.chief, at=NOW)
    swapping.agree(made, actor=taker, at=NOW)
    made.refresh_from_db()
    swapping.approve(made, actor=ground.chief, at=NOW)
    held = {row.pk: row.person_id for row in Shift.objects.filter(pk__in=(one.pk, other.pk))}
    assert held == {one.pk: other.person_id, other.pk: one.person_id}
    made.refresh_from_db()
    assert (made.state, made.decided_by_name) == (SwapState.APPROVED, "陈远")
    with pytest.raises(Refused):
        swapping.approve(made, actor=ground.chief, at=NOW)


def test_who_swaps_does_not_approve_it(ground: Ground) -> None:
    """R-DUT-5: the keeper's own swap is approved by somebody else."""
    rows = Shift.objects.filter(person=ground.people["孔亮"], day__gt=date(2026, 2, 5))
    mine = rows.select_related("roster", "person", "office").first()
    assert mine is not None
    taker = next(
        one
        for one in DutyPerson.objects.filter(office=ground.office, account=None)
        if not swapping.fits(mine, one, None)
    )
    made = swapping.ask(mine, taker=taker, other=None, reason="事假", actor=ground.keeper, at=NOW)
    swapping.agree(made, actor=ground.keeper, at=NOW)  # for somebody without an account
    made.refresh_from_db()
    with pytest.raises(Refused):
        swapping.approve(made, actor=ground.keeper, at=NOW)
    swapping.approve(made, actor=ground.chief, at=NOW)
    mine.refresh_from_db()
    assert mine.person == taker


def test_what_does_not_fit_is_refused_before_it_is_asked(ground: Ground) -> None:
    """Row 63: no overlap, no missing rest, not with oneself, not a shift that began, no reason."""
    one, other, asker, _taker = pair(ground)
    assert one.person is not None
    assert other.person is not None
    with pytest.raises(Invalid):
        swapping.ask(one, taker=one.person, other=None, reason="x", actor=asker, at=NOW)
    with pytest.raises(Invalid):
        swapping.ask(one, taker=other.person, other=None, reason=" ", actor=asker, at=NOW)
    begun = one.starts_at + timedelta(minutes=1)
    with pytest.raises(Invalid):
        swapping.ask(one, taker=other.person, other=None, reason="x", actor=asker, at=begun)
    before = ground.shift(one.day - timedelta(days=1))
    assert before.person is not None
    with pytest.raises(Invalid) as found:
        swapping.ask(one, taker=before.person, other=None, reason="x", actor=asker, at=NOW)
    assert "taker" in found.value.errors
    third = next(
        one for one in ground.actors.values() if one not in (asker, ground.keeper, ground.chief)
    )
    with pytest.raises(Forbidden):
        swapping.ask(one, taker=other.person, other=None, reason="x", actor=third, at=NOW)


def test_an_open_swap_lapses_when_the_roster_moves(ground: Ground) -> None:
    """Row 63: a shift set by hand or a roster taken back ends what was asked, and both are told."""
    made, one, _other, asker, taker = asked(ground)
    with pytest.raises(Refused):
        swapping.ask(one, taker=made.taker, other=None, reason="again", actor=asker, at=NOW)
    put(one, None, reason="调整", actor=ground.keeper, at=NOW)
    made.refresh_from_db()
    assert made.state == SwapState.LAPSED
    assert Notice.objects.filter(
        recipient=taker.person_id, title_zh__startswith="换班失效"
    ).exists()
    with pytest.raises(Refused):
        swapping.agree(made, actor=taker, at=NOW)
    again, _one, _other, _asker, _taker = asked(ground)
    roster = again.shift.roster
    take_back(roster, actor=ground.chief, at=NOW)
    again.refresh_from_db()
    assert again.state == SwapState.LAPSED


def test_what_no_longer_fits_at_approval_moves_nothing(ground: Ground) -> None:
    """Row 63: between agreeing and approving the shift began: refused, the roster stands."""
    made, one, other, _asker, taker = asked(ground)
    swapping.agree(made, actor=taker, at=NOW)
    made.refresh_from_db()
    late = at_clock(max(one.day, other.day), time(9))
    with pytest.raises(Invalid):
        swapping.approve(made, actor=ground.chief, at=late)
    one.refresh_from_db()
    assert one.person_id == made.asker_id


def test_declined_and_withdrawn(ground: Ground) -> None:
    """R-DUT-5: the other says no with a word; who asked takes it back."""
    made, _one, _other, asker, taker = asked(ground)
    swapping.decline(made, words="当日出差", actor=taker, at=NOW)
    made.refresh_from_db()
    assert (made.state, made.answer) == (SwapState.DECLINED, "当日出差")
    again, _one, _other, asker, taker = asked(ground)
    with pytest.raises(Forbidden):
        swapping.withdraw(again, actor=ground.world.liaison, at=NOW)
    swapping.withdraw(again, actor=asker, at=NOW)
    again.refresh_from_db()
    assert again.state == SwapState.WITHDRAWN
