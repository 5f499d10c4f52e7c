"""Urgent information: two hours from the event, each hop's time, a chain of reports that do not
repeat (features rows 56, 57; S3-94…96; TR-10; R-INF-1…3; B5)."""

from datetime import timedelta

import pytest

from luoshi.desks.information.domain.queries.clock import due_of, hops_of, slowest
from luoshi.desks.information.domain.urgent.finding import find
from luoshi.desks.information.domain.urgent.merging import alike, merge
from luoshi.desks.information.domain.urgent.phoning import phone
from luoshi.desks.information.domain.urgent.reporting import report
from luoshi.desks.information.domain.urgent.taking_in import Call, correct, take_in
from luoshi.desks.information.enums import EventState
from luoshi.desks.information.models import Event, EventReport, Finding
from luoshi.desks.information.web.showing import levels_of
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.supervision.matters.enums import Light
from tests.desks.information.ground import (
    FIRST,
    MINUTE,
    NEW,
    NIGHT,
    Night,
    book,
    first,
    flood,
    make_night,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Night:
    return make_night()


def taken(night: Night, at: int = 25) -> Event:
    """The county takes the flood in, so many minutes after it began."""
    return take_in(flood(), actor=night.county, at=NIGHT + at * MINUTE)


def test_two_hours_from_the_event_over_a_holiday_night() -> None:
    """TR-10, R-CAL-1: 17 February 23:10, in the Spring Festival, ends 18 February 01:10."""
    due = due_of(NIGHT, 120)
    assert due.hourly
    assert due.at == NIGHT + timedelta(hours=2)


def test_four_facts_start_the_clock(night: Night) -> None:
    """Row 56: a number, the limits of the level, the next one first, everybody on duty told at
    once whatever the hour."""
    event = taken(night)
    assert event.number == "急〔2026〕1号"
    assert event.limits == {"phone": 30, "written": 60}
    assert (event.next_leg, event.next_due_at) == ("phone", NIGHT + 30 * MINUTE)
    assert event.above_name == "市委办公室"
    at = NIGHT + 25 * MINUTE
    assert event.light(at) == Light.YELLOW
    assert event.light(NIGHT + 30 * MINUTE) == Light.RED
    city = take_in(flood(), actor=night.city, at=at)
    assert city.limits == {"phone": 60, "top": 120}
    told = Notice.objects.filter(kind="urgent", recipient=night.world.chief.person_id).get()
    assert told.deliver_at == at
    assert Entry.objects.filter(action="information.taken_in").count() == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"place": ""}, "place"),
        ({"source": ""}, "source"),
        ({"happened_at": None}, "happened_at"),
        ({"happened_at": NIGHT + timedelta(days=1)}, "happened_at"),
        ({"happened_at": NIGHT - timedelta(days=400)}, "happened_at"),
        ({"aware_at": NIGHT - MINUTE}, "aware_at"),
        ({"title": "洪" * 121}, "title"),
        ({"grade": "huge"}, "grade"),
    ],
)
def test_bad_facts_are_refused_and_nothing_is_kept(
    night: Night, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as found:
        take_in(flood(**change), actor=night.county, at=NIGHT + 25 * MINUTE)
    assert field in found.value.errors
    assert not Event.objects.exists()


def test_who_has_no_post_in_an_office_takes_nothing_in(night: Night) -> None:
    with pytest.raises(Forbidden):
        take_in(flood(), actor=night.world.leader, at=NIGHT + 25 * MINUTE)


def test_phone_then_written_then_province_and_every_level_knows_the_way(night: Night) -> None:
    """Rows 3, 56, B5: the county telephones and writes, the city writes on; each book holds the
    whole way, and the slowest hop is named."""
    event = taken(night)
    phone(event=event, to_name="孔亮", actor=night.county, at=NIGHT + 28 * MINUTE)
    event.refresh_from_db()
    assert event.next_leg == "written"
    report(event=event, writing=first(), actor=night.county, at=NIGHT + 50 * MINUTE)
    below, city = book(night.county_unit), book(night.city_unit)
    assert (below.next_due_at, below.late_minutes) == (None, 0)
    assert (city.from_name, city.chain, city.title) == ("安澜县", event.chain, "河堤管涌")
    assert (city.next_leg, city.next_due_at) == ("phone", NIGHT + 60 * MINUTE)
    assert city.reports.get().text == FIRST
    late = first(late_reason="核实情况用时较长")
    report(event=city, writing=late, actor=night.city, at=NIGHT + 110 * MINUTE)
    top = book(night.province_unit)
    assert (top.limits, top.next_due_at, top.light(NIGHT)) == ({}, None, Light.GREEN)
    for row in (below, city, top):
        hops = hops_of(row, list(row.passages.all()))
        assert [(hop.receiver, hop.minutes) for hop in hops] == [
            ("安澜县", 22),
            ("市委办公室", 6),
            ("省委办公厅", 82),
        ]
        found = slowest(hops, levels_of(list(row.passages.all())))
        assert found is not None
        assert found.receiver == "省委办公厅"
    city.refresh_from_db()
    assert (city.next_due_at, city.late_minutes) == (None, 50)  # the call was due at 60 minutes
    assert not Finding.objects.exclude(unit_name="市委办公室").exists()


def test_over_time_asks_why_and_stays_for_ever(night: Night) -> None:
    """R-INF-3, ui.md 5.11: no report after a limit without its reason; "late" is found by the clock
    in the books of both levels, once."""
    event = taken(night)
    late = NIGHT + 75 * MINUTE
    with pytest.raises(Invalid) as found:
        report(event=event, writing=first(), actor=night.county, at=late)
    assert "late_reason" in found.value.errors
    writing = first(late_reason="山区通信中断")
    report(event=event, writing=writing, actor=night.county, at=late)
    event.refresh_from_db()
    assert (event.late_minutes, event.late_reason) == (45, "山区通信中断")
    for unit in (night.county_unit, night.city_unit):
        found_late = book(unit).findings.filter(fault="late", unit_code="010101")
        assert [(one.leg, one.minutes, one.automatic) for one in found_late.order_by("leg")] == [
            ("phone", 45, True),
            ("written", 15, True),
        ]


def test_reports_come_in_order_and_say_only_what_is_new(night: Night) -> None:
    """Row 57, R-INF-2: first, follow-ups, daily for long events, final; nothing after it."""
    event = taken(night)
    at = NIGHT + 29 * MINUTE
    with pytest.raises(Refused):
        report(event=event, writing=first(step="update"), actor=night.county, at=at)
    report(event=event, writing=first(), actor=night.county, at=at)
    with pytest.raises(Refused):
        report(event=event, writing=first(), actor=night.county, at=at)
    with pytest.raises(Invalid) as said:
        writing = first(step="update", text=NEW + FIRST)
        report(event=event, writing=writing, actor=night.county, at=at)
    assert "管涌" in str(said.value.errors["text"][0])
    with pytest.raises(Invalid):
        report(event=event, writing=first(step="daily", text=NEW), actor=night.county, at=at)
    report(event=event, writing=first(step="update", text=NEW), actor=night.county, at=at)
    final = first(step="final", text="险情排除，无人员伤亡。", signer="钟诚")
    report(event=event, writing=final, actor=night.county, at=at + MINUTE)
    event.refresh_from_db()
    assert event.state == EventState.CLOSED
    with pytest.raises(Refused):
        report(event=event, writing=first(step="update"), actor=night.county, at=at + MINUTE)
    steps = book(night.city_unit).reports.order_by("at", "step").values_list("step", "number")
    assert sorted(steps) == [("final", 1), ("first", 1), ("update", 1)]
    assert book(night.city_unit).state == EventState.OPEN  # the city ends its own


def test_a_call_and_the_written_report_of_it_are_merged(night: Night) -> None:
    """Row 57: the city takes the county's call in, the written report comes under the county's own
    event: offered as the same, merged by a person, what is told later arrives in the one kept."""
    at = NIGHT + 28 * MINUTE
    call = Call(night.county_unit, "夏雨", at)
    heard = take_in(flood(aware_at=None), call=call, actor=night.city, at=at)
    assert heard.passages.get().way == "phone"
    event = taken(night)
    report(event=event, writing=first(), actor=night.county, at=NIGHT + 29 * MINUTE)
    written = Event.objects.get(office=night.city_unit, chain=event.chain)
    assert [(one.pk, percent) for one, percent in alike(written)] == [(heard.pk, 100)]
    merge(event=written, into=heard, actor=night.city, at=NIGHT + 46 * MINUTE)
    heard.refresh_from_db()
    assert (heard.first_name, heard.aware_at) == ("安澜县", NIGHT + 22 * MINUTE)
    assert heard.passages.count() == 2
    assert heard.reports.get().step == "first"
    update = first(step="update", text=NEW)
    report(event=event, writing=update, actor=night.county, at=NIGHT + 58 * MINUTE)
    assert heard.reports.filter(step="update").exists()
    report(event=heard, writing=first(), actor=night.city, at=NIGHT + 59 * MINUTE)
    top = {one.receiver_name for one in event.passages.all()}
    assert "省委办公厅" in top
    with pytest.raises(Refused):
        merge(event=written, into=heard, actor=night.city, at=at)
    with pytest.raises(Invalid):
        merge(event=heard, into=heard, actor=night.city, at=at)


def test_missing_false_and_concealed_are_a_persons_word(night: Night) -> None:
    """R-INF-3: on evidence, once a unit and fault; lateness is not typed."""
    event = take_in(flood(source="网络"), actor=night.city, at=NIGHT + 50 * MINUTE)
    given = {"event": event, "unit": night.county_unit, "actor": night.city}
    at = NIGHT + timedelta(days=1)
    find(fault="missing", words="网上视频显示，县里至次日未报", at=at, **given)
    assert event.findings.get(fault="missing").unit_name == "安澜县"
    for fault, words in (("missing", "再次"), ("late", "晚"), ("false", "")):
        with pytest.raises(Invalid):
            find(fault=fault, words=words, at=at, **given)


def test_a_corrected_time_moves_the_clock(night: Night) -> None:
    """TR-10: the clock is that of the event, whenever it turns out to have been."""
    event = taken(night)
    earlier = flood(happened_at=NIGHT - 10 * MINUTE, grade="gravest")
    correct(event=event, facts=earlier, revision=1, actor=night.county, at=NIGHT + 26 * MINUTE)
    event.refresh_from_db()
    assert event.next_due_at == NIGHT + 20 * MINUTE
    entry = Entry.objects.get(action="information.corrected")
    assert set(Entry.detail_of(entry)["after"]) == {"happened_at", "grade"}


def test_each_level_reads_its_own_book(night: Night) -> None:
    """Decision 8: the county does not read the city's."""
    event = taken(night)
    report(event=event, writing=first(), actor=night.county, at=NIGHT + 29 * MINUTE)
    for who, count in ((night.county, 1), (night.city, 1), (night.world.liaison, 0)):
        assert Event.objects.visible_to(who).count() == count
    with pytest.raises(Forbidden):
        phone(event=event, to_name="甲", actor=night.city, at=NIGHT + 30 * MINUTE)
    assert EventReport.objects.count() == 2
