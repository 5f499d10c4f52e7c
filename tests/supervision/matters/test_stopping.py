"""A stopped clock: silence, the time left, the trace, who may do what."""

from datetime import UTC, datetime, timedelta

import pytest

from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.stops import recompute
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.foundation.deadlines.engine.wording import lines
from luoshi.foundation.notifications.models import Notice
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.chasing.models import Reminder
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.stopping import answer, ask, resume, stop
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.report.reviewing import accept, return_for_redo
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Light, StopState, Turn
from luoshi.supervision.matters.models import Assignment, ClockStop, Matter, UnitSummary
from tests.story import SYSTEM, World, make_world
from tests.supervision.matters.test_circle import AT, GOOD, assigned

pytestmark = pytest.mark.django_db
SIGNED = AT + timedelta(days=1)
DUE = datetime(2026, 2, 24, 16, 0, tzinfo=UTC)
STOPPED = datetime(2026, 2, 12, 2, 0, tzinfo=UTC)
RESUMED = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def share(world: World) -> Assignment:
    return sign_for(assignment=assigned(world), actor=world.liaison, at=SIGNED)


def again(share: Assignment) -> Assignment:
    return Assignment.objects.select_related("matter").get(pk=share.pk)


def stop_all(world: World, share: Assignment, at: datetime = STOPPED) -> ClockStop:
    return stop(matter=share.matter, reason="等待上级批复", actor=world.officer, at=at)


def test_stopped_clock_shows_no_light_and_nobody_is_reminded(
    world: World, share: Assignment
) -> None:
    """Features row 20, S3-68: grey, nobody's turn to hurry, no level of the ladder however late."""
    stop_all(world, share)
    later = DUE + timedelta(days=60)
    sweep(actor=SYSTEM, at=later)
    row = again(share)
    assert (row.light(later), row.turn, row.matter.light(later)) == (
        Light.GREY,
        Turn.OFFICE,
        Light.GREY,
    )
    assert Reminder.objects.count() == 0
    assert Notice.objects.filter(kind="stop_running", recipient_id=world.liaison.person_id).exists()
    summary = UnitSummary.objects.get(unit=world.bureau)
    assert (summary.red, summary.yellow, summary.green, summary.grey) == (0, 0, 0, 1)


def test_resuming_gives_back_the_time_left_and_explains_it(world: World, share: Assignment) -> None:
    """Features row 20, B2: 13 days were left on 12 February; from 4 March they run on to 16 March,
    and the stored date is the recomputed one."""
    row = stop_all(world, share)
    resume(stop=row, reason="批复已到", actor=world.officer, at=RESUMED)
    duty = share.duties.get(rule_code="TR-06")
    assert duty.original_due_at == DUE
    assert duty.due_at == datetime(2026, 3, 16, 16, 0, tzinfo=UTC)
    trace = Trace.from_json(duty.trace)
    assert recompute(trace, current_calendar()).at == duty.due_at
    told = lines(trace, "zh")
    assert "2026年2月12日（周四）中止计时，剩余 13个自然日（含当日）" in told
    assert "2026年3月4日（周三）恢复计时，不计 20个自然日" in told
    now = again(share)
    assert (now.stopped_at, now.matter.stopped_at, now.overdue_at) == (None, None, duty.due_at)
    sweep(actor=SYSTEM, at=RESUMED + timedelta(days=30))
    assert set(Reminder.objects.values_list("limit_at", flat=True)) == {duty.due_at}


def test_a_limit_that_had_passed_stays_passed(world: World, share: Assignment) -> None:
    """S3-62: a stop does not heal lateness."""
    row = stop_all(world, share, at=DUE + timedelta(days=1))
    resume(stop=row, reason="继续", actor=world.officer, at=DUE + timedelta(days=9))
    assert share.duties.get(rule_code="TR-06").due_at == DUE


