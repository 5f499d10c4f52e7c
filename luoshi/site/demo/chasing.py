"""The story's nudges: one by hand, a second held with its exception, slips, an earlier notice, and
a request where there is no command."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refusal
from luoshi.foundation.core.time import at_clock, office_date
from luoshi.supervision.chasing.domain.excepting import ask_exception, grant_exception
from luoshi.supervision.chasing.domain.laddering import set_ladder
from luoshi.supervision.chasing.domain.naming import Charge, name_leader
from luoshi.supervision.chasing.domain.standing import standings
from luoshi.supervision.chasing.domain.urging import Wording, urge
from luoshi.supervision.chasing.enums import LADDER, Level, Step
from luoshi.supervision.chasing.models import NudgeException, Urge
from luoshi.supervision.matters.domain.duty.combining import ask_within_quarterly
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import AWAITING_UNIT, Part
from luoshi.supervision.matters.models import Assignment
from luoshi.supervision.rulebook.domain.settling import settle
from luoshi.supervision.rulebook.enums import Regime

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

SYSTEM = Actor.system("落实系统", via="cli")
REASON = "市委常委会将听取汇报，须提前掌握进展"
FEWER = "半年总结与二、四季度报告内容相同，合并报送"
SCHOOL = "市教育局"
WATER, HOUSING = "市水务局", "市住房城乡建设局"
DIVISION = "关于市委领导同志工作分工的通知"
OLDEST = ("overdue_at", "matter__number", "unit__code")


def chasing_story(story: "Story") -> None:
    """Lay the nudges on the story's calendar."""
    story.plan(40, 9, lambda at: earlier_notice(story, at))
    story.plan(33, 9, lambda at: merge_requests(story, at))
    story.put(at_clock(story.day(30), time(11)), lambda at: leaders_in_charge(story, at))
    for ago in (16, 11, 6, 1):
        story.plan(ago, 10, lambda at: nudge_overdue(story, at))
    story.plan(1, 14, lambda at: second_nudge(story, at, "he"))
    story.plan(1, 15, lambda at: decide_first(story, at))
    story.plan(0, 9, lambda at: second_nudge(story, at))
    story.put(story.now, lambda at: spot_checks(story, at))


def overdue(story: "Story", at: datetime) -> list[Assignment]:
    """The office's shares whose limit has passed and whose turn it is, the oldest first."""
    office = story.actors["li"].unit_id
    rows = Assignment.objects.filter(
        matter__office_id=office,
        state__in=AWAITING_UNIT,
        overdue_at__lte=at,
        stopped_at=None,
    )
    return list(rows.select_related("matter__office", "unit").order_by(*OLDEST)[:3])


def earlier_notice(story: "Story", at: datetime) -> None:
    """The secretary-general lets the first notice come five working days before, and sets the
    cap of reports."""
    chief = story.actors["chen"]
    steps = tuple(
        Step(Level.L0, -5, step.audiences, step.word_zh, step.word_en)
        if step.level == Level.L0
        else step
        for step in LADDER
    )
    office = chief.unit_id
    if office is not None:
        reason = "单位反映准备材料时间偏紧，到期提示提前到五个工作日"
        set_ladder(office_id=office, steps=steps, reason=reason, actor=chief, at=at)
        settle(office_id=office, values={"report_cap": 40}, actor=chief, at=at)


def spot_checks(story: "Story", at: datetime) -> None:
    """The government office draws every fifth report for a check on site from now on (B8)."""
    office = story.units["市政府办公室"].pk
    settle(office_id=office, values={"spot_percent": 20}, actor=SYSTEM, at=at)


def leaders_in_charge(story: "Story", at: datetime) -> None:
    """The secretary-general enters the division of work among the leaders: who is in charge of two
    units, and until when of one of them."""
    chief, leader = story.actors["chen"], story.actors["wang"].person_id
    office, today = chief.unit_id, office_date(at)
    later = today + timedelta(days=62)
    said = ((WATER, leader, today), (HOUSING, leader, today), (HOUSING, None, later))
    for unit, person, from_on in said:
        charge = Charge(story.units[unit], None, person, from_on, DIVISION)
        if office is not None:
            name_leader(office_id=office, charge=charge, actor=chief, at=at)


def merge_requests(story: "Story", at: datetime) -> None:
    """A point of the year's list: its half-year summaries are asked in the quarterly report, which
    saves each unit two reports a year."""
    li = story.actors["li"]
    plan = Plan(
        title="扩大中小学课后服务覆盖面",
        regime=Regime.POINTS,
        content="逐校开设课后服务，公布课程与时段",
        method="市教育局牵头，按季通报",
        purpose="方便家长按时接送",
        basis="市委年度督查要点",
        end_on=date(office_date(at).year + 1, 6, 30),
    )
    matter = approve_to_register(
        matter=draft(plan=plan, actor=li, at=at),
        actor=story.actors["chen"],
        at=at,
        despite="两项要点分别督查",
    )
    ask_within_quarterly(matter=matter, reason=FEWER, actor=li, at=at)
    share = Share(story.units[SCHOOL], Part.SOLE)
    given = assign(matter=matter, shares=[share], actor=li, at=at)[0]
    story.plan(32, 10, lambda at: sign_for(assignment=given, actor=story.handler(SCHOOL), at=at))


def nudge_overdue(story: "Story", at: datetime) -> None:
    """The officer nudges what is overdue, the oldest with the slip that is due."""
    for place, standing in enumerate(standings(overdue(story, at))):
        colour = standing.colour(at) if place == 0 else None
        try_nudge(standing.share, Wording(colour=colour or ""), story, at)


def try_nudge(share: Assignment, wording: Wording, story: "Story", at: datetime) -> Urge | None:
    """A nudge, or nothing where the unit has nobody to get it or one is held already."""
    try:
        return urge(share=share, wording=wording, actor=story.actors["li"], at=at)
    except Refusal:
        return None


def second_nudge(story: "Story", at: datetime, who: str = "li") -> None:
    """A second nudge in the same week is held; an officer asks for the exception."""
    for share in overdue(story, at):
        row = try_nudge(share, Wording(), story, at)
        if row is not None and row.held_reason:
            ask_exception(urge=row, reason=REASON, actor=story.actors[who], at=at)
            return


def decide_first(story: "Story", at: datetime) -> None:
    """The section chief grants it as second person, so that the nudge goes out at once."""
    rows = NudgeException.objects.filter(state="asked").select_related(
        "urge__assignment__matter__office"
    )
    found = rows.order_by("asked_at").first()
    if found is not None:
        grant_exception(exception=found, actor=story.actors["li"], at=at)
