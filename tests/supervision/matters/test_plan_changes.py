"""What happens to a share held against planned progress when its plan, its unit, its clock or an
earlier report changes (R-SUP-5, R-SUP-4, B9)."""

from datetime import date, timedelta
from typing import Any

import pytest

from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import end_of_day
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.chasing.domain.standing import standings
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.reopening import reopen
from luoshi.supervision.matters.domain.matter.stopping import resume, stop
from luoshi.supervision.matters.domain.queries.showing import light_word
from luoshi.supervision.matters.domain.report.correcting import correct
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.domain.share.reassigning import reassign
from luoshi.supervision.matters.domain.share.stages import Stage
from luoshi.supervision.matters.domain.share.staging import plan_progress, plan_share
from luoshi.supervision.matters.domain.share.summarising import refresh
from luoshi.supervision.matters.enums import Light
from luoshi.supervision.matters.models import Assignment
from tests.story import World, make_world
from tests.supervision.matters.test_planned_progress import PLAN, fresh, planned, said
from tests.supervision.reports.world import accepted, day, share_of, words

pytestmark = pytest.mark.django_db
JUNE = end_of_day(date(2026, 6, 30))


@pytest.fixture
def world() -> World:
    return make_world()


def test_correcting_an_earlier_report_takes_no_progress_back(world: World) -> None:
    """R-SUP-5, features row 17: what was put right in the report of April says nothing about May;
    a correction of the report of May does."""
    share = said(planned(world), world, 4, 7, 20)
    share = said(share, world, 5, 7, 45)
    april, may = share.reports.order_by("submitted_at")
    made = correct(
        report=april, words=words(percent=25), reason="误报", actor=world.liaison, at=day(5, 11)
    )
    assert (fresh(share).reported_percent, fresh(share).planned_percent) == (45, 60)
    accept(report=made, actor=world.officer, at=day(5, 12))
    assert fresh(share).reported_percent == 45
    correct(report=may, words=words(percent=28), reason="误报", actor=world.liaison, at=day(5, 13))
    assert (fresh(share).reported_percent, fresh(share).planned_percent) == (28, 30)


def handed_on(world: World) -> Assignment:
    """The share given to another unit on 20 May, three weeks after the first stage."""
    other = Unit.objects.get(short_name="市财政局")
    given: dict[str, Any] = {"reason": "职责调整", "actor": world.officer, "at": day(5, 20)}
    return reassign(assignment=planned(world), unit=other, **given)


def test_a_new_unit_does_not_answer_for_stages_before_its_slip(world: World) -> None:
    """R-SUP-5, ui.md 3: reassigned on 20 May, the stage of 30 April is nothing the new unit could
    have reached; it is not yellow "not signed for" in the first hour either."""
    share = fresh(handed_on(world))
    assert (share.planned_percent, share.behind_at) == (60, JUNE)
    soon = day(5, 20, 3)
    assert (share.light(soon), share.behind(soon)) == (Light.GREEN, False)
    assert share.light(day(5, 27)) == Light.YELLOW  # not signed for within a working day


def test_a_reopened_matter_begins_without_the_stages_of_before(world: World) -> None:
    """B9, R-SUP-5: all days of the plan have passed; the new round is held against a new plan."""
    share = planned(world)
    told = words(percent=100)
    for code in ("TR-01", "TR-09"):
        if share.duties.filter(rule_code=code, state="open").exists():
            accepted(share, world.liaison, world.officer, day(4, 7), code, said=told)
    matter = fresh(share).matter
    given: dict[str, Any] = {"actor": world.officer}
    conclude(matter=matter, result="done", summary="完成", at=day(4, 9), **given)
    matter.refresh_from_db()
    reopen(matter=matter, reason="反弹", due_on=date(2026, 12, 31), at=day(7, 6), **given)
    again = Assignment.objects.select_related("matter").get(matter=matter, reopening__isnull=False)
    assert (again.behind_at, again.planned_percent, again.reported_percent) == (None, None, None)
    anew = (*PLAN, Stage(date(2026, 9, 30), 80))
    plan_progress(matter=again.matter, stages=anew, at=day(7, 7), **given)
    assert fresh(again).behind_at == end_of_day(date(2026, 9, 30))


def stood_still(share: Assignment, world: World) -> Assignment:
    """The matter stopped on 22 May for eleven days."""
    row = stop(matter=share.matter, reason="等待资金", actor=world.officer, at=day(5, 22))
    resume(stop=row, reason="资金到位", actor=world.officer, at=day(6, 2))
    return fresh(share)


