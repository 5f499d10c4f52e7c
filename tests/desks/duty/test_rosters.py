"""Rosters: needs by the calendar, the solver in a job, proof, approval, publishing, changes by hand
(features row 62; R-DUT-1, R-DUT-4, R-DUT-8; TR-17; S3-89…92)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from luoshi.desks.duty.domain.periods.declaring import Wish, declare
from luoshi.desks.duty.domain.posting.listing import Days, Entry, add_person, note_leave
from luoshi.desks.duty.domain.posting.setting import Wish as SchemeWish
from luoshi.desks.duty.domain.posting.setting import set_scheme
from luoshi.desks.duty.domain.queries.judging import judge
from luoshi.desks.duty.domain.queries.needs import needs
from luoshi.desks.duty.domain.queries.scheme import Way, scheme_of
from luoshi.desks.duty.domain.roster.approving import approve, publish, take_back
from luoshi.desks.duty.domain.roster.drafting import begin, renew
from luoshi.desks.duty.domain.roster.editing import put
from luoshi.desks.duty.domain.roster.working_out import ask, go_on, work_out
from luoshi.desks.duty.enums import LeaderDays, Post, RosterState
from luoshi.desks.duty.models import Roster, Shift
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.core.time import at_clock
from luoshi.foundation.notifications.models import Notice
from tests.desks.duty.ground import FIRST, HOUR, LAST, NOW, Ground

pytestmark = pytest.mark.django_db
SPRING = date(2026, 2, 16)  # a day of the Spring Festival of 2026


@pytest.fixture
def ground() -> Ground:
    return Ground()


def test_a_month_is_covered_hour_by_hour_and_proved(ground: Ground) -> None:
    """Row 62, R-DUT-1: February 2026, two posts, 672 hours each without a gap, worked out and
    proved; holidays shared within one."""
    roster = ground.draft()
    assert (roster.state, roster.outcome, roster.progress) == (RosterState.DRAFT, "proved", 100)
    judged = judge(roster)
    assert judged.sound
    assert judged.hours == {"leader": 672, "officer": 672}
    assert all(one["special"] <= 1 for one in judged.spread)
    festival = ground.shift(SPRING)
    assert (festival.day_class, festival.night) == ("holiday", True)
    assert ground.shift(date(2026, 2, 14)).day_class == "workday"  # a make-up Saturday
    local = festival.starts_at.astimezone(UTC)
    assert local == datetime(2026, 2, 16, 0, 0, tzinfo=UTC)  # eight in the morning at the office


def test_leaders_only_on_holidays_and_in_sensitive_periods(ground: Ground) -> None:
    """TR-17, S3-89, S3-90: where leaders stand beside the officer on special days only, every hour
    of those days has both, from the shift that runs into the first of them."""
    way = Way(leader_days=LeaderDays.SPECIAL, officer_starts=(8, 20))
    set_scheme(SchemeWish(way, "值班制度第三条"), version=0, actor=ground.chief, at=NOW)
    assert scheme_of(ground.office.pk).version == 1
    wish = Wish("两会期间", "省委办通知", date(2026, 3, 3), date(2026, 3, 5))
    declare(wish, actor=ground.chief, at=NOW)
    found = needs(ground.office.pk, scheme_of(ground.office.pk), date(2026, 3, 1), date(2026, 3, 7))
    leader = [one.day.day for one in found if one.post == Post.LEADER]
    assert leader == [2, 3, 4, 5]  # the shift of the 2nd covers the night to the 3rd
    hours = [one for one in found if one.post == Post.OFFICER and one.day == date(2026, 3, 3)]
    assert [(one.night, one.sensitive) for one in hours] == [(False, True), (True, True)]
    first = at_clock(date(2026, 3, 3), time(0))
    last = at_clock(date(2026, 3, 6), time(0))
    covered = [(n.starts_at, n.ends_at) for n in found if n.post == Post.LEADER]
    assert min(start for start, _end in covered) <= first
    assert max(end for _start, end in covered) >= last


def test_a_scheme_that_cannot_be_is_refused(ground: Ground) -> None:
    """R-DUT-1: hours out of order, rest out of range, no reason; not by the duty officer."""
    bad = Way(officer_starts=(20, 8), rest_hours=100)
    with pytest.raises(Invalid) as found:
        set_scheme(SchemeWish(bad, "x"), version=0, actor=ground.chief, at=NOW)
    assert set(found.value.errors) == {"officer_starts", "rest_hours"}
    with pytest.raises(Invalid):
        set_scheme(SchemeWish(Way(), " "), version=0, actor=ground.chief, at=NOW)
    with pytest.raises(Forbidden):
        set_scheme(SchemeWish(Way(), "x"), version=0, actor=ground.keeper, at=NOW)


def test_what_the_solver_cannot_fill_is_named_and_nothing_is_lost(ground: Ground) -> None:
    """B21: all leaders away on two days: the roster stays a draft and names the shifts."""
    for name in ("王建国", "陈远", "周岚", "许正"):
        days = Days(date(2026, 2, 10), date(2026, 2, 11))
        note_leave(ground.people[name], days, actor=ground.keeper, at=NOW)
    roster = ground.draft()
    assert (roster.state, roster.outcome) == (RosterState.DRAFT, "alone")
    stuck = Shift.objects.filter(pk__in=roster.proof["stuck"])
    assert {one.day.day for one in stuck} == {9, 10, 11}
    with pytest.raises(Refused):
        approve(roster, actor=ground.chief, at=NOW)


def test_a_killed_job_is_begun_again_and_comes_to_the_same_roster(ground: Ground) -> None:
    """B21: the work stands as a row; whoever goes on comes to the same people."""
    first = ground.draft()
    held = list(first.shifts.values_list("person", flat=True))
    first.shifts.update(person=None)
    ask(first, actor=ground.keeper, at=NOW)  # the job dies here; the schedule finds the row
    with pytest.raises(Refused):
        begin(FIRST, LAST, actor=ground.keeper, at=NOW)
    with pytest.raises(Refused):
        ask(first, actor=ground.keeper, at=NOW)
    go_on(lambda: NOW)
    assert list(first.shifts.values_list("person", flat=True)) == held


def test_approved_by_another_then_published_and_everybody_told(ground: Ground) -> None:
    """R-DUT-4, flow "Duty": drafted → approved by the secretary-general → published; taken back."""
    roster = ground.in_turn()
    with pytest.raises(Forbidden):
        approve(roster, actor=ground.keeper, at=NOW)
    with pytest.raises(Refused):
        publish(roster, actor=ground.keeper, at=NOW)
    approve(roster, actor=ground.chief, at=NOW)
    roster.refresh_from_db()
    assert roster.proof["hours"] == {"leader": 672, "officer": 672}
    publish(roster, actor=ground.keeper, at=NOW)
    assert Notice.objects.filter(kind="duty", recipient=ground.world.officer.person_id).exists()
    roster.refresh_from_db()
    with pytest.raises(Refused):
        renew(roster, actor=ground.keeper, at=NOW)
    take_back(roster, actor=ground.chief, at=NOW)
    roster.refresh_from_db()
    assert roster.state == RosterState.DRAFT


def test_who_drew_it_up_does_not_approve_it(ground: Ground) -> None:
    """Flow "Duty": a secretary-general's own draft is approved by another."""
    own = begin(FIRST, LAST, actor=ground.chief, at=NOW)
    with pytest.raises(Refused, match="编制人"):
        approve(own, actor=ground.chief, at=NOW)


