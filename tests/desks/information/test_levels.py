"""Urgent information between nodes and its settings: one envelope up at once, the way told back
down, a direct line with its copy, limits as data, a leader's words (features rows 3, 56; S3-95,
S3-98; R-INF-1, R-INF-4; TR-07)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from luoshi.desks.information.domain.items.submitting import Sent, submit
from luoshi.desks.information.domain.items.wording import Words as ItemWords
from luoshi.desks.information.domain.queries.clock import hops_of, slowest
from luoshi.desks.information.domain.queries.lines import above
from luoshi.desks.information.domain.urgent.instructing import Words, instruct, register
from luoshi.desks.information.domain.urgent.limiting import end_line, set_limits, set_line
from luoshi.desks.information.domain.urgent.merging import merge
from luoshi.desks.information.domain.urgent.reporting import report
from luoshi.desks.information.domain.urgent.taking_in import take_in
from luoshi.desks.information.models import Event, ReportLine
from luoshi.desks.information.web.showing import levels_of
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.exchange.domain.node.initialising import initialise
from luoshi.foundation.exchange.enums import Relation
from luoshi.foundation.exchange.models import Incoming, Outgoing
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.desks.information.ground import (
    FIRST,
    MINUTE,
    NIGHT,
    Night,
    book,
    first,
    flood,
    make_night,
)
from tests.desks.information.test_pages import client_of
from tests.foundation.exchange.ground import Far, make_far, own_files, read_row
from tests.security.world import keyed
from tests.story import SYSTEM, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Night:
    return make_night()


@pytest.fixture
def ends(settings: Any, night: Night) -> Iterator[tuple[Far, Far]]:
    """This site is the city's node; the province is above it, the county below."""
    with own_files(settings):
        initialise(code="C3301", name="市级节点", address="", actor=SYSTEM, at=NIGHT)
        above_us = make_far("P33", Relation.SUPERIOR, "省委办公厅")
        yield above_us, make_far("X330101", Relation.SUBORDINATE, "安澜县")


def said(chain: str, **change: Any) -> dict[str, Any]:
    """What the county's node says of its event."""
    report_ = {"key": uuid4().hex, "step": "first", "number": 1, "text": FIRST}
    report_ |= {"unit_code": "010101", "unit_name": "安澜县", "receiver_name": "市委办公室"}
    report_ |= {"signer": "钟诚", "contact": "", "by_name": "夏雨"}
    report_["at"] = (NIGHT + 40 * MINUTE).isoformat()
    facts = {"chain": chain, "title": "河堤管涌", "place": "安澜县石门镇", "source": "电话"}
    facts |= {"kind": "urgent", "grade": "large", "nature": "natural", "daily": False}
    facts |= {"first_code": "010101", "first_name": "安澜县", "to": "0101D01", "passages": []}
    facts |= {"happened_at": NIGHT.isoformat(), "aware_at": (NIGHT + 22 * MINUTE).isoformat()}
    return facts | {"report": report_} | change


def test_a_county_elsewhere_reports_and_hears_how_word_went_on(
    night: Night, ends: tuple[Far, Far]
) -> None:
    """S3-95, B5: one envelope up; the city's book has it, its officers are told at once; what the
    province took in goes back down to the county as well."""
    above_us, below = ends
    chain, at = uuid4().hex, NIGHT + 41 * MINUTE
    given = {"kind": "information.urgent", "units": ("0101D01",), "sent_at": NIGHT}
    below.says(at=at, payload=said(chain), **given)
    event = book(night.city_unit)
    assert (event.chain.hex, event.from_code, event.above_name) == (chain, "010101", "省委办公厅")
    assert event.reports.get().text == FIRST
    assert event.passages.get().at == at
    told = Notice.objects.get(kind="urgent", recipient=night.city.person_id)
    assert told.deliver_at == at
    back = Outgoing.objects.get(kind="information.passages")
    assert read_row(back).payload["passages"][0]["receiver_code"] == "0101D01"
    below.says(at=at + MINUTE, payload=said(chain), **given)  # again: nothing new
    assert Outgoing.objects.filter(kind="information.passages").count() == 1
    report(event=event, writing=first(), actor=night.city, at=NIGHT + 55 * MINUTE)
    up = Outgoing.objects.get(kind="information.urgent")
    assert (up.receiver, read_row(up).metadata.urgency) == (above_us.node, "特急")
    event.refresh_from_db()
    assert event.next_leg == "phone"  # it is on its way, not there
    there = {
        "way": "written",
        "at": (NIGHT + 56 * MINUTE).isoformat(),
        "sender_code": "0101D01",
        "sender_name": "市委办公室",
        "receiver_code": "01",
        "receiver_name": "省委办公厅",
    }
    heard = {"chain": chain, "passages": [there]}
    above_us.says(
        at=NIGHT + 57 * MINUTE, kind="information.passages", units=("0101D01",), payload=heard
    )
    event.refresh_from_db()
    assert (event.next_due_at, event.late_minutes) == (None, 0)
    assert Outgoing.objects.filter(kind="information.passages").count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"chain": "x"},
        {"title": ""},
        {"happened_at": "yesterday"},
        {"happened_at": "2026-02-17T23:10:00"},
        {"aware_at": (NIGHT - MINUTE).isoformat()},
        {"report": None},
        {"report": {"step": "first", "number": True, "key": uuid4().hex, "text": "x"}},
        {"passages": {}},
        {"passages": [{"way": "rumour"}]},
    ],
)
def test_what_is_no_report_is_refused_to_its_sender(
    night: Night, ends: tuple[Far, Far], change: dict[str, Any]
) -> None:
    """Security 5: bad content is declined and answered, nothing of it is kept."""
    payload = said(uuid4().hex) | change
    ends[1].says(at=NIGHT + MINUTE, kind="information.urgent", units=("0101D01",), payload=payload)
    assert Incoming.objects.get(kind="information.urgent").state == "refused"
    assert not Event.objects.exists()


