"""A problem from listing to strike-off."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest

from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.core.time import last_day
from luoshi.foundation.organizations.models import Unit
from luoshi.foundation.sheets.domain.templating import columns_of
from luoshi.foundation.sheets.domain.writing import cells_of
from luoshi.foundation.sheets.registry import LISTINGS
from luoshi.supervision.inspections.domain.problem.checking import Check, check_rectification
from luoshi.supervision.inspections.domain.problem.raising import Raised, raise_problem
from luoshi.supervision.inspections.domain.problem.rectifying import (
    Done,
    Measures,
    add_evidence,
    report_rectification,
    state_measures,
)
from luoshi.supervision.inspections.domain.queries.problems import (
    SHOWN,
    Filters,
    counts,
    problems,
)
from luoshi.supervision.inspections.enums import ProblemState
from luoshi.supervision.inspections.models import Problem
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.enums import Light
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CAUSE = Measures("责任不清", "逐条整改", "王工")
DONE = Done("全部补齐", "未标识3处，现为0处", "赵明")


@pytest.fixture
def world() -> World:
    return make_world()


def raised(world: World, **changes: Any) -> Problem:
    given: dict[str, Any] = {
        "unit": world.bureau,
        "description": "3处工地燃气管线未标识",
        "category": "safety",
        "requirement": "补齐标识",
        "limit_on": date(2026, 4, 4),
    }
    return raise_problem(raised=Raised(**given | changes), actor=world.officer, at=AT)


def reported(world: World, at: datetime = AT) -> Problem:
    row = state_measures(problem=raised(world), measures=CAUSE, actor=world.liaison, at=AT)
    file = io.BytesIO("整改前后对照。".encode())
    add_evidence(problem=row, stream=file, name="对照.txt", actor=world.liaison, at=AT)
    report_rectification(problem=row, done=DONE, actor=world.liaison, at=at)
    row.refresh_from_db()
    return row


def test_limit_rolls_off_a_rest_day_and_lights_follow(world: World) -> None:
    """R-CAL-1: 4 April 2026 is Qingming; the limit rolls to the next working day."""
    row = raised(world)
    assert (row.number, row.due_at) == ("问〔2026〕1号", datetime(2026, 4, 7, 16, 0, tzinfo=UTC))
    assert row.light(AT) == Light.GREEN
    assert row.light(datetime(2026, 4, 3, 2, 0, tzinfo=UTC)) == Light.YELLOW
    assert row.light(datetime(2026, 4, 7, 16, 0, tzinfo=UTC)) == Light.RED
    assert raised(world).number == "问〔2026〕2号"


def test_problem_of_a_matter_needs_a_unit_of_that_matter(world: World) -> None:
    """Features row 26: a problem hangs on a matter or on a finding."""
    plan = Plan("防汛排查", "document", "排查", "牵头", "安全", end_on=date(2026, 6, 30))
    matter = draft(plan=plan, actor=world.officer, at=AT)
    matter = approve_to_register(matter=matter, actor=world.officer, at=AT)
    given = Raised(world.bureau, "水泵故障", "safety", "修复", date(2026, 4, 4))
    with pytest.raises(Invalid) as refused:
        raise_problem(raised=given, matter=matter, actor=world.officer, at=AT)
    assert list(refused.value.errors) == ["unit"]
    assign(matter=matter, shares=[Share(world.bureau, "sole")], actor=world.officer, at=AT)
    made = raise_problem(raised=given, matter=matter, actor=world.officer, at=AT)
    assert list(matter.problems.all()) == [made]


def test_report_needs_root_cause_measures_and_evidence(world: World) -> None:
    """Features rows 26, 27: root cause and measures first, and fine words are no evidence."""
    row = raised(world)
    with pytest.raises(Refused) as refused:
        report_rectification(problem=row, done=DONE, actor=world.liaison, at=AT)
    assert refused.value.code == "wrong-state"
    with pytest.raises(Invalid) as invalid:
        state_measures(problem=row, measures=Measures("", "", ""), actor=world.liaison, at=AT)
    assert sorted(invalid.value.errors) == ["measures", "responsible_person", "root_cause"]
    row = state_measures(problem=row, measures=CAUSE, actor=world.liaison, at=AT)
    with pytest.raises(Invalid) as invalid:
        report_rectification(problem=row, done=DONE, actor=world.liaison, at=AT)
    assert list(invalid.value.errors) == ["file"]


def test_strike_off_only_by_the_office_with_a_check_record(world: World) -> None:
    """S3-61, features row 26: 销号 is somebody else's act, on a record."""
    row = reported(world)
    struck = Check("accepted", "on_site", "3月5日现场核查，3处均已标识")
    with pytest.raises(Forbidden) as forbidden:
        check_rectification(problem=row, check=struck, actor=world.liaison, at=AT)
    assert forbidden.value.code == "responder-cannot-strike-off"
    with pytest.raises(Invalid) as invalid:
        bare = Check("accepted", "", " ")
        check_rectification(problem=row, check=bare, actor=world.officer, at=AT)
    assert sorted(invalid.value.errors) == ["how", "record"]
    check_rectification(problem=row, check=struck, actor=world.officer, at=AT)
    row.refresh_from_db()
    assert (row.state, row.ended_at, row.on_clock) == (ProblemState.CANCELLED, AT, False)
    with pytest.raises(Refused):
        check_rectification(problem=row, check=struck, actor=world.second_officer, at=AT)


