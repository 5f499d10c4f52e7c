"""Leaders' written instructions: noted, registered with their 15-day duty, seen by whom."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from luoshi.desks.instructions.domain.filing import keep_for_information, link, register
from luoshi.desks.instructions.domain.noting import Words, note
from luoshi.desks.instructions.domain.queries.listing import (
    Filters,
    by_leader,
    counts,
    instructions,
)
from luoshi.desks.instructions.domain.said import limit_said
from luoshi.desks.instructions.models import Instruction
from luoshi.foundation.accounts.models import User
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.core.time import last_day
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import KnownSimilar, Matter
from tests.security.world import sign_in
from tests.story import SYSTEM, World, actor, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PLAN = Plan(title="排查燃气管网", method="牵头负责", purpose="消除隐患", end_on=date(2026, 12, 31))
WORDS = Words(text="请住建局认真研究，限期整改。", instructed_on=date(2026, 2, 27))


@pytest.fixture
def world() -> World:
    return make_world()


def noted(world: World, words: Words = WORDS, **more: Any) -> Instruction:
    """The leader's own words."""
    return note(words=words, actor=world.leader, at=AT, **more)


def a_matter(world: World) -> Matter:
    """A registered matter of the office."""
    made = draft(plan=replace(PLAN, content="排查"), actor=world.officer, at=AT)
    return approve_to_register(matter=made, actor=world.officer, at=AT)


def test_own_instruction_waits_for_the_office_and_tells_it(world: World) -> None:
    """S3-61: tracked from the leader's pen on; features row 31."""
    row = noted(world)
    assert (row.leader_name, row.on_behalf, row.state) == ("王建国", False, "noted")
    assert row.light(AT) == "yellow"
    told = Notice.objects.filter(kind="instruction").values_list("recipient__username", flat=True)
    assert set(told) == {"li", "he", "chen"}
    assert Entry.objects.get(action="instructions.noted").object_id == str(row.pk)


def test_limit_from_the_instruction_date_stands_beside(world: World) -> None:
    """A4, TR-06: 15 days from 27 February end on Saturday 14 March, rolled to Monday 16 March."""
    row = noted(world)
    assert row.reference_due_at is not None
    assert last_day(row.reference_due_at) == date(2026, 3, 16)
    assert (row.reference_trace or {})["rule"]["due"]["anchor"] == "sign"
    assert row.light(row.reference_due_at) == "red"


def test_registering_makes_the_fifteen_day_duty_from_signing(world: World) -> None:
    """TR-06, S3-63, S3-66: first report 15 days after signing for, and a report at the end."""
    row = noted(world)
    shares = [Share(world.bureau, Part.SOLE)]
    matter = register(instruction=row, plan=PLAN, shares=shares, actor=world.officer, at=AT)
    row.refresh_from_db()
    assert (row.state, row.matter_id, matter.regime) == ("registered", matter.pk, "instruction")
    assert (matter.instructed_by_id, matter.origin_quote) == (world.leader.person_id, WORDS.text)
    assert matter.state == "assigned"
    share = sign_for(assignment=matter.assignments.get(), actor=world.liaison, at=AT)
    duty = share.duties.get(rule_code="TR-06")
    assert duty.due_at is not None and last_day(duty.due_at) == date(2026, 3, 17)
    assert share.duties.filter(rule_code="TR-09").exists()


def test_urgent_instruction_takes_its_typed_limit(world: World) -> None:
    """TR-07, S3-64: hours typed with their basis go before the 15 days."""
    words = replace(WORDS, urgent_amount=24, urgent_unit="hours", urgent_basis="批示要求")
    row = noted(world, words)
    shares = [Share(world.bureau, Part.SOLE)]
    matter = register(instruction=row, plan=PLAN, shares=shares, actor=world.officer, at=AT)
    share = sign_for(assignment=matter.assignments.get(), actor=world.liaison, at=AT)
    assert share.duties.get(rule_code="TR-07").due_at == AT + timedelta(hours=24)
    assert not share.duties.filter(rule_code="TR-06").exists()
    with pytest.raises(Invalid) as refusal:
        noted(world, replace(words, urgent_basis=""))
    assert list(refusal.value.errors) == ["urgent_basis"]


@pytest.mark.parametrize(
    ("text", "amount", "unit", "words"),
    [
        ("请督促落实，十日内报我。", 10, "days", "十日内"),
        ("24小时内报告处置情况", 24, "hours", "24小时内"),
        ("两天内核实，一周内报方案。", 2, "days", "两天内"),
    ],
)
def test_limit_of_the_words_is_proposed_and_typed_by_the_officer(
    world: World, text: str, amount: int, unit: str, words: str
) -> None:
    """TR-07, S3-64: what the leader wrote stands in the form with its words as basis; the limit of
    the matter is what the officer sends."""
    row = noted(world, replace(WORDS, text=text))
    said = limit_said(row)
    assert said is not None and (said.amount, said.unit, said.words) == (amount, unit, words)
    page = signed_in(world.officer).get(f"/instructions/{row.pk}/registration/").content.decode()
    assert f"批示写明“{words}”" in page and said.basis.split("“")[0] in page
    plan = replace(PLAN, urgent_amount=amount, urgent_unit=unit, urgent_basis=said.basis)
    with pytest.raises(Invalid):
        bare = replace(plan, urgent_basis="")
        register(instruction=row, plan=bare, shares=[], actor=world.officer, at=AT)
    shares = [Share(world.bureau, Part.SOLE)]
    matter = register(instruction=row, plan=plan, shares=shares, actor=world.officer, at=AT)
    share = sign_for(assignment=matter.assignments.get(), actor=world.liaison, at=AT)
    duty = share.duties.get(rule_code="TR-07")
    assert words in duty.legal_basis
    assert not share.duties.filter(rule_code="TR-06").exists()