def test_a_plan_made_after_a_stop_holds_for_all_who_follow_the_matters(world: World) -> None:
    """R-SUP-4, R-SUP-5: days moved by a stop are no plan of the unit's own; what the office plans
    afterwards counts. A plan of its own stays."""
    share = stood_still(planned(world), world)
    assert share.planned_percent == 30  # its day had passed when the clock stopped
    anew = (Stage(date(2026, 7, 31), 40),)
    plan_progress(matter=share.matter, stages=anew, actor=world.officer, at=day(6, 3))
    assert fresh(share).behind_at == end_of_day(date(2026, 7, 31))
    own = (Stage(date(2026, 8, 31), 70),)
    plan_share(assignment=fresh(share), stages=own, actor=world.officer, at=day(6, 4))
    share = fresh(share)
    row = stop(matter=share.matter, reason="汛期", actor=world.officer, at=day(6, 8))
    resume(stop=row, reason="汛期结束", actor=world.officer, at=day(6, 18))
    plan_progress(matter=share.matter, stages=PLAN, actor=world.officer, at=day(6, 19))
    assert fresh(share).behind_at == end_of_day(date(2026, 9, 10))


def test_a_stop_brings_no_stage_back_that_asked_nothing(world: World) -> None:
    """R-SUP-4: the stages ahead are eleven days later; the one before the unit's slip stays out."""
    share = stood_still(handed_on(world), world)
    assert (share.planned_percent, share.behind_at) == (60, JUNE + timedelta(days=11))


def test_units_are_told_what_they_are_held_against(world: World) -> None:
    """R-SUP-5: a plan somebody else sets or changes reaches the unit; the same again does not."""
    share = share_of(world, "decision", day(1, 5))
    own = (Stage(date(2026, 9, 30), 50),)
    notices = Notice.objects.filter(kind="planned", recipient_id=world.liaison.person_id)
    plan_share(assignment=share, stages=own, actor=world.liaison, at=day(3, 2))
    assert notices.count() == 0
    plan_share(assignment=fresh(share), stages=(), actor=world.officer, at=day(3, 3))
    assert notices.count() == 1
    for at in (day(3, 4), day(3, 5)):
        plan_progress(matter=fresh(share).matter, stages=PLAN, actor=world.officer, at=at)
    assert notices.count() == 2
    assert notices.latest("created_at").title_zh.startswith("进度计划有更新：")


def test_progress_is_stated_between_two_periods(world: World) -> None:
    """S3-52 “at least”, R-SUP-5: the report of the quarter was early; what is done since is said
    without a duty, reviewed like every report, and the share is on its plan again. While the
    quarter's report is owed, or without a percentage, a report still names what it fulfils."""
    share = said(planned(world), world, 4, 7, 20)
    given: dict[str, Any] = {"duty_ids": [], "actor": world.liaison}
    with pytest.raises(Invalid):
        submit(assignment=share, words=words(percent=35), at=day(4, 10), **given)
    share = said(share, world, 5, 7, 45)
    nudge = standings([share])[0].text("remind", day(7, 1))
    assert "》办理情况请按要求报送；进度滞后：计划2026年6月30日（周二）前完成60%，已报45%" in nudge
    with pytest.raises(Invalid):
        submit(assignment=share, words=words(), at=day(6, 10), **given)
    row = submit(assignment=share, words=words(percent=62), at=day(6, 10), **given)
    assert (row.state, row.final, row.duties.count()) == ("submitted", False, 0)
    assert (fresh(share).state, fresh(share).behind_at) == ("under_review", None)
    accept(report=row, actor=world.officer, at=day(6, 11))
    share = fresh(share)
    assert (share.state, share.reported_percent, share.behind_at) == ("in_progress", 62, None)


def test_the_plan_goes_on_while_no_report_is_owed(world: World) -> None:
    """R-SUP-5, ui.md 3: nothing is open between two periods; the stage that is not reached turns
    the light yellow on its day all the same, and it is the unit's turn."""
    share = share_of(world, "points", day(1, 5), basis="督查要点")
    stages = (Stage(date(2026, 5, 15), 50),)
    plan_progress(matter=share.matter, stages=stages, actor=world.officer, at=day(3, 3))
    share.duties.update(state="accepted")
    assert not share.duties.filter(kind="final").exists()
    refresh(fresh(share), at=day(4, 8))
    share = fresh(share)
    assert (share.light(day(5, 10)), share.turn, share.next_title_zh) == (
        Light.GREEN,
        "unit",
        "进度计划",
    )
    assert (share.light(day(5, 20)), light_word(share, day(5, 20))) == (Light.YELLOW, "滞后")
    given: dict[str, Any] = {"actor": world.liaison, "at": day(5, 21)}
    submit(assignment=share, duty_ids=[], words=words(percent=50), **given)
    row = share.reports.get()
    accept(report=row, actor=world.officer, at=day(5, 22))
    share = fresh(share)
    assert (share.light(day(5, 23)), share.turn) == (Light.GREY, "office")
