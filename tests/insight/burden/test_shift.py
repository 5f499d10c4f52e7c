"""The load of a changed rule, shown on the draft before it is decided, and the ledger by API."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from luoshi.supervision.matters.domain.queries.shifting import shift_of
from luoshi.supervision.matters.models import ReportDuty
from luoshi.supervision.rulebook.domain.adopting import version_of
from luoshi.supervision.rulebook.domain.proposing import Change, propose_change
from luoshi.supervision.rulebook.domain.queries.versions import version_before
from luoshi.supervision.rulebook.domain.settling import settle
from luoshi.supervision.rulebook.models import ReportingRule, RuleProposal
from tests.security.world import Office
from tests.story import World, make_world
from tests.supervision.rulebook.test_rules import AT, share

from .test_burden import client_of

pytestmark = pytest.mark.django_db
CHANGE: dict[str, Any] = {
    "reason": "调整频次",
    "valid_from": date(2026, 2, 6),
    "content": ["progress", "figures"],
    "reports_to": "市委办公室",
    "legal_basis": "本机关督查工作办法第九条",
    "regimes": ["decision"],
}


@pytest.fixture
def world() -> World:
    return make_world()


def drafted(world: World, **more: Any) -> RuleProposal:
    rule = ReportingRule.objects.get(code="TR-01")
    return propose_change(rule=rule, change=Change(**(CHANGE | more)), actor=world.officer, at=AT)


def test_quarterly_made_monthly_shows_what_it_adds_and_who_goes_over(world: World) -> None:
    """B6, A25: shown before the rule is decided, with the office's cap; nothing is written."""
    settle(office_id=world.office.pk, values={"report_cap": 9}, actor=world.chief, at=AT)
    for _twice in range(2):
        share(world, regime="decision", end_on=date(2026, 12, 31))
    before = ReportDuty.objects.count()
    proposal = drafted(world, limit="每月")
    after = version_of(proposal, AT.date())
    load = shift_of(version_before(proposal, after), after, world.office.pk, AT)
    assert (load.before, load.after, load.shares, load.units) == (4, 12, 2, 1)
    assert (load.reports, load.fewer, load.tables) == (16, 0, 24 - load.tables_before * 2)
    assert [(one.unit, one.then - one.now) for one in load.over] == [(world.bureau.name, 16)]
    page = client_of(world.chief).get(f"/rules/proposals/{proposal.pk}/")
    assert page.context["load"].reports == 16
    assert ReportDuty.objects.count() == before


def test_retired_rule_shows_what_it_saves(world: World) -> None:
    """B6, R-CUT-3: fewer reports are named as well."""
    share(world, regime="decision", end_on=date(2026, 12, 31))
    proposal = drafted(world, retire=True)
    after = version_of(proposal, AT.date())
    load = shift_of(version_before(proposal, after), after, world.office.pk, AT)
    assert (load.before, load.after, load.fewer, load.over) == (4, 0, 4, ())


def test_ledger_by_api_says_what_the_pages_say(office: Office) -> None:
    """B6: the same numbers and rows by token; what assigning adds; a unit reads its own load."""

    def get(path: str, who: str = "officer") -> Any:
        token = {"Authorization": f"Bearer {office.tokens[who]}"}
        answer = Client().get(f"/api/v1/{path}", headers=token)
        assert answer.status_code == 200, answer.content
        return answer.json()

    year = datetime.now(UTC).year
    page = office.clients["officer"].get(f"/burden/?year={year}")
    shown = {str(load.key[0]): load.asked for load in page.context["units"]}
    units = get(f"burden/units?year={year}")
    assert {row["id"]: row["asked"] for row in units["items"]} == shown
    assert (units["cap"], units["reduction_mode"]) == (60, False)
    one = units["items"][0]
    rows = get(f"burden/duties?year={year}&unit={one['id']}&limit=100")
    assert len(rows["items"]) == one["asked"]
    bases = get(f"burden/bases?year={year}&unit={one['id']}")
    assert sum(row["asked"] for row in bases["items"]) == one["asked"]
    assert len(get("burden/units", "liaison")["items"]) == 1
    adds = get(f"matters/{office.ids['registered']}/load?units=12")
    assert adds["reports"] == adds["each"] * 12
    load = get(f"rule-proposals/{office.ids['proposal']}/load")
    assert load["reports"] == (load["after"] - load["before"]) * load["shares"]
