"""The burden ledger: shown before anything is issued, counted after (B6, R-CUT-3, A25)."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.organizations.models import Unit
from luoshi.insight.burden.domain.ledger import by_basis, by_unit
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.queries.burden import Span, burden_of, rules_asked
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Assignment, Matter
from luoshi.supervision.rulebook.domain.settling import settle
from tests.counting import queries_of
from tests.security.world import keyed, sign_in
from tests.story import SYSTEM, World, make_world
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