@pytest.mark.parametrize(
    "text", ["请研究。", "尽快报我。", "15日内报我。", "一个月内报。", "3月前办结"]
)
def test_words_without_an_earlier_limit_propose_none(world: World, text: str) -> None:
    """A9, TR-06: vague words, the usual fifteen days and longer limits are no urgent limit."""
    assert limit_said(noted(world, replace(WORDS, text=text))) is None


def test_limit_typed_when_noted_goes_before_the_words(world: World) -> None:
    """TR-07: what was typed with its basis is not proposed again."""
    typed = replace(WORDS, text="十日内报我", urgent_amount=3, urgent_unit="days")
    row = noted(world, replace(typed, urgent_basis="电话要求"))
    assert limit_said(row) is None
    shares = [Share(world.bureau, Part.SOLE)]
    other = replace(PLAN, urgent_amount=9, urgent_unit="days", urgent_basis="批示")
    matter = register(instruction=row, plan=other, shares=shares, actor=world.officer, at=AT)
    assert (matter.urgent_amount, matter.urgent_basis) == (3, "电话要求")


def test_on_behalf_names_the_leader_and_keeps_the_scan(world: World) -> None:
    """Features row 31: the office writes down what came on paper, with scan and file number."""
    words = replace(WORDS, file_number="收〔2026〕12号", paper_title="关于燃气安全的报告")
    scan = ("批示.txt", io.BytesIO("批示原件".encode()))
    row = note(
        words=words, actor=world.officer, at=AT, leader_id=world.leader.person_id, files=[scan]
    )
    assert (row.on_behalf, row.noted_by_name, row.leader_name) == (True, "李文清", "王建国")
    assert Attachment.objects.get(owner_kind="instruction").owner_id == row.pk
    with pytest.raises(Invalid):
        note(words=words, actor=world.officer, at=AT, leader_id=world.chief.person_id)
    with pytest.raises(Forbidden):
        note(words=words, actor=world.liaison, at=AT)


def test_for_information_needs_a_reason_and_a_person(world: World) -> None:
    """R-SUP-2: what needs no report back is not registered; said why, by a person."""
    row = noted(world)
    with pytest.raises(Invalid):
        keep_for_information(instruction=row, reason=" ", actor=world.officer, at=AT)
    token = replace(world.officer, token_id=row.pk)
    with pytest.raises(Forbidden):
        keep_for_information(instruction=row, reason="圈阅", actor=token, at=AT)
    kept = keep_for_information(instruction=row, reason="圈阅件", actor=world.officer, at=AT)
    assert (kept.state, kept.light(AT)) == ("kept", "grey")
    with pytest.raises(Refused):
        register(instruction=kept, plan=PLAN, actor=world.officer, at=AT)
    assert Notice.objects.filter(recipient_id=world.leader.person_id).count() == 1


def test_link_keeps_one_matter_and_opens_it_to_the_leader(world: World) -> None:
    """R-SUP-1, S3-62: one matter, one file; followed until it is concluded."""
    matter = a_matter(world)
    row = noted(world, on_matter=matter)
    linked = link(instruction=row, matter=matter, actor=world.officer, at=AT)
    matter.refresh_from_db()
    assert (linked.state, matter.instructed_by_id) == ("linked", world.leader.person_id)
    assert linked.written_on == "matter"


def test_an_instruction_on_a_running_matter_asks_its_units_for_a_report(world: World) -> None:
    """TR-06, S3-63, features row 31: added to a matter that runs, the fifteen days count from that
    day for who has signed; the matter's own reports stay, and the sweep makes no second one."""
    matter = a_matter(world)
    share = assign(
        matter=matter, shares=[Share(world.bureau, Part.SOLE)], actor=world.officer, at=AT
    )[0]
    sign_for(assignment=share, actor=world.liaison, at=AT)
    before = set(share.duties.values_list("rule_code", "due_at"))
    later = AT + timedelta(days=10)
    link(instruction=noted(world, on_matter=matter), matter=matter, actor=world.officer, at=later)
    sweep(actor=SYSTEM, at=later)
    asked = set(share.duties.values_list("rule_code", "due_at")) - before
    assert [(code, last_day(due)) for code, due in asked] == [("TR-06/B", date(2026, 3, 27))]
    told = Notice.objects.filter(kind="instructed").values_list("recipient__username", flat=True)
    assert list(told) == ["zhang"]
    urgent = replace(WORDS, instructed_on=date(2026, 3, 1), urgent_amount=24, urgent_unit="hours")
    row = noted(world, replace(urgent, urgent_basis="批示要求"))
    link(instruction=row, matter=matter, actor=world.officer, at=later)
    assert share.duties.get(rule_code="TR-07/B").due_at == later + timedelta(hours=24)


