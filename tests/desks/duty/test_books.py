"""Log, hand-over, surprise checks, daily reports, calendar addresses (features rows 63–65;
R-DUT-2, R-DUT-3, R-DUT-6, R-DUT-7; S3-92)."""

from datetime import date, time, timedelta

import pytest
from icalendar import Calendar

from luoshi.desks.duty.domain.periods.declaring import Wish, declare, revoke
from luoshi.desks.duty.domain.posting.listing import Entry, change_person
from luoshi.desks.duty.domain.posting.setting import Wish as SchemeWish
from luoshi.desks.duty.domain.posting.setting import set_scheme
from luoshi.desks.duty.domain.queries.daily import below, due_of, own_days
from luoshi.desks.duty.domain.queries.due import checks_due
from luoshi.desks.duty.domain.queries.figures import checks_by_unit
from luoshi.desks.duty.domain.queries.judging import judge
from luoshi.desks.duty.domain.queries.scheme import Way
from luoshi.desks.duty.domain.watch.checking import Call, check
from luoshi.desks.duty.domain.watch.feeding import calendar_of, end_feed, feed_of, make_feed
from luoshi.desks.duty.domain.watch.handing_over import hand_over, take_over
from luoshi.desks.duty.domain.watch.noting import Line, note, settle
from luoshi.desks.duty.domain.watch.reporting import report
from luoshi.desks.duty.enums import LeaderDays, Post
from luoshi.desks.duty.models import DailyReport, DutyCheck, LogNote, Roster, SensitivePeriod, Shift
from luoshi.desks.information.domain.urgent.taking_in import take_in
from luoshi.foundation.accounts.domain.opening import suspend
from luoshi.foundation.accounts.enums import AccountState
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.core.time import at_clock
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.enums import Light
from tests.desks.duty.ground import HOUR, NOW, Ground
from tests.desks.information.ground import NIGHT, flood
from tests.story import SYSTEM, actor

pytestmark = pytest.mark.django_db
MORNING = at_clock(date(2026, 2, 18), time(7, 50))  # after the night of the flood


@pytest.fixture
def ground() -> Ground:
    return Ground()


def line(**change: object) -> Line:
    values = {"kind": "call_in", "who": "安澜县委办", "text": "水位平稳"} | change
    return Line(**values)  # type: ignore[arg-type]


def test_the_log_is_written_on_duty_and_never_changed(ground: Ground) -> None:
    """R-DUT-3: by the desk and by whoever is on duty; an open line is settled once, with words."""
    ground.published()
    shift = Shift.objects.filter(person=ground.people["李文清"]).first()
    assert shift is not None
    made = note(line(pending=True), actor=ground.world.officer, at=shift.starts_at + HOUR)
    with pytest.raises(Forbidden):
        note(line(), actor=ground.world.officer, at=shift.ends_at + 3 * HOUR)
    with pytest.raises(Invalid) as found:
        note(line(who=" ", text="", at=NOW + HOUR), actor=ground.keeper, at=NOW)
    assert set(found.value.errors) == {"who", "text", "at"}
    with pytest.raises(Invalid):
        settle(made, outcome=" ", actor=ground.keeper, at=NOW)
    settle(made, outcome="已核实", actor=ground.keeper, at=NOW)
    made.refresh_from_db()
    with pytest.raises(Refused):
        settle(made, outcome="again", actor=ground.keeper, at=NOW)
    assert not LogNote.objects.waiting().exists()


def test_handed_over_with_what_is_open_and_signed_by_both(ground: Ground) -> None:
    """R-DUT-2, row 63: the open lines and the running event go along, the next of the roster signs;
    twice is refused, nobody else signs."""
    ground.published()
    take_in(flood(aware_at=NIGHT), actor=ground.keeper, at=NIGHT + HOUR)
    kept = note(line(pending=True), actor=ground.keeper, at=NIGHT + HOUR)
    shift = ground.shift(date(2026, 2, 17))
    giver = ground.of(shift)
    with pytest.raises(Invalid):
        hand_over(shift, words="", actor=giver, at=MORNING)
    made = hand_over(shift, words="夜间平稳", actor=giver, at=MORNING)
    assert made.notes == [str(kept.pk)]
    assert [(one["zh"], one["count"]) for one in made.others] == [("紧急信息", 1)]
    assert made.taker == ground.shift(date(2026, 2, 18)).person
    with pytest.raises(Refused):
        hand_over(shift, words="x", actor=giver, at=MORNING)
    other = next(
        one
        for one in ground.actors.values()
        if one.person_id != made.taker.account_id and one not in (ground.keeper, ground.chief)
    )
    with pytest.raises(Forbidden):
        take_over(made, words="", actor=other, at=MORNING)
    taker = ground.actors.get(made.taker.name, ground.keeper)
    take_over(made, words="水位记录缺一次", actor=taker, at=MORNING + HOUR)
    made.refresh_from_db()
    assert (made.taken_at, made.taken_words) == (MORNING + HOUR, "水位记录缺一次")
    with pytest.raises(Refused):
        take_over(made, words="", actor=taker, at=MORNING + HOUR)
    coming = ground.shift(date(2026, 2, 25))
    with pytest.raises(Refused):
        hand_over(coming, words="x", actor=ground.of(coming), at=MORNING)