def test_a_direct_line_goes_past_the_city_which_gets_a_copy(night: Night) -> None:
    """Row 3, S3-98: the province has it at once, the city's copy owes nothing and blocks nothing;
    ended, it goes by the city again."""
    county_chief = actor("qin", "秦明", night.county_unit, Role.SECRETARY_GENERAL)
    at = NIGHT + 25 * MINUTE
    given: dict[str, Any] = {"trial": True, "actor": county_chief, "at": at}
    for to, basis in ((None, "试点通知"), (night.county_unit, "试点通知")):
        with pytest.raises(Invalid):
            set_line(to=to, direct=True, basis=basis, **given)
    with pytest.raises(Invalid):
        set_line(to=night.city_unit, direct=True, basis="试点通知", **given)
    line = set_line(to=night.province_unit, direct=True, basis="试点通知", **given)
    event = take_in(flood(), actor=night.county, at=at)
    assert (event.direct, event.limits) == (True, {"phone": 30, "written": 60, "top": 120})
    report(event=event, writing=first(), actor=night.county, at=NIGHT + 29 * MINUTE)
    assert book(night.province_unit).reports.get().text == FIRST
    copy = book(night.city_unit)
    assert (copy.limits, copy.next_due_at, copy.above_code) == ({}, None, "")
    event.refresh_from_db()
    assert (event.next_due_at, event.late_minutes) == (None, 0)
    with pytest.raises(Refused):
        report(event=copy, writing=first(), actor=night.city, at=at)
    end_line(line=line, actor=county_chief, at=at + MINUTE)
    assert above(night.county_unit) == (night.city_unit, False)
    assert ReportLine.objects.get().ended_at == at + MINUTE


def test_the_copy_past_the_level_is_no_hop_that_ate_the_time(night: Night) -> None:
    """B5, S3-98: the county tells the province at once; that the city's copy came an hour later
    held nobody up, and the way names the hop to the province."""
    chief = actor("qin", "秦明", night.county_unit, Role.SECRETARY_GENERAL)
    at = NIGHT + 25 * MINUTE
    given: dict[str, Any] = {"direct": True, "trial": True, "basis": "试点通知"}
    set_line(to=night.province_unit, **given, actor=chief, at=at)
    event = take_in(flood(aware_at=NIGHT + 2 * MINUTE), actor=night.county, at=at)
    report(event=event, writing=first(), actor=night.county, at=NIGHT + 29 * MINUTE)
    copied = event.passages.filter(receiver_code=night.city_unit.code)
    assert copied.update(at=NIGHT + 110 * MINUTE) == 1
    passages = list(event.passages.order_by("at"))
    hops, levels = hops_of(event, passages), levels_of(passages)
    assert [hop.receiver for hop in hops][-1] == "市委办公室"
    found = slowest(hops, levels)
    assert found is not None
    assert (found.receiver, found.minutes) == ("省委办公厅", 27)
    with time_machine.travel(NIGHT + 120 * MINUTE, tick=False):
        copy = book(night.city_unit)
        shown = client_of(night.city).get(f"/urgent/{copy.pk}/")
        assert shown.context["past"] == "省委办公厅"
        assert shown.context["slowest"] is None  # nothing but the copy is known here