def test_an_instruction_on_a_matter_without_units_dates_those_it_comes_to(world: World) -> None:
    """TR-06: the limit waits for the unit's signing where nobody has the matter yet."""
    matter = a_matter(world)
    link(instruction=noted(world, on_matter=matter), matter=matter, actor=world.officer, at=AT)
    matter.refresh_from_db()
    share = assign(
        matter=matter, shares=[Share(world.bureau, Part.SOLE)], actor=world.officer, at=AT
    )[0]
    sign_for(assignment=share, actor=world.liaison, at=AT)
    dues = [last_day(due) for due in share.duties.values_list("due_at", flat=True) if due]
    assert date(2026, 3, 17) in dues


def test_similar_matter_asks_for_a_reason_or_a_link(world: World) -> None:
    """R-SUP-1: one matter, one file; the form asks why both are needed, and keeps the reason."""
    a_matter(world)
    client = signed_in(world.officer)
    url = f"/instructions/{noted(world).pk}/registration/"
    page = client.get(url).content.decode()
    key = page.split('name="submission_key" value="')[1].split('"')[0]
    sent = {"title": PLAN.title, "content": "查", "method": "法", "purpose": "的"}
    sent |= {"end_on": "2026-12-31", "submission_key": key}
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert 'name="despite"' in refused.content.decode()
    assert client.post(url, sent | {"despite": "范围不同"}).status_code == 302
    assert KnownSimilar.objects.get().reason == "范围不同"


def test_leader_sees_own_at_every_level_and_no_others(world: World) -> None:
    """Decision 8: a provincial leader's instruction kept by a city office stays the leader's."""
    province = Unit.objects.get(short_name="省委办公厅")
    upper = actor("gao", "高峰", province, Role.LEADER)
    other = actor("lin", "林涛", world.office, Role.LEADER, "市委常委")
    row = note(words=WORDS, actor=world.officer, at=AT, leader_id=upper.person_id)
    assert list(Instruction.objects.visible_to(upper)) == [row]
    assert list(Instruction.objects.visible_to(other)) == []
    assert list(Instruction.objects.visible_to(world.chief)) == [row]
    assert list(Instruction.objects.visible_to(world.liaison)) == []
    shares = [Share(world.bureau, Part.SOLE)]
    register(instruction=row, plan=PLAN, shares=shares, actor=world.officer, at=AT)
    assert list(Instruction.objects.visible_to(world.liaison)) == [row]


def test_list_counts_lights_and_ages_per_leader(world: World) -> None:
    """Features row 31: by light and age; the secretary-general's view counts the same rows."""
    old = replace(WORDS, instructed_on=date(2026, 2, 1))
    noted(world, old)
    noted(world)
    keep_for_information(instruction=noted(world), reason="圈阅", actor=world.officer, at=AT)
    found = counts(world.leader, Filters(), AT)
    assert found == {
        "total": 2,
        "red": 1,
        "yellow": 1,
        "green": 0,
        "waiting": 2,
        "kept": 1,
        "concluded": 0,
    }
    for show, number in found.items():
        filters = Filters(show="" if show == "total" else show)
        assert instructions(world.leader, filters, AT).count() == number
    (line,) = by_leader(world.chief, AT)
    assert {key: line[key] for key in ("running", "red", "yellow", "waiting", "kept", "age")} == {
        "running": 2,
        "red": 1,
        "yellow": 1,
        "waiting": 2,
        "kept": 1,
        "age": 29,
    }


def signed_in(who: Actor) -> Client:
    """A browser of this person."""
    client = Client()
    sign_in(client, User.objects.get(pk=who.person_id))
    return client


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_queries(
    world: World, rows: int, django_assert_num_queries: Any
) -> None:
    """Performance: one list, one count, whatever the number of rows."""
    matter = a_matter(world)
    for _number in range(rows):
        link(instruction=noted(world), matter=matter, actor=world.officer, at=AT)
    client = signed_in(world.officer)
    client.get("/instructions/")
    with django_assert_num_queries(8):
        assert client.get("/instructions/").status_code == 200


def test_leader_notes_on_a_matter_from_the_page(world: World) -> None:
    """ui.md 5.7: no input except the instruction; one form, sent to the office."""
    matter = a_matter(world)
    client = signed_in(world.leader)
    page = client.get(f"/instructions/new/?matter={matter.pk}")
    key = page.content.decode().split('name="submission_key" value="')[1].split('"')[0]
    sent = {"text": "请抓紧。", "submission_key": key}
    answer = client.post(f"/instructions/new/?matter={matter.pk}", sent)
    row = Instruction.objects.get()
    assert (answer.status_code, row.on_matter_id, row.leader_name) == (302, matter.pk, "王建国")
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(f"/matters/{matter.pk}/instructions/").status_code == 200