@pytest.mark.parametrize(
    ("seconds", "answered", "result"),
    [(20, "", "good"), (61, "", "slow"), (None, "", "absent"), (10, "门卫", "other_person")],
)
def test_a_check_is_judged_by_the_roster_and_the_clock(
    ground: Ground, seconds: int | None, answered: str, result: str
) -> None:
    """R-DUT-6, row 64: within 60 seconds, by who is on the roster; a bad one is told at once; the
    year's figures by unit."""
    ground.published()
    called = at_clock(date(2026, 2, 17), time(22))
    call = Call(ground.office, called, seconds, answered)
    made = check(call, actor=ground.keeper, at=called + HOUR)
    assert made.result == result
    assert made.expected == str(ground.shift(date(2026, 2, 17)).person)
    told = Notice.objects.filter(title_zh__startswith="查岗", recipient=ground.chief.person_id)
    assert told.exists() == (result != "good")
    (row,) = checks_by_unit(ground.keeper, 2026)
    assert (row["checks"], dict(row["results"])[result]) == (1, 1)


def test_checks_that_cannot_be_and_checks_that_are_due(ground: Ground) -> None:
    """S3-92: to come, days ago, above; every county is due until it was called."""
    county = Unit.objects.get(short_name="安澜县")
    above = Unit.objects.get(code="01")
    for call in (
        Call(county, NOW + HOUR, 5),
        Call(county, NOW - timedelta(days=2), 5),
        Call(above, NOW, 5),
        Call(county, NOW, 9999),
    ):
        with pytest.raises(Invalid):
            check(call, actor=ground.keeper, at=NOW)
    assert county in [one.unit for one in checks_due(ground.office, NOW)]
    check(Call(county, NOW, 5, "夏雨"), actor=ground.keeper, at=NOW)
    assert DutyCheck.objects.get().result == "good"  # no roster of the county is known
    assert county not in [one.unit for one in checks_due(ground.office, NOW)]
    later = NOW + timedelta(days=31)
    assert county in [one.unit for one in checks_due(ground.office, later)]


PERIOD = Wish("全国两会", "省委办通知", date(2026, 3, 3), date(2026, 3, 12))


def county_of(ground: Ground) -> tuple[Unit, Actor]:
    county = Unit.objects.get(short_name="安澜县")
    return county, actor("xia", "夏雨", county, Role.DUTY_OFFICER)


def test_a_period_reaches_the_offices_below_and_they_report_every_day(ground: Ground) -> None:
    """R-DUT-7, row 65, S3-90: in the county's book at once; nothing happened is a report; late is
    late; the city sees who has not reported; hours do not roll on Sunday 8 March."""
    county, xia = county_of(ground)
    declared = declare(PERIOD, actor=ground.chief, at=NOW)
    theirs = SensitivePeriod.objects.get(office=county)
    assert (theirs.chain, theirs.from_code) == (declared.chain, ground.office.code)
    assert Notice.objects.filter(recipient=xia.person_id, title_zh__contains="全国两会").exists()
    sunday = date(2026, 3, 8)
    due = at_clock(sunday, time(17))
    assert due_of(county.pk, sunday) == due
    sent = report(theirs, day=sunday, nothing=True, text="", actor=xia, at=due - HOUR)
    assert not sent.late
    found = {one.unit.pk: one.report for one in below(declared, sunday)}
    assert found[county.pk] is not None
    assert [unit for unit in found if found[unit] is None]  # the other counties
    with pytest.raises(Refused):
        report(theirs, day=sunday, nothing=True, text="", actor=xia, at=due)
    with pytest.raises(Invalid):
        report(theirs, day=date(2026, 3, 9), nothing=False, text=" ", actor=xia, at=due + 24 * HOUR)
    with pytest.raises(Invalid):
        report(theirs, day=date(2026, 3, 13), nothing=True, text="", actor=xia, at=due)
    late = report(theirs, day=date(2026, 3, 7), nothing=False, text="一起", actor=xia, at=due)
    assert late.late
    days = {one.day: one for one in own_days(theirs, due + HOUR)}
    assert days[sunday].light(due) == Light.GREEN
    assert days[date(2026, 3, 6)].light(due) == Light.RED
    assert DailyReport.objects.filter(office=ground.office).count() == 2


