"""The burden ledger: shown before anything is issued, counted after (B6, R-CUT-3, A25)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.test import Client

from luoshi.desks.instructions.domain.noting import Words, note
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.organizations.models import Unit
from luoshi.insight.burden.domain.ledger import by_basis, by_unit
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.queries.burden import (
    Span,
    added,
    anew,
    burden_of,
    rules_asked,
)
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.objecting import object_to
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Assignment, Matter
from luoshi.supervision.rulebook.domain.settling import settle
from tests.counting import queries_of
from tests.security.world import keyed, sign_in
from tests.story import SYSTEM, World, make_world
from tests.supervision.matters.test_api import Api, token
from tests.supervision.matters.test_circle import AT, GOOD, PLAN, assigned, sign_for

pytestmark = pytest.mark.django_db
POINTS = Plan(**{**PLAN.__dict__, "regime": "points", "basis": "督查要点"})


@pytest.fixture
def world() -> World:
    return make_world()


def client_of(actor: Actor) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=actor.person_id))
    return client


def registered(world: World, plan: Plan) -> Matter:
    made = draft(plan=plan, actor=world.officer, at=AT)
    return approve_to_register(matter=made, actor=world.officer, at=AT, despite="两项都需要")


def test_twelve_counties_and_a_quarterly_report_are_48_a_year(world: World) -> None:
    """B6: “this adds 48 reports a year for 12 counties”; mid-year and year-end go with the
    quarterly report (A6)."""
    decision = Plan(**{**PLAN.__dict__, "regime": "decision"})
    found = burden_of(rules_asked(registered(world, decision), date(2026, 3, 2)), 12)
    assert (found.each, found.reports, found.saved) == (4, 48, 0)
    points = burden_of(rules_asked(registered(world, POINTS), date(2026, 3, 2)), 12)
    assert (points.each, points.reports, points.saved) == (6, 72, 24)


def test_load_and_cap_shown_before_assigning(world: World) -> None:
    """B6: the assign page says what it adds; nothing is assigned by looking."""
    settle(office_id=world.office.pk, values={"report_cap": 3}, actor=world.chief, at=AT)
    matter = registered(world, POINTS)
    officer = client_of(world.officer)
    path = f"/matters/{matter.pk}/assignments/"
    assert officer.get(path).context["load"]["burden"].each == 6
    body = keyed() | {"unit": world.bureau.name, "part": "sole", "task": "", "act": "load"}
    seen = officer.post(path, body)
    assert seen.status_code == 200
    assert [row["then"] for row in seen.context["load"]["over"]] == [6]
    assert Assignment.objects.count() == 0


def test_load_shown_before_dividing(world: World) -> None:
    """B6: a division that names units is an issue too; what it adds stands there before it is
    done, each part with its own reports."""
    settle(office_id=world.office.pk, values={"report_cap": 11}, actor=SYSTEM, at=AT)
    matter = registered(world, POINTS)
    path = f"/matters/{matter.pk}/parts/"
    rows = {"title": ["校舍", "食堂"], "content": ["", ""], "end_on": ["", ""]}
    rows |= {"unit": [world.bureau.name, world.bureau.name], "act": ["load"]}
    seen = client_of(world.officer).post(path, keyed() | rows)
    load = seen.context["load"]
    assert (seen.status_code, load["burden"].reports) == (200, 12)
    assert [row["then"] for row in load["over"]] == [12]
    assert matter.sub_matters.count() == 0
    rows["unit"] = ["", ""]
    assert client_of(world.officer).post(path, keyed() | rows).context["load"] is None


def test_reduction_mode_refuses_a_report_without_basis(world: World) -> None:
    """R-CUT-3, A25: off by default; on, a duty without a stated basis is refused."""
    plan = Plan(**{**PLAN.__dict__, "regime": "key_task", "basis": ""})
    shares = [Share(world.bureau, Part.SOLE)]
    assign(matter=registered(world, plan), shares=shares, actor=world.officer, at=AT)
    with pytest.raises(Forbidden):
        settle(office_id=world.office.pk, values={"report_cap": 9}, actor=world.officer, at=AT)
    client_of(world.chief).post("/burden/settings/", {"report_cap": "60", "reduction_mode": "1"})
    with pytest.raises(Refused) as refused:
        assign(matter=registered(world, plan), shares=shares, actor=world.officer, at=AT)
    assert refused.value.code == "no-basis"
    based = Plan(**{**plan.__dict__, "basis": "市委2026年1号文件"})
    assign(matter=registered(world, based), shares=shares, actor=world.officer, at=AT)


def test_ledger_counts_asked_sent_and_saved(world: World) -> None:
    """B6: one submission for two duties shows as one report saved; numbers open their rows."""
    share = sign_for(assignment=assigned(world), actor=world.liaison, at=AT + timedelta(days=1))
    both = [share.duties.get(rule_code=code).pk for code in ("TR-06", "TR-08")]
    submit(assignment=share, duty_ids=both, words=GOOD, actor=world.liaison, at=AT)
    load = by_unit(world.officer, Span(2026), 1)[0]
    assert load.key[1] == world.bureau.name
    assert (load.asked, load.sent, load.reports, load.saved, load.over) == (2, 2, 1, 1, True)
    assert load.characters == sum(
        len(words) for words in (GOOD.progress, GOOD.state_change, GOOD.problems, GOOD.next_steps)
    ) + len(GOOD.summary)
    bases = by_basis(world.liaison, Span(2026))
    assert [(one.key[0], one.key[1]) for one in bases] == [
        (world.office.name, "TR-06"),
        (world.office.name, "TR-08"),
    ]
    rows = client_of(world.liaison).get("/burden/rows/?year=2026&rule=TR-06")
    assert len(rows.context["page"].rows) == 1
    ledger = client_of(world.officer).get("/burden/?year=2026").content.decode()
    for kind, number in (("reports", 1), ("saved", 1), ("tables", 0), ("characters", 1)):
        path = f"/burden/rows/?year=2026&of={kind}"
        assert path.replace("&", "&amp;") in ledger
        assert len(client_of(world.officer).get(path).context["page"].rows) == number
        narrowed = client_of(world.officer).get(f"{path}&unit={world.bureau.pk}")
        assert len(narrowed.context["page"].rows) == number
    sent = client_of(world.officer).get("/burden/rows/?year=2026&of=characters")
    assert sum(row.long for row in sent.context["page"].rows) == load.characters


def test_pages_take_the_same_queries_for_one_row_and_for_three(world: World) -> None:
    """performance.md: literal query counts, independent of rows."""
    officer, now = client_of(world.officer), datetime.now(UTC)
    paths = [f"/burden/?year={now.year}", f"/burden/rows/?year={now.year}"]

    def more(unit: Unit) -> None:
        matter = draft(plan=POINTS, actor=world.officer, at=now)
        matter = approve_to_register(
            matter=matter, actor=world.officer, at=now, despite="两项都需要"
        )
        assign(matter=matter, shares=[Share(unit, Part.SOLE)], actor=world.officer, at=now)

    def counted() -> list[int]:
        found = []
        for path in paths:
            officer.get(path)
            answer, number = queries_of(partial(officer.get, path))
            assert answer.status_code == 200
            found.append(number)
        return found

    more(world.bureau)
    before = counted()
    for name in ("市财政局", "市教育局"):
        more(Unit.objects.get(short_name=name))
    assert counted() == before


def test_load_shown_before_a_share_goes_to_another_unit(world: World) -> None:
    """B6: reassigning and answering an objection issue too; what the unit named would owe stands
    there first, and looking changes nothing."""
    settle(office_id=world.office.pk, values={"report_cap": 1}, actor=SYSTEM, at=AT)
    share = assigned(world, POINTS)
    officer, path = client_of(world.officer), f"/assignments/{share.pk}/reassignment/"
    assert officer.get(path).context["load"]["burden"].each == 6
    seen = officer.post(path, {"unit": "市财政局", "reason": "改派", "act": "load"})
    assert (seen.status_code, [row["then"] for row in seen.context["load"]["over"]]) == (200, [6])
    assert Assignment.objects.count() == 1
    window = AT + timedelta(hours=1)
    object_to(assignment=share, reason="非我职责", actor=world.liaison, at=window)
    assert officer.get(f"/matters/{share.matter_id}/changes/").context["load"]["burden"].each == 6


def test_load_shown_before_merging(world: World) -> None:
    """B6, R-SUP-1: units taken over with a share of the other matter owe its reports."""
    share = assigned(world, POINTS)
    into = registered(world, Plan(**{**POINTS.__dict__, "title": "另一件事项"}))
    path = f"/matters/{share.matter_id}/merger/?into={into.number}"
    assert client_of(world.officer).get(path).context["load"]["burden"].reports == 6


def test_load_shown_before_a_matter_is_taken_up_again(world: World) -> None:
    """B6, B9: reopening asks for a report on putting things right and the rules anew, of the units
    that handled it; the page and the API say so first."""
    share = assigned(world, Plan(**{**PLAN.__dict__, "regime": "decision"}))
    sign_for(assignment=share, actor=world.liaison, at=AT + timedelta(hours=1))
    matter = share.matter
    Assignment.objects.filter(pk=share.pk).update(state="concluded")
    Matter.objects.filter(pk=matter.pk).update(state="concluded")
    found = anew(matter, date(2026, 5, 4))
    assert (found["burden"].units, found["burden"].reports) == (1, 5)
    assert found["burden"].lines[0].title_zh == "整改情况报告"
    answer = Api(token(world.officer)).call("GET", f"/matters/{matter.pk}/load?reopening=true")
    assert (answer.status_code, answer.json()["reports"]) == (200, 5)


def test_load_shown_before_an_instruction_is_added(world: World) -> None:
    """B6: added to a running matter, an instruction asks each unit once for its first report; that
    stands there before it is added, by page and by API."""
    share = assigned(world, POINTS)
    said = Words(text="请抓紧办理。")
    row = note(words=said, actor=world.leader, at=AT)
    path = f"/instructions/{row.pk}/link/"
    seen = client_of(world.officer).get(path, {"number": share.matter.number})
    assert (seen.status_code, seen.context["load"]["burden"].reports) == (200, 1)
    assert "一次性要求" in seen.content.decode()
    assert share.duties.filter(rule_code="TR-06/B").count() == 0
    path = f"/instructions/{row.pk}/load?matter={share.matter_id}"
    answer = Api(token(world.officer)).call("GET", path).json()
    assert (answer["units"], answer["reports"]) == (1, 1)
    Matter.objects.filter(pk=share.matter_id).update(office=world.bureau)
    elsewhere = Api(token(world.officer))
    assert elsewhere.call("GET", f"/matters/{share.matter_id}").status_code == 200
    assert elsewhere.call("GET", path).status_code == 404  # nothing is added to another's matter
    Matter.objects.filter(pk=share.matter_id).update(office=world.office)
    body = {"title": "抓紧办理", "lead": "市财政局", "act": "load"}
    seen = client_of(world.officer).post(f"/instructions/{row.pk}/registration/", keyed() | body)
    assert (seen.status_code, seen.context["load"]["burden"].units) == (200, 1)
    assert seen.context["load"]["named"]
    assert seen.context["values"]["title"] == "抓紧办理"


def stated(world: World, *hours: str) -> None:
    """Reports sent a day apart, each with the hours its writing took ("" = not stated)."""
    for number, spent in enumerate(hours):
        share = assigned(world, Plan(**{**POINTS.__dict__, "title": f"事项{number}{hours}"}))
        at = AT + timedelta(days=number, hours=1)
        share = sign_for(assignment=share, actor=world.liaison, at=at)
        ids = list(share.duties.filter(state="open").values_list("pk", flat=True))[:1]
        words = replace(GOOD, hours=Decimal(spent) if spent else None)
        at += timedelta(hours=1)
        submit(assignment=share, duty_ids=ids, words=words, actor=world.liaison, at=at)


def test_hours_are_what_units_state_and_estimates_say_so(world: World) -> None:
    """B6 “hours”: stated with a report by who wants to, never measured; summed per unit, and from
    five statements on estimated for all, with the sample named; the number opens its reports."""
    settle(office_id=world.office.pk, values={"principal_signs": False}, actor=SYSTEM, at=AT)
    stated(world, "2", "3.5", "", "4", "1.5")
    load = by_unit(world.officer, Span(2026), 100)[0]
    assert (load.hours, load.told, load.reports) == (Decimal("11.0"), 4, 5)
    page = client_of(world.officer).get("/burden/?year=2026")
    assert page.context["estimate"] is None
    matter = registered(world, Plan(**{**POINTS.__dict__, "title": "新事项"}))
    assert added(matter, [world.bureau], date(2026, 3, 20))["hours"] is None
    stated(world, "4")
    page = client_of(world.officer).get("/burden/?year=2026")
    assert (page.context["total"]["hours"], page.context["estimate"]) == (Decimal("15.0"), 18)
    rows = client_of(world.officer).get("/burden/rows/?year=2026&of=hours").context["page"].rows
    assert len(rows) == 5
    assert added(matter, [world.bureau], date(2026, 3, 20))["hours"] == {"total": 18, "told": 5}
    assert added(matter, [world.bureau], date(2027, 3, 20))["hours"] is None  # a year later
    own = client_of(world.liaison).get("/burden/?year=2026")
    assert own.context["total"]["told"] == 5
