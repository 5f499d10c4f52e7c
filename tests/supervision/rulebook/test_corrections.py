"""The product corrected its catalogue: an office is offered it, sees what would move, decides."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.supervision.matters.domain.duty.redating import digest_of
from luoshi.supervision.matters.domain.duty.ruling import preview_rule, rule_in_force
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Change
from luoshi.supervision.matters.models import Assignment
from luoshi.supervision.rulebook.domain.adopting import refuse
from luoshi.supervision.rulebook.domain.correcting import (
    corrections,
    propose_correction,
    tell_corrections,
)
from luoshi.supervision.rulebook.domain.proposing import propose_change
from luoshi.supervision.rulebook.domain.queries.versions import current_version
from luoshi.supervision.rulebook.models import ReportingRule, ReportingRuleVersion
from tests.counting import queries_of
from tests.security.world import sign_in
from tests.story import World, make_world
from tests.supervision.rulebook.test_rules import change

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 6, 2, 0, tzinfo=UTC)
TODAY = date(2026, 1, 6)


@pytest.fixture
def world() -> World:
    """An office that took the catalogue over before TR-05 skipped a half-year just begun."""
    made = make_world()
    rows = ReportingRuleVersion.objects.filter(office=None)
    rows.filter(rule__code="TR-05").update(skip_first_days=0)
    rows.filter(rule__code="TR-20/2").update(skip_first_days=300)
    return made


def key() -> dict[str, str]:
    return {"submission_key": str(uuid4())}


def rule(code: str = "TR-05") -> ReportingRule:
    return ReportingRule.objects.get(code=code)


def codes(world: World) -> list[str]:
    return [one.present.rule.code for one in corrections(world.office.pk, TODAY)]


def points_share(world: World) -> Assignment:
    """A point of a list issued early in January, by the rules as they were."""
    plan = Plan(
        title="督查要点第一项",
        regime="points",
        content="推进",
        method="牵头",
        purpose="落实",
        anchors={"issue": "2026-01-05"},
        end_on=date(2026, 12, 31),
    )
    matter = approve_to_register(
        matter=draft(plan=plan, actor=world.officer, at=AT), actor=world.officer, at=AT
    )
    found = assign(matter=matter, shares=[Share(world.bureau, "sole")], actor=world.officer, at=AT)
    return sign_for(assignment=found[0], actor=world.liaison, at=AT)


def test_an_office_is_offered_what_the_product_corrected(world: World) -> None:
    """Features row 14, TR-05, TR-20: the corrected columns alone, the old value still in force; a
    catalogue nobody corrected offers nothing."""
    found = corrections(world.office.pk, TODAY)
    assert [(one.present.rule.code, one.values) for one in found] == [
        ("TR-05", {"skip_first_days": 45}),
        ("TR-20/2", {"skip_first_days": 549}),
    ]
    assert current_version(rule(), world.office.pk, TODAY).skip_first_days == 0
    ReportingRuleVersion.objects.filter(rule__code="TR-05").update(skip_first_days=45)
    ReportingRuleVersion.objects.filter(rule__code="TR-20/2").update(skip_first_days=549)
    assert corrections(world.office.pk, TODAY) == []


def test_adopted_correction_drops_what_it_shows_and_is_offered_no_more(world: World) -> None:
    """Features row 14, TR-05: the preview drops the year-end summary of the year before, due a few
    days after the list, for the one in July; adopting applies exactly that, in the office's own
    next version."""
    share = points_share(world)
    old = share.duties.get(rule_code="TR-05")
    proposal = propose_correction(rule=rule(), actor=world.officer, at=AT)
    seen = preview_rule(proposal, AT)
    dropped, added = [one for one in seen if one.moves]
    assert (dropped.duty.pk, dropped.change) == (old.pk, Change.DROPPED)
    assert (added.change, added.duty.period) == (Change.ADDED, "2026-07-15")
    version, act = rule_in_force(
        proposal=proposal, apply_to_open=True, digest=digest_of(seen), actor=world.chief, at=AT
    )
    assert act is not None and (act.totals["dropped"], act.totals["added"]) == (1, 1)
    assert (version.skip_first_days, version.office_id) == (45, world.office.pk)
    assert version.legal_basis == "年中和年末提交总结性报告（TR-05）"
    assert codes(world) == ["TR-20/2"]
    assert Entry.objects.filter(action="rulebook.proposed").exists()
    assert Entry.objects.filter(action="rulebook.adopted").exists()


def test_kept_rule_is_kept_with_a_reason_and_offered_no_more(world: World) -> None:
    """Features row 14: not adopting is a decision like the other, with its reason in the trail."""
    proposal = propose_correction(rule=rule(), actor=world.officer, at=AT)
    refuse(proposal=proposal, remark="本机关仍按原规则执行", actor=world.chief, at=AT)
    assert codes(world) == ["TR-20/2"]
    with pytest.raises(Refused) as found:
        propose_correction(rule=rule(), actor=world.officer, at=AT)
    assert found.value.code == "no-correction"
    assert current_version(rule(), world.office.pk, TODAY).skip_first_days == 0


def test_what_the_office_decided_for_itself_stays(world: World) -> None:
    """Features row 14: an own version keeps its other columns; a retired rule stays retired."""
    own = change(limit="7月15日、1月15日", legal_basis="办法第九条", regimes=["points"])
    made = propose_change(rule=rule(), change=own, actor=world.officer, at=AT)
    with pytest.raises(Refused) as found:
        propose_correction(rule=rule(), actor=world.officer, at=AT)
    assert found.value.code == "drafted-already"
    rule_in_force(proposal=made, apply_to_open=False, digest="", actor=world.chief, at=AT)
    later = datetime(2026, 2, 7, 2, 0, tzinfo=UTC)
    drafted = propose_correction(rule=rule(), actor=world.officer, at=later)
    version, _act = rule_in_force(
        proposal=drafted, apply_to_open=False, digest="", actor=world.chief, at=later
    )
    assert (version.legal_basis, version.skip_first_days) == ("办法第九条", 45)
    end = change(retire=True, valid_from=date(2026, 2, 7))
    made = propose_change(rule=rule("TR-20/2"), change=end, actor=world.officer, at=later)
    rule_in_force(proposal=made, apply_to_open=False, digest="", actor=world.chief, at=later)
    assert corrections(world.office.pk, date(2026, 2, 7)) == []


def test_who_may_draft_it(world: World) -> None:
    """Features row 14: officers draft; a unit's liaison does not."""
    with pytest.raises(Forbidden):
        propose_correction(rule=rule(), actor=world.liaison, at=AT)


