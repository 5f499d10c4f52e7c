"""The pages of urgent information, as a duty officer uses them (ui.md 5.11; rows 56, 57)."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from luoshi.desks.information.domain.queries.figures import by_unit
from luoshi.desks.information.domain.urgent.reporting import report
from luoshi.desks.information.domain.urgent.taking_in import take_in
from luoshi.desks.information.enums import Step
from luoshi.desks.information.models import Event, LimitVersion
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from tests.counting import queries_of
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
from tests.security.world import keyed, sign_in

pytestmark = pytest.mark.django_db
NOW = NIGHT + 25 * MINUTE
FOUR = {"title": "河堤管涌", "place": "石门镇", "happened_at": "23:10", "source": "镇值班室"}


@pytest.fixture
def night() -> Night:
    return make_night()


def client_of(actor: Actor) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=actor.person_id))
    return client


def test_from_four_fields_to_the_final_report(night: Night) -> None:
    """Row 56: "23:10" past midnight is yesterday's; a call, the first report as it is offered, a
    follow-up, the final one; the history says which report it was, in the reader's language."""
    with time_machine.travel(NIGHT + 70 * MINUTE, tick=False):
        county = client_of(night.county)
        answer = county.post("/urgent/new/", keyed(**FOUR))
        event = Event.objects.get()
        assert answer["Location"] == f"/urgent/{event.pk}/"
        assert event.happened_at == NIGHT
        page = county.get(answer["Location"]).content.decode()
        assert "距事发 <b data-passed>1:10</b>" in page
        assert "轮到安澜县" in page
        assert "2月17日23时10分许，石门镇河堤管涌。" in page  # the first report, as it is offered
        calls = f"/urgent/{event.pk}/calls/"
        assert county.post(calls, keyed(to_name="孔亮", called_at="23:35")).status_code == 302
        reports = f"/urgent/{event.pk}/reports/"
        body = {"step": "first", "text": "23时10分，石门镇河堤管涌。", "signer": "钟诚"}
        refused = county.post(reports, keyed(**body))
        assert refused.status_code == 422
        assert "请说明原因" in refused.content.decode()
        assert "23时10分，石门镇河堤管涌。" in refused.content.decode()  # nothing typed is lost
        assert county.post(reports, keyed(**body, late_reason="断网")).status_code == 302
        for step, text in (("update", NEW), ("final", "险情排除。")):
            sent = keyed(step=step, text=text, signer="钟诚")
            assert county.post(reports, sent).status_code == 302
        page = county.get(answer["Location"]).content.decode()
        with override("zh-hans"):
            assert f"市委办公室 · {Step.FINAL.label}</blockquote>" in page
        assert "迟10分钟" in page


@pytest.mark.parametrize(
    "typed", ["25:00", "昨晚", "2026-2-30 10:00", "23:10:11", "1-1-1 03:00", "9999-99-99 03:00"]
)
def test_a_time_nobody_can_read_is_refused_and_the_rest_kept(night: Night, typed: str) -> None:
    with time_machine.travel(NOW, tick=False):
        county = client_of(night.county)
        answer = county.post("/urgent/new/", keyed(**{**FOUR, "happened_at": typed}))
    page = answer.content.decode()
    assert (answer.status_code, Event.objects.count()) == (422, 0)
    assert "不是时间" in page
    assert "镇值班室" in page


def test_a_form_sent_twice_takes_in_once(night: Night) -> None:
    with time_machine.travel(NOW, tick=False):
        county = client_of(night.county)
        body = FOUR | {"submission_key": str(uuid4())}
        places = {county.post("/urgent/new/", body)["Location"] for _ in range(2)}
    assert len(places) == Event.objects.count() == 1


def test_every_number_opens_its_rows_and_no_row_costs_a_query(night: Night) -> None:
    """Decision 10: tabs and figures count what they open; as many queries for three rows as one."""
    with time_machine.travel(NIGHT + timedelta(days=1), tick=False):
        city = client_of(night.city)
        take_in(flood(), actor=night.city, at=NOW)
        pages = ("/urgent/", "/urgent/figures/?year=2026")
        few = []
        for page in pages:
            city.get(page)
            few.append(queries_of(lambda page=page: city.get(page))[1])
        for number in range(3):
            facts = flood(title=f"道路塌陷{number}", place=f"第{number}街")
            event = take_in(facts, actor=night.county, at=NOW)
            writing = first(late_reason="核实")
            report(event=event, writing=writing, actor=night.county, at=NIGHT + 90 * MINUTE)
        many = [queries_of(lambda page=page: city.get(page))[1] for page in pages]
        assert (few, max(many)) == (many, many[0])
        assert many[0] <= 8
        figures = city.get(pages[1]).context
        assert figures["total"]["events"] == 4
        lines = {line["name"]: line for line in figures["lines"]}
        assert (lines["安澜县"]["late"], lines["安澜县"]["median"]) == (3, 90)
        for fault, count in (("late", 3), ("missing", 0)):
            rows = city.get(f"/urgent/?year=2026&unit=010101&fault={fault}").context["page"].rows
            assert len(rows) == count == lines["安澜县"][fault]
        for key, _label, count in city.get("/urgent/").context["tabs"]:
            assert len(city.get(f"/urgent/?show={key}").context["page"].rows) == count, key