def test_the_top_ends_an_event_it_took_in_itself(night: Night) -> None:
    """R-INF-2, row 57: nobody is above the province and nobody reports this one to it; its final
    report ends the event, and stays in its book. The office between has a copy and ends nothing."""
    at, end = NIGHT + 25 * MINUTE, first(step="final", text="险情排除，无人员伤亡。")
    event = take_in(flood(daily=True), actor=night.province, at=at)
    with time_machine.travel(NIGHT + 60 * MINUTE, tick=False):
        desk = client_of(night.province)
        page = desk.get(f"/urgent/{event.pk}/").content.decode()
        assert 'value="final"' in page and 'value="first"' not in page
        reports = f"/urgent/{event.pk}/reports/"
        wrong = desk.post(reports, keyed(step="final", text="险情排除。", signer=""))
        assert wrong.status_code == 422
        assert "险情排除。" in wrong.content.decode()  # kept where it was typed
        body = {"step": "final", "text": "险情排除。", "signer": "宁远"}
        assert desk.post(reports, keyed(**body)).status_code == 302
        event.refresh_from_db()
        assert (event.state, event.ended_at) == ("closed", NIGHT + 60 * MINUTE)
        assert not Event.objects.filter(office=night.province_unit).running().exists()
        shown = desk.get(f"/urgent/{event.pk}/").content.decode()
        assert "险情排除。" in shown and "reports-form" not in shown
    with pytest.raises(Refused):
        report(event=event, writing=end, actor=night.province, at=NIGHT + 70 * MINUTE)
    chief = actor("qin", "秦明", night.county_unit, Role.SECRETARY_GENERAL)
    given: dict[str, Any] = {"direct": True, "trial": True, "basis": "试点通知"}
    set_line(to=night.province_unit, **given, actor=chief, at=at)
    below = take_in(flood(title="客车侧翻"), actor=night.county, at=at)
    report(event=below, writing=first(), actor=night.county, at=NIGHT + 29 * MINUTE)
    copy = Event.objects.get(office=night.city_unit)
    with pytest.raises(Refused) as refused:
        report(event=copy, writing=end, actor=night.city, at=NIGHT + 30 * MINUTE)
    assert refused.value.code == "nobody-above"


def test_who_reports_to_nobody_follows_who_reports_to_it(night: Night) -> None:
    """R-INF-2, S3-98: with the final report from below the top's event and the copy past the level
    are over as well, and run in no watch room; while another unit of a merged event goes on, it
    runs. The city between ends its own by its own report."""
    chief = actor("qin", "秦明", night.county_unit, Role.SECRETARY_GENERAL)
    at, end = NIGHT + 25 * MINUTE, first(step="final", text="险情排除，无人员伤亡。")
    by_city = take_in(flood(title="客车侧翻"), actor=night.city, at=at)
    report(event=by_city, writing=first(), actor=night.city, at=at)
    given: dict[str, Any] = {"direct": True, "trial": True, "basis": "试点通知"}
    set_line(to=night.province_unit, **given, actor=chief, at=at)
    event = take_in(flood(), actor=night.county, at=at)
    report(event=event, writing=first(), actor=night.county, at=NIGHT + 29 * MINUTE)
    top = Event.objects.get(office=night.province_unit, title="河堤管涌")
    copy = Event.objects.get(office=night.city_unit, title="河堤管涌")
    assert (top.state, copy.state) == ("open", "open")
    report(event=event, writing=end, actor=night.county, at=NIGHT + 60 * MINUTE)
    top.refresh_from_db()
    copy.refresh_from_db()
    assert {(row.state, row.ended_at) for row in (top, copy)} == {("closed", NIGHT + 60 * MINUTE)}
    assert not Event.objects.filter(office=night.city_unit, title="河堤管涌").running().exists()
    other = Event.objects.get(office=night.province_unit, title="客车侧翻")
    merge(event=top, into=other, actor=night.province, at=NIGHT + 70 * MINUTE)
    other.refresh_from_db()
    assert other.state == "open"
    report(event=by_city, writing=end, actor=night.city, at=NIGHT + 80 * MINUTE)
    other.refresh_from_db()
    by_city.refresh_from_db()
    assert (other.state, by_city.state) == ("closed", "closed")