def test_a_revoked_period_ends_below_as_well(ground: Ground) -> None:
    """S3-90: by who declared it, with a reason; nobody owes a report any more; a county does not
    revoke what the city declared."""
    county, xia = county_of(ground)
    zhong = actor("zhong", "钟诚", county, Role.SECRETARY_GENERAL)
    declared = declare(PERIOD, actor=ground.chief, at=NOW)
    theirs = SensitivePeriod.objects.get(office=county)
    with pytest.raises(Refused):
        revoke(theirs, reason="x", actor=zhong, at=NOW)
    with pytest.raises(Invalid):
        revoke(declared, reason=" ", actor=ground.chief, at=NOW)
    revoke(declared, reason="提前结束", actor=ground.chief, at=NOW)
    theirs.refresh_from_db()
    assert theirs.revoked_at == NOW
    with pytest.raises(Refused):
        report(theirs, day=date(2026, 3, 3), nothing=True, text="", actor=xia, at=NOW)
    with pytest.raises(Invalid):
        wrong = Wish("", "", date(2026, 3, 3), date(2026, 3, 2))
        declare(wrong, actor=ground.chief, at=NOW)
    with pytest.raises(Forbidden):
        declare(PERIOD, actor=ground.keeper, at=NOW)


def test_a_period_declared_later_shows_in_a_published_roster(ground: Ground) -> None:
    """TR-17: shifts to come weigh more at once; where leaders stand on special days only, the days
    without one are gaps until the roster is renewed."""
    special = Way(leader_days=LeaderDays.SPECIAL)
    set_scheme(SchemeWish(special, "制度"), version=0, actor=ground.chief, at=NOW)
    roster = ground.published(date(2026, 3, 1), date(2026, 3, 31))
    Roster.objects.filter(pk=roster.pk).update(outcome="proved")
    assert judge(roster).sound
    declared = declare(PERIOD, actor=ground.chief, at=NOW)
    shift = ground.shift(date(2026, 3, 4))
    assert (shift.sensitive, shift.weight) == (True, 2 + 1 + 2)
    roster.refresh_from_db()
    assert roster.outcome == ""  # nobody proved that this is the fairest now
    judged = judge(roster)
    assert {hole.post for hole in judged.holes} == {Post.LEADER}
    assert judged.holes[0].starts_at == at_clock(date(2026, 3, 2), time(8))
    revoke(declared, reason="x", actor=ground.chief, at=NOW)
    shift.refresh_from_db()
    assert (shift.sensitive, shift.weight) == (False, 3)
    assert judge(roster).sound


def test_a_calendar_address_shows_ones_own_duties(ground: Ground) -> None:
    """Row 62: iCalendar with one's shifts in the office's time; a new address ends the old one;
    only the person makes it."""
    ground.published()
    person = ground.people["李文清"]
    secret = make_feed(person, actor=ground.world.officer, at=NOW)
    feed = feed_of(secret, NOW)
    assert feed is not None
    events = Calendar.from_ical(calendar_of(feed, NOW)).walk("VEVENT")
    shifts = list(Shift.objects.filter(person=person).order_by("starts_at"))
    assert [event.decoded("dtstart") for event in events] == [one.starts_at for one in shifts]
    assert events[0].decoded("dtstart").utcoffset() == timedelta(hours=8)
    assert "139" not in str(calendar_of(feed, NOW))
    with pytest.raises(Forbidden):
        make_feed(person, actor=ground.keeper, at=NOW)
    make_feed(person, actor=ground.world.officer, at=NOW)
    assert feed_of(secret, NOW) is None
    end_feed(person, actor=ground.world.officer, at=NOW + HOUR)
    assert not person.feeds.filter(ended_at=None).exists()


def test_a_calendar_address_ends_with_the_account_and_with_the_entry(ground: Ground) -> None:
    """Row 62, security.md 5: nothing is answered for a suspended account or after the last day on
    the list; who keeps the list ends the address, nobody else's colleague."""
    ground.published()
    person, li = ground.people["李文清"], ground.world.officer
    secret = make_feed(person, actor=li, at=NOW)
    user = User.objects.get(pk=li.person_id)
    suspend(user=user, reason="调离", actor=SYSTEM, at=NOW)
    assert feed_of(secret, NOW) is None
    User.objects.filter(pk=user.pk).update(state=AccountState.ACTIVE)
    last = date(2026, 1, 25)
    entry = Entry("李文清", ("officer",), ends_on=last)
    change_person(person, entry, revision=1, actor=ground.keeper, at=NOW)
    assert feed_of(secret, at_clock(last, time(23))) is not None
    assert feed_of(secret, at_clock(last + timedelta(days=1), time(1))) is None
    with pytest.raises(Forbidden):
        end_feed(person, actor=ground.world.second_officer, at=NOW)
    end_feed(person, actor=ground.keeper, at=NOW)
    assert not person.feeds.filter(ended_at=None).exists()
