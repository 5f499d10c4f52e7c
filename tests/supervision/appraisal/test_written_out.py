"""The appraisal as files: recorded facts, facts not counted, drafts, the rows behind a score."""

import csv
from datetime import date
from typing import Any

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.appraisal.domain.recording import record_fact, set_aside
from luoshi.supervision.matters.models import ReportDuty
from tests.security.world import sign_in
from tests.story import actor, make_world
from tests.supervision.appraisal.test_rankings import EXAMPLE, LATE, facts, of_bureau, published
from tests.supervision.appraisal.test_rankings import draft_version as drafted

pytestmark = pytest.mark.django_db


def client(who: Actor) -> Client:
    """A browser of this person."""
    browser = Client()
    sign_in(browser, User.objects.get(pk=who.person_id))
    return browser


def written(browser: Client, key: str, query: str = "") -> list[list[str]]:
    """The lines of a list without its heads."""
    answer: Any = browser.get(f"/exports/{key}/?format=csv&{query}")
    assert answer.status_code == 200, key
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))[1:]


def test_facts_are_written_out_as_shown_and_no_cell_is_a_formula() -> None:
    """Features rows 29 and 112, contract 3, 15, security 7: what the office recorded, what it does
    not count, the draft, and the rows behind a draft and a published score."""
    world = make_world()
    facts(world)
    record_fact(
        kind="commended",
        unit=world.bureau,
        happened_on=date(2026, 3, 3),
        reason="=HYPERLINK(1)",
        reference="@第4期",
        actor=world.officer,
        at=LATE,
    )
    officer, bureau = client(world.officer), f"unit={world.bureau.pk.hex}"
    lines = written(officer, "appraisal-recorded")
    assert [line[3:5] for line in lines] == [
        ["'=HYPERLINK(1)", "'@第4期"],
        ["肯定性批示", "通报第3期"],
    ]
    before = sum(of_bureau(world).counts.values())
    draft = f"period=2026-Q1&{bureau}"
    assert len(written(officer, "appraisal-facts", draft)) == before
    late = ReportDuty.objects.get(late_amount__isnull=False)
    reason = "系统故障，不计"
    given: dict[str, Any] = {"unit": world.bureau, "actor": world.officer, "at": LATE}
    set_aside(kind="late", row_id=late.pk, reason=reason, **given)
    assert [line[2] for line in written(officer, "appraisal-asides")] == [reason]
    shown = officer.get("/appraisal/facts/?show=aside").context
    assert ([row.reason for row in shown["page"].rows], shown["counts"]["aside"]) == ([reason], 1)
    assert len(written(officer, "appraisal-facts", draft)) == before - 1
    ranked = written(officer, "appraisal-draft", "period=2026-Q1")
    assert str(world.bureau) in [line[2] for line in ranked]


def test_a_published_score_is_written_out_for_its_unit_alone() -> None:
    """Features row 29, contract 3, 12 and 15: the frozen rows, for the office and the unit."""
    world = make_world()
    facts(world)
    version = drafted(
        title="评分细则", basis="委办〔2026〕2号", weights=EXAMPLE, actor=world.officer, at=LATE
    )
    made = published(world, version)
    asked = f"publication={made.pk.hex}&unit={world.bureau.pk.hex}"
    count = sum(of_bureau(world).counts.values())
    for reader in (world.officer, world.liaison):
        assert len(written(client(reader), "appraisal-facts", asked)) == count
    money = Unit.objects.get(short_name="市财政局")
    other = client(actor("qian", "钱芳", money, Role.LIAISON))
    assert other.get(f"/exports/appraisal-facts/?{asked}").status_code == 404
    for key in ("appraisal-recorded", "appraisal-asides", "appraisal-draft", "appraisal-facts"):
        assert client(world.liaison).get(f"/exports/{key}/").status_code == 403


def test_a_simulation_is_written_out_as_shown() -> None:
    """B22, features row 112, contract 3, 15: who moves and why under the weights of the address;
    weights that are no numbers write nothing."""
    world = make_world()
    facts(world)
    officer = client(world.officer)
    asked = "period=2026-Q1&base=100&floor=0&points_late=-50"
    page = officer.get(f"/appraisal/simulation/?{asked}")
    assert f"/exports/appraisal-simulation/?{asked.replace('&', '&amp;')}" in page.content.decode()
    lines = written(officer, "appraisal-simulation", asked)
    shown = [(move.after.name, str(float(move.after.score))) for move in moves_of(page)]
    assert [(line[4], line[5]) for line in lines] == shown
    assert any("-" in line[7] for line in lines)
    wrong = officer.get(f"/exports/appraisal-simulation/?format=csv&{asked}x")
    assert wrong.status_code == 422
    assert client(world.liaison).get("/exports/appraisal-simulation/").status_code == 403


def moves_of(page: Any) -> list[Any]:
    """The moves of the page, in their order."""
    return [move for _label, moves in page.context["groups"] for move in moves]


def test_a_fact_without_anything_is_told_everything_at_once() -> None:
    """ui.md rule 9: day, unit, kind, reason and document are named together."""
    world = make_world()
    key = {"submission_key": "0b5ff2a4-6f0e-4d5e-9c55-0b3f5b1f7d11"}
    answer = client(world.officer).post("/appraisal/facts/", key)
    assert answer.status_code == 422
    wanted = {"happened_on", "unit", "kind", "reason", "reference"}
    assert set(answer.context["refusal"].errors) == wanted
