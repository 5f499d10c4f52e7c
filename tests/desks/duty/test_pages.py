"""The pages of duty and of the watch room, as the people who use them do (ui.md 5.12; features rows
62–65)."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from luoshi.desks.duty.domain.posting.listing import Entry, add_person
from luoshi.desks.duty.domain.roster import swapping
from luoshi.desks.duty.domain.roster.drafting import begin
from luoshi.desks.duty.domain.roster.working_out import go_on
from luoshi.desks.duty.domain.watch.noting import note
from luoshi.desks.duty.enums import Post, RosterState
from luoshi.desks.duty.models import (
    DutyCheck,
    DutyPerson,
    Handover,
    LogNote,
    Roster,
    SensitivePeriod,
    Shift,
    Swap,
)
from luoshi.desks.information.domain.urgent.taking_in import take_in
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import at_clock
from luoshi.foundation.organizations.models import Unit
from tests.counting import queries_of
from tests.desks.duty.ground import HOUR, NOW, Ground
from tests.desks.duty.test_books import line
from tests.desks.information.ground import NIGHT, flood
from tests.security.world import keyed, sign_in

pytestmark = pytest.mark.django_db
IN_FORCE = at_clock(date(2026, 2, 10), time(10))


@pytest.fixture
def ground() -> Ground:
    return Ground()


def client_of(actor: Actor) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=actor.person_id))
    return client


def test_from_an_empty_month_to_a_published_roster(ground: Ground) -> None:
    """Row 62: begun on the page, worked out by the job with its progress shown, proved on the page,
    approved by the secretary-general, published; the wall sheet prints."""
    with time_machine.travel(NOW, tick=False):
        kong, chief = client_of(ground.keeper), client_of(ground.chief)
        empty = kong.get("/duty/?day=2026-02-01").content.decode()
        assert "本月还没有值班表" not in empty  # the keeper is offered to begin one
        assert 'value="2026-02-28"' in empty
        wrong = kong.post("/duty/rosters/", {"starts_on": "2026-02-30", "ends_on": "2026-02-28"})
        assert wrong.status_code == 422
        assert "2026-02-30" in wrong.content.decode()
        body = {"starts_on": "2026-02-01", "ends_on": "2026-02-28"}
        assert kong.post("/duty/rosters/", body).status_code == 302
        again = {"starts_on": "2026-02-09", "ends_on": "2026-03-09", "day": "2026-02-01"}
        taken = kong.post("/duty/rosters/", again)
        assert taken.status_code == 409
        kept = taken.content.decode()  # the month it came from, with what was typed
        assert 'value="2026-02-09"' in kept
        assert 'value="2026-03-09"' in kept
        assert "2026年2月" in kept
        roster = Roster.objects.get()
        assert roster.state == RosterState.SOLVING
        assert "正在自动排班" in kong.get("/duty/?day=2026-02-01").content.decode()
        asked = kong.get(f"/duty/rosters/{roster.pk}/progress/")
        assert "HX-Refresh" not in asked
        go_on(lambda: NOW)
        assert kong.get(f"/duty/rosters/{roster.pk}/progress/")["HX-Refresh"] == "true"
        page = kong.get("/duty/?day=2026-02-01").content.decode()
        assert "672小时无空档" in page
        assert "已证明没有更均衡的排法" in page
        assert "带班" in page
        acts = f"/duty/rosters/{roster.pk}/"
        assert kong.post(f"{acts}approval/").status_code == 403
        assert chief.post(f"{acts}approval/").status_code == 302
        assert kong.post(f"{acts}publication/").status_code == 302
        assert kong.post(f"{acts}solution/").status_code == 409
        assert chief.post(f"{acts}draft/").status_code == 302
        roster.refresh_from_db()
        assert roster.state == RosterState.DRAFT


def test_each_roster_of_a_month_has_its_acts(ground: Ground) -> None:
    """Row 62: a holiday week with a roster of its own: the day says which one is opened, the others
    are a step away; the days that are free yet are offered."""
    week = begin(date(2026, 2, 16), date(2026, 2, 22), actor=ground.keeper, at=NOW)
    first = begin(date(2026, 2, 1), date(2026, 2, 7), actor=ground.keeper, at=NOW)
    with time_machine.travel(NOW, tick=False):
        kong = client_of(ground.keeper)
        for row, day in ((first, "2026-02-01"), (week, "2026-02-17"), (week, "2026-02-10")):
            page = kong.get(f"/duty/?day={day}").content.decode()
            assert f"/duty/rosters/{row.pk}/solution/" in page
            assert 'href="?day=2026-02-01"' in page
            assert 'href="?day=2026-02-16"' in page
            assert 'value="2026-02-08"' in page
            assert 'value="2026-02-15"' in page
        begin(date(2026, 2, 8), date(2026, 2, 15), actor=ground.keeper, at=NOW)
        begin(date(2026, 2, 23), date(2026, 2, 28), actor=ground.keeper, at=NOW)
        assert 'name="starts_on"' not in kong.get("/duty/?day=2026-02-01").content.decode()


def test_a_shift_shows_what_stands_against_each_before_anybody_is_put_there(ground: Ground) -> None:
    """Row 62: conflicts at once; what is refused keeps what was typed."""
    ground.published()
    shift = ground.shift(date(2026, 2, 12))
    before = ground.shift(date(2026, 2, 11)).person
    with time_machine.travel(IN_FORCE, tick=False):
        kong = client_of(ground.keeper)
        page = kong.get(f"/duty/shifts/{shift.pk}/").content.decode()
        assert f"{before}班后休息不足24小时" in page
        to = f"/duty/shifts/{shift.pk}/person/"
        assert before is not None
        refused = kong.post(to, {"person": str(before.pk), "reason": ""})
        assert refused.status_code == 422
        assert "仍要安排的，请说明理由" in refused.content.decode()
        assert kong.post(to, {"person": str(before.pk), "reason": "顶班"}).status_code == 302
        assert "顶班" in kong.get(f"/duty/shifts/{shift.pk}/").content.decode()
        assert kong.post(to, {"person": str(uuid4()), "reason": "x"}).status_code == 422
        show = f"/duty/shifts/{shift.pk}/"
        _answer, few = queries_of(lambda: kong.get(show))
        for number in range(20):
            entry = Entry(f"值班员{number}", ("officer",), starts_on=date(2026, 1, 1))
            add_person(entry, actor=ground.keeper, at=NOW)
        _answer, many = queries_of(lambda: kong.get(show))
        assert few == many


def test_a_swap_is_asked_on_the_page_answered_and_approved(ground: Ground) -> None:
    """Row 63: pending in the cell of the month; the left bar counts what waits for the reader."""
    ground.published()
    shift = Shift.objects.filter(person=ground.people["何晓"], starts_at__gt=IN_FORCE).first()
    assert shift is not None
    taker = ground.people["李文清"]
    near = (shift.day - timedelta(2), shift.day + timedelta(2))
    Shift.objects.filter(person=taker, day__range=near).update(person=None)
    assert not swapping.fits(shift, taker, None)
    with time_machine.travel(IN_FORCE, tick=False):
        he, li, kong = (client_of(ground.actors[n]) for n in ("何晓", "李文清", "孔亮"))
        to = f"/duty/shifts/{shift.pk}/swaps/"
        refused = he.post(to, keyed(taker=str(taker.pk), reason=""))
        assert refused.status_code == 422
        assert he.post(to, keyed(taker=str(taker.pk), reason="培训")).status_code == 302
        swap = Swap.objects.get()
        assert "⇄" in he.get("/duty/?day=2026-02-01").content.decode()
        assert 'value="agree"' in li.get("/duty/swaps/").content.decode()
        assert he.post(f"/duty/swaps/{swap.pk}/", {"act": "approve"}).status_code == 403
        assert li.post(f"/duty/swaps/{swap.pk}/", {"act": "agree"}).status_code == 302
        assert kong.post(f"/duty/swaps/{swap.pk}/", {"act": "approve"}).status_code == 302
        shift.refresh_from_db()
        assert shift.person == taker
        assert kong.post(f"/duty/swaps/{swap.pk}/", {"act": "x"}).status_code == 422


def test_people_leave_and_the_way_of_duty(ground: Ground) -> None:
    """R-DUT-8: somebody more on the list, a bound, leave in and out, a new version of the way."""
    with time_machine.travel(NOW, tick=False):
        kong, chief = client_of(ground.keeper), client_of(ground.chief)
        body = {"name": "新来", "posts": ["officer"], "phone": "139", "most": "3"}
        assert kong.post("/duty/people/", body | {"posts": []}).status_code == 422
        assert kong.post("/duty/people/", body).status_code == 302
        made = DutyPerson.objects.get(name="新来")
        assert (made.most, made.nights) == (3, False)
        page = f"/duty/people/{made.pk}/"
        assert (
            kong.post(
                page, body | {"nights": "1", "weekdays_off": ["6", "7"], "revision": "1"}
            ).status_code
            == 302
        )
        leave = {"kind": "leave", "starts_on": "2026-02-03", "ends_on": "2026-02-01"}
        refused = kong.post(f"{page}leaves/", leave)
        assert refused.status_code == 422
        assert "2026-02-01" in refused.content.decode()
        body |= {"revision": "2"}
        backwards = kong.post(page, body | {"ends_on": "2025-12-01"})
        assert backwards.status_code == 422
        assert "2025-12-01" in backwards.content.decode()
        odd = body | {"weekdays_off": ["", "12", "９"]}
        assert kong.post(page, odd).status_code == 302
        assert kong.post(f"{page}leaves/", leave | {"ends_on": "2026-02-05"}).status_code == 302
        gone = made.leaves.get()
        assert kong.post(f"/duty/leaves/{gone.pk}/removal/").status_code == 302
        assert "新来" in kong.get("/duty/people/").content.decode()
        way = {"officer_starts": "8 20", "leader_starts": "8", "leader_days": "special"}
        way |= {"rest_hours": "24", "workday": "2", "weekend": "3", "holiday": "5"}
        way |= {"night_extra": "1", "sensitive_extra": "2", "answer_seconds": "60"}
        way |= {"report_hour": "17", "check_days": "30", "reason": "值班制度", "version": "0"}
        assert chief.post("/duty/scheme/", way | {"officer_starts": "八点"}).status_code == 422
        assert kong.post("/duty/scheme/", way).status_code == 403
        assert chief.post("/duty/scheme/", way).status_code == 302
        assert "第1版" in kong.get("/duty/scheme/").content.decode()


def test_tonight_from_the_log_to_the_second_signature(ground: Ground) -> None:
    """Rows 62, 63: a line written in a minute, settled, handed over, signed; all on one page."""
    ground.published()
    shift = ground.shift(date(2026, 2, 10))
    with time_machine.travel(IN_FORCE, tick=False):
        kong = client_of(ground.keeper)
        body = {"kind": "call_in", "who": "气象台", "text": "降雨预报", "pending": "1"}
        body["next"] = "/duty/tonight/"
        refused = kong.post("/duty/log/", keyed(**body) | {"text": ""})
        assert refused.status_code == 422
        assert "气象台" in refused.content.decode()
        answer = kong.post("/duty/log/", keyed(**body))
        assert answer["Location"] == "/duty/tonight/"
        assert "降雨预报" in kong.get("/duty/tonight/").content.decode()
        holder = client_of(ground.of(shift))
        to = f"/duty/shifts/{shift.pk}/handover/"
        assert holder.post(to, keyed(words="")).status_code == 422
        assert holder.post(to, keyed(words="平稳")).status_code == 302
        made = Handover.objects.get()
        taker = client_of(ground.actors.get(made.taker.name, ground.keeper))
        sign = f"/duty/handovers/{made.pk}/signature/"
        assert taker.post(sign, {"words": ""}).status_code == 302
        assert "平稳" in kong.get("/duty/handovers/").content.decode()
        row = LogNote.objects.get()
        settle = f"/duty/log/{row.pk}/settlement/"
        assert kong.post(settle, {"outcome": "已通知各县区"}).status_code == 302
        assert "已通知各县区" in kong.get("/duty/log/").content.decode()
        assert client_of(ground.world.liaison).get("/duty/log/").status_code == 403


def test_periods_reports_and_checks_on_their_pages(ground: Ground) -> None:
    """Rows 64, 65: declared, reported, revoked; a check with its figures that open their rows."""
    with time_machine.travel(NOW, tick=False):
        kong, chief = client_of(ground.keeper), client_of(ground.chief)
        body = {
            "title": "春节",
            "basis": "通知",
            "starts_on": "2026-01-20",
            "ends_on": "2026-02-24",
        }
        assert chief.post("/duty/periods/", keyed(**body) | {"basis": ""}).status_code == 422
        answer = chief.post("/duty/periods/", keyed(**body, daily="1"))
        assert answer.status_code == 302
        period = SensitivePeriod.objects.get(office=ground.office)
        page = kong.get(answer["Location"]).content.decode()
        assert "未报告" in page
        reports = f"/duty/periods/{period.pk}/reports/"
        assert kong.post(reports, keyed(day="2026-01-19", nothing="1")).status_code == 422
        assert kong.post(reports, keyed(day="2026-01-20", nothing="1")).status_code == 302
        assert "零报告" in kong.get(answer["Location"]).content.decode()
        revoke = f"/duty/periods/{period.pk}/revocation/"
        assert kong.post(revoke, {"reason": "x"}).status_code == 403
        assert chief.post(revoke, {"reason": ""}).status_code == 422
        assert chief.post(revoke, {"reason": "结束"}).status_code == 302
        call = {"unit": "安澜县", "called_at": "09:50", "seconds": "95"}
        assert kong.post("/duty/checks/", keyed(**call) | {"unit": "无此县"}).status_code == 422
        assert kong.post("/duty/checks/", keyed(**call)).status_code == 302
        page = kong.get("/duty/checks/").content.decode()
        county = Unit.objects.get(short_name="安澜县")
        link = f"?year=2026&amp;unit={county.code}&amp;result=slow"
        assert f'<a href="{link}">1</a>' in page
        assert DutyCheck.objects.get().result == "slow"


def test_a_calendar_program_needs_no_sign_in_but_the_secret(ground: Ground) -> None:
    """Row 62: the address is shown once; a wrong one is not found; nobody off the list has one."""
    ground.published()
    with time_machine.travel(NOW, tick=False):
        li = client_of(ground.world.officer)
        page = li.post("/duty/feed/", {"act": "make"}).content.decode()
        address = page.split("<code>")[1].split("</code>")[0]
        path = address[address.index("/duty/") :]
        answer = Client().get(path)
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert b"BEGIN:VEVENT" in answer.content
        assert Client().get("/duty/feed/nothing.ics").status_code == 404
        assert li.post("/duty/feed/", {"act": "end"}).status_code == 302
        assert Client().get(path).status_code == 404
        assert client_of(ground.world.liaison).get("/duty/feed/").status_code == 404
        page = li.post("/duty/feed/", {"act": "make"}).content.decode()
        path = "/duty/feed/" + page.split("/duty/feed/")[-1].split("</code>")[0]
        assert Client().get(path).status_code == 200
        kong, person = client_of(ground.keeper), ground.people["李文清"]
        ending = f"/duty/people/{person.pk}/feed/end/"
        assert ending in kong.get(f"/duty/people/{person.pk}/").content.decode()
        assert client_of(ground.world.second_officer).post(ending).status_code == 403
        assert kong.post(ending).status_code == 302
        assert Client().get(path).status_code == 404


def test_the_watch_room_shows_who_is_there_and_what_runs(ground: Ground) -> None:
    """S3-89, row 56: duty here and below with telephones, the event with its clock, the last lines;
    the part that changes is asked for by itself."""
    ground.published()
    take_in(flood(), actor=ground.keeper, at=NIGHT + 25 * HOUR / 60)
    note(line(text="水位平稳"), actor=ground.keeper, at=NIGHT)
    with time_machine.travel(NIGHT + HOUR, tick=False):
        kong = client_of(ground.keeper)
        page = kong.get("/watch/").content.decode()
        part = kong.get("/watch/now/").content.decode()
        for words in ("河堤管涌", "水位平稳", "13900001111", "安澜县", "未报备", "剩余"):
            assert words in page
            assert words in part
        assert "<html" not in part
        assert client_of(ground.world.liaison).get("/watch/").status_code == 403


def test_as_many_queries_with_many_rows(ground: Ground) -> None:
    """Rows 62–65: month, log, checks, swaps and the watch room ask as often with few rows as with
    many; lists at most eight of their own."""
    ground.published()
    few, many = {}, {}
    pages = ("/duty/?day=2026-02-01", "/duty/log/", "/duty/checks/", "/duty/swaps/", "/watch/now/")
    with time_machine.travel(IN_FORCE, tick=False):
        kong = client_of(ground.keeper)
        for found in (few, many):
            for page in pages:
                kong.get(page)
                _answer, found[page] = queries_of(lambda page=page: kong.get(page))  # type: ignore[misc]
            if found is few:
                more(ground)
    assert few == many
    assert all(many[page] <= 8 for page in ("/duty/log/", "/duty/checks/", "/duty/swaps/"))


def more(ground: Ground) -> None:
    """Many lines, checks and swaps."""
    units = list(Unit.objects.filter(seat_path__startswith=ground.office.seat_path)[:20])
    for n in range(60):
        note(line(text=str(n)), actor=ground.keeper, at=IN_FORCE)
        DutyCheck.objects.create(
            office=ground.office,
            unit=units[n % len(units)],
            called_at=IN_FORCE - n * HOUR,
            seconds=n,
            allowed=60,
            result="good",
            checked_by_name="孔亮",
            noted_at=IN_FORCE,
        )
    for shift in Shift.objects.filter(office=ground.office, post=Post.OFFICER)[:20]:
        Swap.objects.create(
            shift=shift,
            asker=shift.person,
            taker=ground.people["高原"],
            reason="x",
            asked_at=IN_FORCE,
            state="declined",
        )


@pytest.mark.parametrize(("language", "day"), [("en", "Wed"), ("zh-hans", "周三")])
def test_days_of_the_week_are_in_the_readers_language(
    ground: Ground, language: str, day: str
) -> None:
    """Row 62: in the form as in the list."""
    add_person(Entry("白雪", (Post.OFFICER.value,), weekdays_off=(3,)), actor=ground.keeper, at=NOW)
    with time_machine.travel(NOW, tick=False):
        kong = client_of(ground.keeper)
        User.objects.filter(pk=ground.keeper.person_id).update(language=language)
        page = kong.get("/duty/people/")
        assert (str(3), day) in page.context["weekdays"]
        assert page.content.decode().count(day) == 2