def test_limits_are_data_in_versions(night: Night) -> None:
    """R-INF-1: by level and grade; what was taken in keeps what it has; others change nothing."""
    chief, at = night.world.chief, NIGHT + MINUTE
    county = {"": {"phone": 30, "written": 60}, "gravest": {"phone": 10, "written": 20}}
    city = {"": {"phone": 20, "top": 90}, "large": {"phone": 15, "top": 60}}
    before = take_in(flood(), actor=night.city, at=NIGHT + 23 * MINUTE)
    given: dict[str, Any] = {"actor": chief, "at": at}
    set_limits(limits={"county": county, "city": city}, reason="市委办通知", **given)
    event = take_in(flood(), actor=night.city, at=NIGHT + 24 * MINUTE)
    ungraded = take_in(flood(grade=""), actor=night.city, at=NIGHT + 24 * MINUTE)
    assert (before.limits, event.limits, ungraded.limits) == (
        {"phone": 60, "top": 120},
        {"phone": 15, "top": 60},
        {"phone": 20, "top": 90},
    )
    for wrong in ({"": {"phone": 0}}, {"": {"phone": 60, "top": 30}}, {"": {"top": 2000}}):
        with pytest.raises(Invalid):
            set_limits(limits={"city": wrong}, reason="改", **given)
    with pytest.raises(Invalid):
        set_limits(limits={"city": city}, reason=" ", **given)
    with pytest.raises(Forbidden):
        set_limits(limits={"city": city}, reason="改", actor=night.city, at=at)


def test_a_leaders_words_become_a_matter_with_hours(night: Night) -> None:
    """R-INF-4, TR-07: the leader writes at night, whoever registers is told at once and makes it a
    matter that the unit has with its hour limit; once."""
    event = take_in(flood(), actor=night.city, at=NIGHT + 25 * MINUTE)
    at = NIGHT + timedelta(hours=9)
    words = Words("请水务局速查堤段，结果报我。", [Unit.objects.get(short_name="市水务局")])
    made = instruct(event=event, words=words, actor=night.world.leader, at=at)
    assert made.matter is None
    waiting = Notice.objects.get(kind="instruction", recipient=night.world.officer.person_id)
    assert waiting.deliver_at == at
    with pytest.raises(Forbidden):
        register(instruction=made, actor=night.city, at=at)
    done = register(instruction=made, actor=night.world.officer, at=at + MINUTE)
    assert done.matter is not None
    share = done.matter.assignments.get()
    assert (share.unit.short_name, done.matter.urgent_amount) == ("市水务局", 24)
    assert done.matter.instructed_by_id == night.world.leader.person_id
    with pytest.raises(Refused):
        register(instruction=done, actor=night.world.officer, at=at + MINUTE)
    at_once = Words(words.text, words.units, 6, night.world.leader.person_id)
    again = instruct(event=event, words=at_once, actor=night.world.officer, at=at + MINUTE)
    assert again.matter is not None
    nobody: Actor = night.city
    for bad in (Words("", words.units), Words("办", []), Words("办", words.units, 100)):
        with pytest.raises(Invalid):
            instruct(event=event, words=bad, actor=nobody, at=at)


def test_the_level_that_is_passed_reads_that_it_has_a_copy(night: Night) -> None:
    """S3-98: the page of the copy says past whom the line goes, the one at the top does not; so
    does the list of items, where the number is another office's."""
    chief = actor("qin", "秦明", night.county_unit, Role.SECRETARY_GENERAL)
    at = NIGHT + 25 * MINUTE
    given: dict[str, Any] = {"direct": True, "trial": True, "basis": "试点通知"}
    set_line(to=night.province_unit, **given, actor=chief, at=at)
    event = take_in(flood(), actor=night.county, at=at)
    report(event=event, writing=first(), actor=night.county, at=NIGHT + 29 * MINUTE)
    submit(ItemWords("早稻育秧", "育秧点偏少。"), Sent(), actor=night.county, at=at)
    told = "安澜县直报省委办公厅，本机关收到抄送"
    with time_machine.travel(NIGHT + 40 * MINUTE, tick=False):
        for who, unit, copy in (
            (night.city, night.city_unit, True),
            (night.province, night.province_unit, False),
        ):
            page = client_of(who).get(f"/urgent/{book(unit).pk}/").content.decode()
            assert (told in page) is copy
            page = client_of(who).get("/information/").content.decode()
            assert ("报省委办公厅，抄送本机关" in page) is copy
            assert "早稻育秧" in page
