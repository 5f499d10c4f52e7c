"""Reopening: same id, same number, history kept, new duties."""

from datetime import UTC, date, datetime, timedelta

import pytest

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.reopening import reopen
from luoshi.supervision.matters.domain.report.reporting import Words, submit
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import DutyState, MatterState
from luoshi.supervision.matters.models import Assignment, Matter, ReportDuty
from tests.past import WORDS, concluded, finish
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2025, 11, 4, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)
LIMIT = date(2026, 6, 30)


@pytest.fixture
def world() -> World:
    return make_world()


def test_reopened_matter_keeps_id_number_and_history(world: World) -> None:
    """B9, S3-28: reopened under the same id and number; first round, late mark, reports stay."""
    matter = concluded(world, AT, regime="instruction")
    ReportDuty.objects.filter(rule_code="TR-06").update(late_amount=3, late_unit="days")
    reopen(matter=matter, reason="隐患回潮", due_on=LIMIT, actor=world.second_officer, at=LATER)
    again = Matter.objects.get(pk=matter.pk)
    assert (again.number, again.state, again.ended_at) == (matter.number, "assigned", None)
    assert again.closure_in_force() is None
    assert again.closures.get().reopening.reason == "隐患回潮"
    assert [share.state for share in again.assignments.order_by("assigned_at")] == [
        "concluded",
        "unsigned",
    ]
    assert again.shares == 1
    new = again.assignments.get(state="unsigned")
    assert sorted(duty.rule_code for duty in new.duties.all()) == [
        "REOPEN",
        "TR-06",
        "TR-08",
        "TR-09",
    ]
    rectify = new.duties.get(rule_code="REOPEN")
    assert rectify.due_at == datetime(2026, 6, 30, 16, 0, tzinfo=UTC)
    assert rectify.trace is not None
    assert Entry.objects.filter(action="matters.reopened", object_id=str(matter.pk)).count() == 1


def test_second_conclusion_needs_the_second_rounds_final_report(world: World) -> None:
    """TR-09: what was reported before the reopening does not conclude the matter again."""
    matter = concluded(world, AT, regime="instruction")
    reopen(matter=matter, reason="隐患回潮", due_on=LIMIT, actor=world.officer, at=LATER)
    matter = Matter.objects.get(pk=matter.pk)
    with pytest.raises(Refused) as refused:
        conclude(matter=matter, result="done", summary="再办结", actor=world.officer, at=LATER)
    assert refused.value.code == "final-report-missing"
    share = Assignment.objects.get(matter=matter, state="unsigned")
    share = sign_for(assignment=share, actor=world.liaison, at=LATER)
    finish(share, world, LATER)
    conclude(matter=matter, result="done", summary="再办结", actor=world.officer, at=LATER)
    matter = Matter.objects.get(pk=matter.pk)
    assert matter.state == MatterState.CONCLUDED
    assert [row.round for row in matter.closures.order_by("round")] == [1, 2]
    assert matter.closure_in_force().summary == "再办结"


def test_recurring_rule_counts_from_the_reopening(world: World) -> None:
    """TR-01: no duties of the quarters in which the matter was concluded."""
    matter = concluded(world, AT, regime="decision")
    reopen(matter=matter, reason="指标反弹", due_on=LIMIT, actor=world.officer, at=LATER)
    share = Assignment.objects.get(matter=matter, state="unsigned")
    dues = [duty.due_at for duty in share.duties.all() if duty.due_at]
    assert min(dues) > LATER
    late_words = Words(**{**WORDS.__dict__, "late_reason": ""})
    share = sign_for(assignment=share, actor=world.liaison, at=LATER)
    first = share.duties.filter(state=DutyState.OPEN).order_by("due_at").first()
    sent = submit(
        assignment=share, duty_ids=[first.pk], words=late_words, actor=world.liaison, at=LATER
    )
    assert sent.late is False


def test_reopening_refused(world: World) -> None:
    """S3-61, B9: by the handling unit, without a reason, with a past limit, twice."""
    matter = concluded(world, AT)
    with pytest.raises(Forbidden):
        reopen(matter=matter, reason="甲", due_on=LIMIT, actor=world.liaison, at=LATER)
    with pytest.raises(Invalid) as refused:
        reopen(matter=matter, reason=" ", due_on=LATER.date(), actor=world.officer, at=LATER)
    assert set(refused.value.errors) == {"reason", "due_on"}
    reopen(matter=matter, reason="甲", due_on=LIMIT, actor=world.officer, at=LATER)
    with pytest.raises(Refused):
        reopen(matter=matter, reason="甲", due_on=LIMIT, actor=world.officer, at=LATER)


def test_something_left_to_do_needs_its_promised_date(world: World) -> None:
    """S2-76: concluded in part or as planned names the date; done names none."""
    for result, promised_on in (
        ("partly", None),
        ("planned", None),
        ("planned", AT.date()),
        ("done", date(2026, 3, 1)),
    ):
        with pytest.raises(Invalid) as refused:
            concluded(world, AT, result=result, promised_on=promised_on)
        assert set(refused.value.errors) == {"promised_on"}
    matter = concluded(world, AT, result="planned", promised_on=AT.date() + timedelta(days=90))
    assert matter.closures.get().promised_on == date(2026, 2, 2)
