"""Requests merged into the quarterly report, the alternative shown before they are asked (B6)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.supervision.matters.domain.duty.combining import alternative, ask_within_quarterly
from luoshi.supervision.matters.domain.duty.redating import digest_of
from luoshi.supervision.matters.domain.duty.ruling import preview_rule, rule_in_force
from luoshi.supervision.matters.domain.duty.scheduling import make_duties
from luoshi.supervision.matters.domain.matter.drafting import Plan
from luoshi.supervision.matters.domain.queries.burden import burden_of, rules_asked
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import AskedTogether, Assignment, Matter
from tests.security.world import Office, keyed, make_office
from tests.story import World, make_world
from tests.supervision.matters.test_circle import AT, PLAN
from tests.supervision.rulebook.test_rules import drafted

from .test_burden import POINTS, client_of, registered

pytestmark = pytest.mark.django_db
MONTHLY: dict[str, Any] = {"type": "recurring", "every": "month"}
REASON = "同类情况季报已有，减少报送"


@pytest.fixture
def world() -> World:
    return make_world()


def combined(world: World, matter: Matter) -> AskedTogether:
    return ask_within_quarterly(matter=matter, reason=REASON, actor=world.officer, at=AT)


def given(world: World, matter: Matter) -> Assignment:
    return assign(
        matter=matter, shares=[Share(world.bureau, Part.SOLE)], actor=world.officer, at=AT
    )[0]


def test_summaries_are_asked_in_the_quarterly_reports_of_their_months(world: World) -> None:
    """B6, TR-04, TR-05: four reports instead of six; July and January also carry the summary."""
    matter = registered(world, POINTS)
    row = combined(world, matter)
    assert (row.codes, row.into_code, row.saved, row.version) == (["TR-05"], "TR-04", 2, None)
    matter = Matter.objects.get(pk=matter.pk)
    load = burden_of(rules_asked(matter, AT.date()), 12)
    assert (load.each, load.reports) == (4, 48)
    share = given(world, matter)
    make_duties(share, on=date(2026, 12, 31))
    duties = share.duties.order_by("due_at")
    assert {duty.rule_code for duty in duties} == {"TR-04"}
    asks = {duty.due_at.month: "summary" in duty.content for duty in duties if duty.due_at}
    assert asks == {4: False, 7: True, 10: False} | ({1: True} if 1 in asks else {})
    assert Entry.objects.filter(action="matters.combined").count() == 1


def test_monthly_request_of_a_document_becomes_the_quarterly_report(world: World) -> None:
    """B6, R-CUT-3: a matter without a quarterly report gets one, on the basis of its document."""
    plan = Plan(
        **{
            **PLAN.__dict__,
            "regime": "document",
            "basis": "市委2026年1号文件",
            "task_rules": [MONTHLY],
        }
    )
    matter = registered(world, plan)
    found = alternative(matter, AT.date())
    assert found is not None
    assert (found.saved, [one.code for one in found.merged]) == (8, ["SRC-1"])
    row = combined(world, matter)
    share = given(world, Matter.objects.get(pk=matter.pk))
    make_duties(share, on=date(2026, 12, 31))
    assert {duty.rule_code for duty in share.duties.all()} == {"TR-01"}
    assert {duty.legal_basis for duty in share.duties.all()} == {row.basis}
    assert share.duties.count() >= 3


def test_merging_refused_once_issued_twice_without_reason_or_by_others(world: World) -> None:
    """B6: what was issued stays as issued; nothing is merged twice or for no reason."""
    matter = registered(world, POINTS)
    with pytest.raises(Invalid):
        ask_within_quarterly(matter=matter, reason=" ", actor=world.officer, at=AT)
    with pytest.raises(Forbidden):
        ask_within_quarterly(matter=matter, reason=REASON, actor=world.liaison, at=AT)
    combined(world, matter)
    with pytest.raises(Refused) as again:
        combined(world, Matter.objects.get(pk=matter.pk))
    assert again.value.code == "nothing-to-merge"
    given(world, matter)
    with pytest.raises(Refused) as issued:
        combined(world, matter)
    assert issued.value.code == "issued-already"


def test_changed_quarterly_rule_keeps_what_was_merged_into_it(world: World) -> None:
    """Features row 14, B6: a new version applied to open duties still asks for the summary."""
    matter = registered(world, POINTS)
    combined(world, matter)
    share = given(world, Matter.objects.get(pk=matter.pk))
    make_duties(share, on=date(2026, 12, 31))
    more = {"code": "TR-04", "limit": "每季度", "regimes": ["points"], "content": ["progress"]}
    proposal = drafted(world, at=AT, valid_from=AT.date(), **more)
    digest = digest_of(preview_rule(proposal, AT))
    rule_in_force(proposal=proposal, apply_to_open=True, digest=digest, actor=world.chief, at=AT)
    july = [duty for duty in share.duties.all() if duty.due_at and duty.due_at.month in {6, 7}]
    assert all("progress" in duty.content for duty in share.duties.filter(state="open"))
    assert [duty.rule_version.version for duty in july] == [2]


def test_page_offers_the_alternative_and_shows_the_act(world: World) -> None:
    """B6: on the assign page before anything is issued, on the page of changes for ever."""
    matter = registered(world, POINTS)
    officer = client_of(world.officer)
    path = f"/matters/{matter.pk}/assignments/"
    assert officer.get(path).context["load"]["other"].saved == 2
    sent = officer.post(f"/matters/{matter.pk}/quarterly/", keyed() | {"reason": REASON})
    assert (sent.status_code, sent["Location"]) == (302, path)
    page = officer.get(path)
    assert (page.context["load"]["other"], page.context["load"]["together"].saved) == (None, 2)
    assert REASON in officer.get(f"/matters/{matter.pk}/changes/").content.decode()


def test_merged_by_api() -> None:
    """B6: the same verb by token, once by key."""
    office: Office = make_office(datetime.now(UTC))
    matter = registered(office.world, POINTS)
    head = {"Authorization": f"Bearer {office.tokens['officer']}", "Idempotency-Key": "together-1"}
    for _twice in range(2):
        answer = Client().post(
            f"/api/v1/matters/{matter.pk}/quarterly",
            data={"reason": REASON},
            content_type="application/json",
            headers=head,
        )
        assert answer.status_code == 201, answer.content
    assert answer.json()["saved"] == 2
    assert AskedTogether.objects.count() == 1