def test_the_city_merges_sets_limits_and_reads_the_county_by_its_own_book(night: Night) -> None:
    """Row 57, R-INF-1: merged from the page; limits typed in the table, wrong ones named."""
    with time_machine.travel(NIGHT + 40 * MINUTE, tick=False):
        city, chief = client_of(night.city), client_of(night.world.chief)
        body = FOUR | {"place": "安澜县石门镇", "called_from": "安澜县", "called_by": "夏雨"}
        city.post("/urgent/new/", keyed(**body))
        heard = book(night.city_unit)
        event = take_in(flood(), actor=night.county, at=NOW)
        report(event=event, writing=first(), actor=night.county, at=NIGHT + 29 * MINUTE)
        written = Event.objects.get(office=night.city_unit, chain=event.chain)
        assert "不计时" not in city.get(f"/urgent/{heard.pk}/").content.decode()  # a clock runs
        assert "是否同一事件" in city.get(f"/urgent/{written.pk}/").content.decode()
        merger = f"/urgent/{written.pk}/merger/"
        assert city.post(merger, {"into": str(uuid4())}).status_code == 422
        assert city.post(merger, {"into": str(heard.pk)})["Location"] == f"/urgent/{heard.pk}/"
        assert city.get(f"/urgent/{event.pk}/").status_code == 404
        table = {"county--phone": "20", "county--written": "10", "reason": "调整"}
        assert chief.post("/urgent/limits/", table).status_code == 422
        table |= {"county--written": "40", "city-gravest-top": "60", "city--top": "120"}
        assert chief.post("/urgent/limits/", table).status_code == 302
        assert "调整" in chief.get("/urgent/limits/").content.decode()
        line = {"to": "望川市", "basis": "试点通知", "direct": "1"}
        assert chief.post("/urgent/line/", line).status_code == 302
        assert "望川市" in city.get("/urgent/new/").content.decode()
        assert chief.post("/urgent/line/", {"end": "1"}).status_code == 302
        assert "省委办公厅" in city.get("/urgent/new/").content.decode()


def test_from_a_leaders_words_to_the_matter_and_back(night: Night) -> None:
    """R-INF-4: the leader writes on the event's page, the officer registers there; the matter leads
    back to the event for those who see both."""
    with time_machine.travel(NIGHT + 40 * MINUTE, tick=False):
        event = take_in(flood(), actor=night.city, at=NIGHT + 30 * MINUTE)
        leader, officer = client_of(night.world.leader), client_of(night.world.officer)
        page = f"/urgent/{event.pk}/instructions/"
        wrong = {"text": "速办", "units": "无此局"}
        assert leader.post(page, keyed(**wrong)).status_code == 422
        words = {"text": "请水务局速查。", "units": "市水务局、市应急局", "hours": "6"}
        assert leader.post(page, keyed(**words)).status_code == 302
        made = event.instructions.get()
        assert officer.post(f"/urgent/instructions/{made.pk}/matter/").status_code == 302
        made.refresh_from_db()
        matter = f"/matters/{made.matter_id}/"
        assert f"{matter}event/" in officer.get(matter).content.decode()
        assert officer.get(f"{matter}event/")["Location"] == f"/urgent/{event.pk}/"
        assert client_of(night.county).get(f"{matter}event/").status_code == 404


def test_limits_are_kept_when_another_form_is_refused(night: Night) -> None:
    """TR-10: a wrong line leaves the limits as they are in force; an empty table would stop the
    clock of two hours and is refused, by the field that is missing."""
    with time_machine.travel(NOW, tick=False):
        chief = client_of(night.world.chief)
        answer = chief.post("/urgent/line/", {"to": "无此单位", "basis": "文"})
        cells = {
            one["name"]: one["value"] for row in answer.context["table"] for one in row["cells"]
        }
        assert (answer.status_code, cells["city--top"], cells["city--phone"]) == (422, 120, 60)
        for table in ({}, {"city--phone": "30"}, {"city--top": "120", "city-grave-phone": "9"}):
            answer = chief.post("/urgent/limits/", {"reason": "重新设置", **table})
            assert answer.status_code == 422
            assert "省级" in answer.content.decode()
        cells = {
            one["name"]: one["value"] for row in answer.context["table"] for one in row["cells"]
        }
        assert (cells["city-grave-phone"], cells["city--phone"]) == ("9", "")  # as typed
    assert not LimitVersion.objects.exists()
    event = take_in(flood(), actor=night.city, at=NOW)
    assert (event.next_leg, event.next_due_at) == ("phone", NIGHT + 60 * MINUTE)