def test_by_hand_conflicts_are_shown_at_once(ground: Ground) -> None:
    """Row 62: two shifts at once, leave and a wrong post are refused; too little rest wants a
    reason, and the reason stands on the shift."""
    ground.published()
    day = date(2026, 2, 12)
    shift, before = ground.shift(day), ground.shift(day - timedelta(days=1))
    assert before.person is not None
    with pytest.raises(Invalid) as found:
        put(shift, before.person, reason="", actor=ground.keeper, at=NOW)
    assert "休息" in str(found.value.errors["reason"]) or "rest" in str(
        found.value.errors["reason"]
    )
    with pytest.raises(Invalid) as found:
        put(shift, ground.people["周岚"], reason="x", actor=ground.keeper, at=NOW)
    assert "person" in found.value.errors
    put(shift, before.person, reason="两人同时发热", actor=ground.keeper, at=NOW)
    shift.refresh_from_db()
    assert (shift.person, shift.fixed) == (before.person, True)
    assert [one.why for one in judge(shift.roster).troubles] == ["rest", "rest"] or [
        one.why for one in judge(shift.roster).troubles
    ] == ["rest"]
    with pytest.raises(Forbidden):
        put(shift, None, reason="x", actor=ground.world.liaison, at=NOW)
    over = at_clock(date(2026, 3, 1), time(9))
    with pytest.raises(Refused):
        put(shift, None, reason="x", actor=ground.keeper, at=over)


