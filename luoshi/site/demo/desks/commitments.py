"""What the office does again and again: the study session of every Friday, the score sheet of every
month, the duty room's word of every day; one session missed, one excused, one late sheet."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import at_clock, office_date
from luoshi.supervision.commitments.domain.coming import come
from luoshi.supervision.commitments.domain.excusing import excuse
from luoshi.supervision.commitments.domain.keeping import Kept, keep
from luoshi.supervision.commitments.domain.rhythm import Choice
from luoshi.supervision.commitments.domain.undertaking import Plan, undertake
from luoshi.supervision.commitments.models import Commitment

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

CLOCK = Actor.system("定期工作", via="cli")
STUDY = Plan(
    title="周五理论学习",
    choice=Choice(words="每周五"),
    basis="机关理论学习制度（每周学习例会）",
    role="document_clerk",
)
SHEET = Plan(
    title="上月信息得分表",
    choice=Choice(words="每月5日前"),
    basis="信息工作考核办法",
    role="information_officer",
)
DUTY = Plan(
    title="值班情况日报",
    choice=Choice(words="每日17时"),
    basis="机关值班工作制度",
    role="duty_officer",
)
MISSED, EXCUSED, BEGUN = 3, 5, 60  # sessions before the last one; working days before the last day
TOPICS = ("学习全会精神", "学习条例", "集体研讨", "学习典型案例")


def commitments_story(story: "Story") -> None:
    """Lay the commitments on the story's calendar: its plan takes no dice."""
    first = story.day(BEGUN)
    story.put(at_clock(first, time(8, 35)), partial(undertakes, story))
    day = first
    while day <= story.last:
        story.put(at_clock(day, time(8, 50)), lambda at: come(actor=CLOCK, at=at))
        if day < story.last:
            story.put(at_clock(day, time(16, 40)), partial(evening, story, day))
        day += timedelta(days=1)


def undertakes(story: "Story", at: datetime) -> None:
    """The officer puts three of them down."""
    for plan in (STUDY, SHEET, DUTY):
        undertake(plan=plan, actor=story.actors["li"], at=at)


def evening(story: "Story", day: date, at: datetime) -> None:
    """What is done on a day, a little before five."""
    keeps(story, DUTY, "kong", day, "情况正常", at)
    place = fridays_left(story, day)
    if place == EXCUSED:
        settle(story, day, at)
    elif place != MISSED:
        keeps(story, STUDY, "lv", day, TOPICS[place % len(TOPICS)], at)
    if day.day == 4 or (day.day == 8 and day.month % 2):
        keeps(story, SHEET, "shi", None, "已印发各县区和部门", at)


def fridays_left(story: "Story", day: date) -> int:
    """How many weeks before the last one a day lies."""
    return (story.last - day).days // 7


def keeps(
    story: "Story", plan: Plan, who: str, due_on: date | None, note: str, at: datetime
) -> None:
    """Keep what is due on a day, or the earliest that is owed."""
    row = Commitment.objects.get(title=plan.title)
    owed = row.occurrences.waiting(at).filter(opens_on__lte=office_date(at))
    owed = owed.filter(due_on=due_on) if due_on else owed
    found = owed.select_related("commitment", "version").order_by("due_at").first()
    if found is not None:
        keep(occurrence=found, kept=Kept(note=note), actor=story.actors[who], at=at)


def settle(story: "Story", day: date, at: datetime) -> None:
    """The week of the flood had no session."""
    row = Commitment.objects.get(title=STUDY.title)
    owed = row.occurrences.waiting(at).filter(due_on=day)
    for found in owed.select_related("commitment", "version"):
        actor = story.actors["chen"]
        excuse(occurrence=found, reason="全员参加防汛抢险", actor=actor, at=at)