def test_returned_with_new_limit_needs_new_evidence(world: World) -> None:
    """Features rows 17, 26: a return names the new limit and is counted; rounds are kept."""
    row = reported(world)
    back = Check("returned", "documents", "照片看不清", date(2026, 4, 20))
    check_rectification(problem=row, check=back, actor=world.officer, at=AT)
    row.refresh_from_db()
    assert (row.state, row.returns, row.limit_on) == ("returned", 1, date(2026, 4, 20))
    assert row.light(AT) == Light.YELLOW  # what came back asks for attention (ui.md 3)
    with pytest.raises(Invalid) as invalid:
        report_rectification(problem=row, done=DONE, actor=world.liaison, at=AT)
    assert list(invalid.value.errors) == ["file"]
    later = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
    file = io.BytesIO("新照片。".encode())
    add_evidence(problem=row, stream=file, name="二.txt", actor=world.liaison, at=later)
    made = report_rectification(problem=row, done=DONE, actor=world.liaison, at=later)
    assert (made.round, made.late) == (2, False)


def test_late_rectification_keeps_its_mark(world: World) -> None:
    """S3-61: lateness is kept for ever, also after the strike-off."""
    row = reported(world, at=datetime(2026, 4, 10, 2, 0, tzinfo=UTC))
    assert (row.late_amount, row.late_unit) == (3, "days")
    struck = Check("accepted", "on_site", "已整改")
    check_rectification(problem=row, check=struck, actor=world.officer, at=AT)
    row.refresh_from_db()
    assert row.late_amount == 3


def test_every_tab_counts_exactly_its_rows(world: World) -> None:
    """Decision 10: counts open their rows, within sight (decision 8)."""
    reported(world)
    raised(world, unit=Unit.objects.get(short_name="市教育局"))
    for actor in (world.officer, world.liaison):
        for at in (AT, datetime(2026, 4, 3, 2, 0, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)):
            found = counts(actor, Filters(), at)
            rows = {key: problems(actor, Filters(show=key), at).count() for key in SHOWN}
            assert found == {"total": problems(actor, Filters(), at).count(), **rows}
    assert counts(world.liaison, Filters(), AT)["total"] == 1


def test_export_guards_formulas(world: World) -> None:
    """Security: a cell that a spreadsheet would run is text."""
    row = raised(world, description="=1+1")
    columns = columns_of(LISTINGS["problems"], world.office.pk)
    assert "'=1+1" in cells_of(row, columns, AT)


def test_exported_limit_is_the_one_shown(world: World) -> None:
    """Features row 26: a limit typed on a rest day runs to the next working day, on the page and in
    the file alike."""
    row = raised(world, limit_on=date(2026, 4, 12))
    columns = columns_of(LISTINGS["problems"], world.office.pk)
    assert last_day(row.due_at) == date(2026, 4, 13)
    assert "2026-04-13" in [str(cell) for cell in cells_of(row, columns, AT)]