def test_unit_asks_and_the_office_answers(world: World, share: Assignment) -> None:
    """Features row 20: asked by the unit, decided by the assigner; a refusal says why."""
    asked = ask(assignment=share, reason="等待检测", actor=world.liaison, at=STOPPED)
    with pytest.raises(Invalid):
        ask(assignment=share, reason="再次", actor=world.liaison, at=STOPPED)
    with pytest.raises(Forbidden):
        answer(stop=asked, granted=True, reason="", actor=world.liaison, at=STOPPED)
    with pytest.raises(Invalid):
        answer(stop=asked, granted=False, reason=" ", actor=world.officer, at=STOPPED)
    answer(stop=asked, granted=False, reason="请先行推进", actor=world.officer, at=STOPPED)
    assert again(share).stopped_at is None
    second = ask(assignment=share, reason="检测未出", actor=world.liaison, at=STOPPED)
    answer(stop=second, granted=True, reason="", actor=world.second_officer, at=STOPPED)
    assert again(share).stopped_at == STOPPED
    states = list(ClockStop.objects.order_by("asked_at", "state").values_list("state", flat=True))
    assert sorted(states) == [StopState.REFUSED, StopState.RUNNING]


def test_stopping_needs_a_reason_a_person_and_the_office(world: World, share: Assignment) -> None:
    """Features row 20: refused without reason, to units, and twice."""
    matter = share.matter
    with pytest.raises(Invalid):
        stop(matter=matter, reason="", actor=world.officer, at=STOPPED)
    with pytest.raises(Forbidden):
        stop(matter=matter, reason="自行中止", actor=world.liaison, at=STOPPED)
    stop_all(world, share)
    with pytest.raises(Refused) as refused:
        stop_all(world, share)
    assert refused.value.code == "clock-stopped"


def test_nothing_is_sent_while_the_clock_stands_still(world: World, share: Assignment) -> None:
    """Features row 20: no report, no signing, no new unit; the refusal says what comes next."""
    stop_all(world, share)
    duty = share.duties.get(rule_code="TR-06")
    with pytest.raises(Refused) as refused:
        submit(
            assignment=again(share),
            duty_ids=[duty.pk],
            words=GOOD,
            actor=world.liaison,
            at=STOPPED,
        )
    assert refused.value.code == "clock-stopped"


def test_redo_limit_moves_by_working_days(world: World, share: Assignment) -> None:
    """A redo limit counted in working days gets those back that stood still."""
    duty = share.duties.get(rule_code="TR-06")
    report = submit(assignment=share, duty_ids=[duty.pk], words=GOOD, actor=world.liaison, at=AT)
    returned = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    return_for_redo(report=report, reason="补充", actor=world.officer, at=returned)
    duty.refresh_from_db()
    assert duty.redo_due_at == datetime(2026, 3, 9, 16, 0, tzinfo=UTC)
    row = stop_all(world, share, at=datetime(2026, 3, 4, 2, 0, tzinfo=UTC))
    end = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
    resume(stop=row, reason="继续", actor=world.officer, at=end)
    duty.refresh_from_db()
    assert duty.redo_due_at == datetime(2026, 3, 16, 16, 0, tzinfo=UTC)


def test_own_stop_and_whole_stop_overlap_counts_once(world: World, share: Assignment) -> None:
    """Two overlapping stops are one span, from the first stop to the last resumption."""
    own = stop(matter=share.matter, assignment=share, reason="甲", actor=world.officer, at=STOPPED)
    whole = stop_all(world, share, at=STOPPED + timedelta(days=3))
    resume(stop=own, reason="乙", actor=world.officer, at=STOPPED + timedelta(days=5))
    assert again(share).stopped_at == STOPPED
    resume(stop=whole, reason="丙", actor=world.officer, at=RESUMED)
    duty = share.duties.get(rule_code="TR-06")
    assert duty.due_at == datetime(2026, 3, 16, 16, 0, tzinfo=UTC)
    assert len(Trace.from_json(duty.trace).stops) == 1


def test_conclusion_ends_a_running_stop(world: World, share: Assignment) -> None:
    """S3-62: nothing stands still behind an ended matter."""
    for code in ("TR-06", "TR-09"):
        duty = share.duties.get(rule_code=code)
        sent = submit(
            assignment=again(share), duty_ids=[duty.pk], words=GOOD, actor=world.liaison, at=SIGNED
        )
        accept(report=sent, actor=world.officer, at=SIGNED)
    stop_all(world, share)
    conclude(matter=share.matter, result="done", summary="完成", actor=world.officer, at=RESUMED)
    matter = Matter.objects.get(pk=share.matter_id)
    assert (matter.state, matter.stopped_at) == ("concluded", None)
    assert ClockStop.objects.get().state == StopState.ENDED