def test_the_database_itself_refuses_two_at_once(ground: Ground) -> None:
    """Row 62: the exclusion constraints hold whoever writes."""
    ground.in_turn()
    one, other = ground.shift(date(2026, 2, 3)), ground.shift(date(2026, 2, 3), Post.LEADER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.filter(pk=other.pk).update(person=one.person)
        with transaction.get_connection().cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        one.pk, one.starts_at = None, one.starts_at + HOUR
        one.save(force_insert=True)


def test_the_next_roster_remembers_who_bore_the_holidays(ground: Ground) -> None:
    """R-DUT-8: over the year, not the month alone: February's holidays count in April's roster."""
    ground.published(solved=True)
    ground.published(date(2026, 4, 1), date(2026, 4, 30), solved=True)
    last = ground.shift(date(2026, 4, 30)).roster
    judged = judge(last)
    officers = [one.year_special for one in judged.bearing if "officer" in one.person.posts]
    assert max(officers) - min(officers) <= 1


def test_renewed_with_a_new_period_the_hand_set_shifts_stay(ground: Ground) -> None:
    """TR-17: a period declared while the roster is drawn up reaches it; what was set by hand
    stays."""
    roster = ground.in_turn()
    day = date(2026, 2, 25)
    shift = ground.shift(day)
    free = ground.people["高原"] if str(shift.person) != "高原" else ground.people["秦川"]
    near = Shift.objects.filter(person=free, day__range=(day - timedelta(2), day + timedelta(2)))
    near.update(person=None)
    put(shift, free, reason="", actor=ground.keeper, at=NOW)
    declare(
        Wish("全国两会", "省委办通知", date(2026, 2, 24), date(2026, 2, 28)),
        actor=ground.chief,
        at=NOW,
    )
    renew(roster, actor=ground.keeper, at=NOW)
    again = ground.shift(day)
    assert (again.person, again.fixed, again.sensitive) == (free, True, True)
    assert again.weight == 2 + 1 + 2  # a working day, the night, the sensitive period


def test_days_stand_in_one_roster_only(ground: Ground) -> None:
    """R-DUT-4: overlapping days, days the wrong way round, more than a year."""
    ground.in_turn()
    with pytest.raises(Refused):
        begin(date(2026, 2, 20), date(2026, 3, 5), actor=ground.keeper, at=NOW)
    with pytest.raises(Invalid):
        begin(date(2026, 3, 5), date(2026, 3, 1), actor=ground.keeper, at=NOW)
    with pytest.raises(Invalid):
        begin(date(2026, 3, 5), date(2027, 3, 6), actor=ground.keeper, at=NOW)


def test_people_and_leave(ground: Ground) -> None:
    """R-DUT-8: a person once, in a post of this unit; leave that clashes with a published shift is
    refused with the day."""
    with pytest.raises(Invalid):
        ground.listed("孔亮", ("officer",))
    with pytest.raises(Invalid):
        add_person(Entry("", ()), actor=ground.keeper, at=NOW)
    stranger = Entry("", ("officer",), ground.world.liaison.person_id)
    with pytest.raises(Invalid):
        add_person(stranger, actor=ground.keeper, at=NOW)
    ground.published()
    person = ground.shift(date(2026, 2, 12)).person
    assert person is not None
    with pytest.raises(Refused, match="2026-02-12"):
        note_leave(person, Days(date(2026, 2, 12), date(2026, 2, 12)), actor=ground.keeper, at=NOW)


def test_who_keeps_the_roster_stops_the_solver(ground: Ground) -> None:
    """Row 62: stopped, it is a draft again at once; what the solver finds later is not taken."""
    roster = begin(FIRST, LAST, actor=ground.keeper, at=NOW)
    ask(roster, actor=ground.keeper, at=NOW)
    asked = Roster.objects.get(pk=roster.pk)
    with pytest.raises(Forbidden):
        take_back(asked, actor=ground.world.liaison, at=NOW)
    take_back(asked, actor=ground.keeper, at=NOW)
    work_out(asked, clock=lambda: NOW)
    asked.refresh_from_db()
    assert (asked.state, asked.outcome) == (RosterState.DRAFT, "")
    assert not asked.shifts.exclude(person=None).exists()


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1989, 12, 31), date(2099, 1, 1), date.max])
def test_days_no_calendar_knows_are_refused(ground: Ground, day: date) -> None:
    """R-DUT-4: a roster, leave, a sensitive period or an entry of the list outside 1990–2098."""
    with pytest.raises(Invalid):
        begin(day, day, actor=ground.keeper, at=NOW)
    with pytest.raises(Invalid):
        note_leave(ground.people["高原"], Days(day, day), actor=ground.keeper, at=NOW)
    with pytest.raises(Invalid):
        declare(Wish("两会", "通知", day, day), actor=ground.chief, at=NOW)
    with pytest.raises(Invalid):
        add_person(Entry("新来", ("officer",), starts_on=day), actor=ground.keeper, at=NOW)