def test_a_time_after_it_was_known_is_refused_where_it_is_typed(night: Night) -> None:
    """Row 56: the facts page keeps when it was known; what does not fit is refused there, in words,
    and not when the report is sent."""
    event = take_in(flood(), actor=night.county, at=NOW)
    facts = FOUR | {
        "kind": "urgent",
        "grade": "",
        "nature": "natural",
        "aware_at": "",
        "revision": "1",
    }
    with time_machine.travel(NIGHT + 45 * MINUTE, tick=False):
        county = client_of(night.county)
        answer = county.post(f"/urgent/{event.pk}/facts/", facts | {"happened_at": "23:40"})
        page = answer.content.decode()
        assert (answer.status_code, "2026-02-17 23:32" in page) == (422, True)
        assert 'value="23:40"' in page
        assert county.post(f"/urgent/{event.pk}/facts/", facts).status_code == 302
        event.refresh_from_db()
        assert event.aware_at == NIGHT + 22 * MINUTE
        # a row from before this was checked: refused with what to do, the words stay in the form
        Event.objects.filter(pk=event.pk).update(happened_at=NIGHT + 30 * MINUTE)
        body = keyed(step="first", text=FIRST, signer="钟诚", late_reason="核实")
        answer = county.post(f"/urgent/{event.pk}/reports/", body)
        assert answer.status_code == 409
        assert FIRST in answer.content.decode()
    assert not event.reports.exists()


def test_what_was_written_is_shown_where_the_form_is_gone(night: Night) -> None:
    """Decision: nothing typed is lost. A colleague sent the final report meanwhile; the follow-up
    that is refused can still be copied."""
    event = take_in(flood(), actor=night.county, at=NOW)
    for step, text in (("first", FIRST), ("final", "险情解除，水位回落。")):
        writing = first(step=step, text=text)
        report(event=event, writing=writing, actor=night.county, at=NOW + MINUTE)
    with time_machine.travel(NIGHT + 28 * MINUTE, tick=False):
        body = keyed(step="update", text="两名失联人员已找到并送医治疗", signer="钟诚")
        answer = client_of(night.county).post(f"/urgent/{event.pk}/reports/", body)
    page = answer.content.decode()
    assert (answer.status_code, "您填写的内容没有丢失" in page) == (409, True)
    assert page.count("两名失联人员已找到并送医治疗") == 1


def test_a_call_from_the_own_office_is_none(night: Night) -> None:
    """R-INF-1: the office's own telephone limit is met by its own call upwards alone."""
    with time_machine.travel(NOW, tick=False):
        body = FOUR | {"called_from": "安澜县", "called_by": "夏雨"}
        answer = client_of(night.county).post("/urgent/new/", keyed(**body))
    page = answer.content.decode()
    assert (answer.status_code, Event.objects.count()) == (422, 0)
    assert "镇值班室" in page
    assert answer.context["refusal"].errors.keys() == {"called_from"}


def test_a_call_is_somebodys_and_from_somewhere(night: Night) -> None:
    """Row 56: who called and from where are both asked for, nothing of them is cut or dropped; what
    was typed stays, with the part of the form open."""
    with time_machine.travel(NOW, tick=False):
        city = client_of(night.city)
        for call, field in (
            ({"called_by": "夏雨"}, "called_from"),
            ({"called_at": "23:20"}, "called_from"),
            ({"called_from": "安澜县"}, "called_by"),
            ({"called_from": "安澜县", "called_by": "夏" * 61}, "called_by"),
        ):
            answer = city.post("/urgent/new/", keyed(**FOUR, **call))
            page = answer.content.decode()
            assert (answer.status_code, Event.objects.count()) == (422, 0)
            assert answer.context["refusal"].errors.keys() == {field}
            for typed in (*call.values(), FOUR["title"]):
                assert typed in page
            assert '<details class="mt" open><summary>单位电话报告' in page


def test_the_median_counts_each_event_once(night: Night) -> None:
    """Rules 2.6: two findings of one event are one event; 10, 10 and 100 minutes have the median
    10."""
    for number, minutes in enumerate((10, 10, 100)):
        facts = flood(title=f"道路塌陷{number}", aware_at=NIGHT + MINUTE)
        event = take_in(facts, actor=night.county, at=NIGHT + 2 * MINUTE)
        writing = first(late_reason="核实")
        report(event=event, writing=writing, actor=night.county, at=NIGHT + minutes * MINUTE)
    assert event.findings.count() == 2
    line = by_unit(night.county, 2026)[0]
    assert (line["events"], line["late"], line["median"]) == (3, 1, 10)
