"""The load shown before a share is given away or a unit is added later says what will be owed (B6,
B9)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luoshi.foundation.organizations.models import Unit
from luoshi.insight.burden.domain.ledger import by_unit
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.reopening import reopen
from luoshi.supervision.matters.domain.queries.burden import Hours, Span, added, hours_stated
from luoshi.supervision.matters.domain.report.reviewing import return_for_redo
from luoshi.supervision.matters.domain.share.reassigning import reassign
from luoshi.supervision.matters.enums import DutyState
from luoshi.supervision.matters.models import Assignment
from tests.insight.burden.test_burden import client_of
from tests.story import World, make_world
from tests.supervision.reports.world import accepted, day, send, share_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_unit_that_is_not_known_is_said_before_anything_is_shown(world: World) -> None:
    """B6: a mistyped unit has no load; the page says so and keeps what was typed, instead of
    showing the load of any unit."""
    share = share_of(world, "decision", day(1, 5))
    officer, path = client_of(world.officer), f"/assignments/{share.pk}/reassignment/"
    seen = officer.post(path, {"unit": "市住建居", "reason": "改派", "act": "load"})
    assert (seen.status_code, list(seen.context["refusal"].errors)) == (422, ["unit"])
    assert 'value="市住建居"' in seen.content.decode()
    nobody = officer.post(path, {"unit": "", "reason": "改派", "act": "load"})
    assert (nobody.status_code, nobody.context["load"]["named"]) == (200, False)
    assert Assignment.objects.count() == 1


def test_after_a_reopening_the_load_is_that_of_its_round(world: World) -> None:
    """B6, B9: who is given a share of a reopened matter owes the report on putting things right
    too; shown first, the same number of duties as the slip then makes."""
    share = share_of(world, "decision", day(1, 5))
    for code in ("TR-01", "TR-09"):
        if share.duties.filter(rule_code=code, state="open").exists():
            accepted(share, world.liaison, world.officer, day(4, 7), code, said=words())
    matter = Assignment.objects.select_related("matter__office").get(pk=share.pk).matter
    conclude(matter=matter, result="done", summary="完成", actor=world.officer, at=day(4, 9))
    matter.refresh_from_db()
    due = date(2026, 12, 31)
    reopen(matter=matter, reason="反弹", due_on=due, actor=world.officer, at=day(7, 6))
    matter.refresh_from_db()
    other = Unit.objects.get(short_name="市财政局")
    lines = added(matter, [other], day(7, 7).date())["burden"].lines
    assert lines[0].title_zh == "整改情况报告"
    again = Assignment.objects.get(matter=matter, reopening__isnull=False)
    path = f"/assignments/{again.pk}/reassignment/"
    assert client_of(world.officer).get(path).context["load"]["burden"].lines == lines
    given: dict[str, Any] = {"reason": "职责调整", "actor": world.officer, "at": day(7, 7)}
    new = reassign(assignment=again, unit=other, **given)
    asked = new.duties.exclude(state=DutyState.WITHDRAWN)
    assert set(asked.values_list("rule_code", flat=True)) == {line.code for line in lines}


def test_hours_of_a_report_sent_again_are_stated_once(world: World) -> None:
    """B6: the form of a redo offers the hours of the first; the estimate before issuing counts
    them once, from as many reports as the ledger does."""
    share = share_of(world, "decision", day(1, 5))
    told = words(hours=Decimal(2))
    report = send(share, world.liaison, day(4, 7), "TR-01", said=told)
    return_for_redo(report=report, reason="请附依据", actor=world.officer, at=day(4, 8))
    send(share, world.liaison, day(4, 9), "TR-01", said=told)
    load = by_unit(world.officer, Span(2026), 100)[0]
    assert (load.hours, load.told) == (Decimal(2), 1)
    assert hours_stated(world.office.pk, date(2026, 5, 1)) == Hours(1, Decimal(2))
