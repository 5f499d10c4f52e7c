"""Every source a matter may come from is registered, assigned and gets its own report duties."""

from datetime import UTC, date, datetime

import pytest

from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.rulebook.enums import Regime
from tests.story import make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
OWED = {
    Regime.DECISION: ["TR-01"],
    Regime.MEETING: ["TR-02", "TR-03"],
    Regime.DOCUMENT: ["SRC-1"],
    Regime.INSTRUCTION: ["TR-06", "TR-08", "TR-09"],
    Regime.ACTIVITY: ["TR-18"],
    Regime.KEY_TASK: ["SRC-1"],
    Regime.POINTS: ["TR-04", "TR-05"],
}


def test_every_source_has_its_duties_and_one_series_of_numbers() -> None:
    """Features row 11, S3-50…66, R-SUP-1: meeting decision, document, instruction, theme activity,
    key task, supervision points; numbered in one series, each under its own rules (a document and a
    key task under the limit of their plan, SRC-1)."""
    world = make_world()
    found, numbers = {}, []
    for place, regime in enumerate(Regime, start=1):
        plan = Plan(
            title=f"{regime.label}：第{place}类事项办理情况",
            regime=regime,
            content="落实到位",
            method="牵头负责",
            purpose="取得实效",
            end_on=date(2026, 6, 30),
            anchors={"meeting": "2026-02-03", "issue": "2026-02-03"},
        )
        matter = draft(plan=plan, actor=world.officer, at=AT)
        matter = approve_to_register(
            matter=matter, actor=world.officer, at=AT, despite="来源不同，分别办理"
        )
        numbers.append(matter.number)
        shares = [Share(world.bureau, Part.SOLE)]
        share = assign(matter=matter, shares=shares, actor=world.officer, at=AT)[0]
        codes = share.duties.values_list("rule_code", flat=True)
        found[regime] = sorted(set(codes))
    assert numbers == [f"督〔2026〕{n}号" for n in range(1, len(numbers) + 1)]
    assert found == OWED