def test_people_who_draft_rules_are_told_once(world: World) -> None:
    """Features row 14: officers and the secretary-general hear of each correction once, in both
    languages, however often the night comes."""
    assert tell_corrections(at=AT) > 0
    assert tell_corrections(at=AT) == 0
    mine = Notice.objects.filter(recipient_id=world.chief.person_id, kind="rule")
    assert {row.title_en.split()[4] for row in mine} == {"TR-05", "TR-20/2"}
    assert all("更正" in row.title_zh and row.url == "/rules/" for row in mine)
    assert not Notice.objects.filter(recipient_id=world.liaison.person_id, kind="rule").exists()


def test_the_page_offers_it_and_leads_to_what_would_move(world: World) -> None:
    """Features row 14: the catalogue names rule, old and new value; one button drafts and opens the
    preview, whose table shows the column that changes."""
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    page = client.get("/rules/").content.decode()
    assert "产品更正了规则目录" in page and "0 → <b>45</b>" in page
    assert queries_of(lambda: client.get("/rules/"))[1] <= 14
    answer = client.post(reverse("rulebook:correction", args=["TR-20/2"]), key())
    assert answer.status_code == 302 and "/rules/proposals/" in answer["Location"]
    preview = client.get(answer["Location"]).content.decode()
    assert "<b>549</b>" in preview
    assert answer["Location"] in client.get("/rules/").content.decode()
    assert client.post(reverse("rulebook:correction", args=["TR-01"]), key()).status_code == 409
    assert client.post(reverse("rulebook:correction", args=["TR-99"]), key()).status_code == 404
