"""A concluded matter for look-back and appraisal tests, through the real verbs."""

from datetime import date, datetime, timedelta

from luoshi.supervision.matters.domain.matter.closing import NO_EFFECT, Effect, conclude
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.report.reporting import Words, submit
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import DutyState, Part
from luoshi.supervision.matters.models import Assignment, Matter
from tests.story import World

WORDS = Words(
    progress="已完成",
    state_change="全部完成",
    problems="无",
    next_steps="巩固",
    summary="形成长效机制",
)


def assigned(
    world: World, at: datetime, *, title: str = "燃气管网改造", regime: str = "document"
) -> Assignment:
    """A matter of the office with one sole share of the bureau, signed for."""
    plan = Plan(
        title=title,
        regime=regime,
        content="完成改造",
        method="牵头负责",
        purpose="消除隐患",
        end_on=at.date() + timedelta(days=60),
    )
    matter = draft(plan=plan, actor=world.officer, at=at)
    why = "年度不同，分别办理"
    matter = approve_to_register(matter=matter, actor=world.officer, at=at, despite=why)
    shares = [Share(world.bureau, Part.SOLE)]
    share = assign(matter=matter, shares=shares, actor=world.officer, at=at)[0]
    return sign_for(assignment=share, actor=world.liaison, at=at)


def concluded(
    world: World,
    at: datetime,
    *,
    title: str = "燃气管网改造",
    regime: str = "document",
    result: str = "done",
    promised_on: date | None = None,
    effect: Effect = NO_EFFECT,
) -> Matter:
    """A matter registered, reported on, accepted and concluded by the first officer."""
    share = assigned(world, at, title=title, regime=regime)
    finish(share, world, at)
    matter = Matter.objects.get(pk=share.matter_id)
    conclude(
        matter=matter,
        result=result,
        summary="完成",
        promised_on=promised_on,
        effect=effect,
        actor=world.officer,
        at=at,
    )
    return Matter.objects.get(pk=matter.pk)


def finish(share: Assignment, world: World, at: datetime) -> None:
    """Report on every open duty of a share at once, and have it accepted."""
    ids = list(share.duties.filter(state=DutyState.OPEN).values_list("pk", flat=True))
    report = submit(assignment=share, duty_ids=ids, words=WORDS, actor=world.liaison, at=at)
    accept(report=report, actor=world.second_officer, at=at)
