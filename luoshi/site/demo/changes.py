"""The story of what goes beside the straight way: a stopped clock, a merger, an objection, a matter
in parts, one issued by two offices, a request across systems, a proposal refused and one
waiting."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.models import Unit
from luoshi.site.demo.people import principal_of
from luoshi.supervision.matters.domain.duty.happening import note_event
from luoshi.supervision.matters.domain.matter.decomposing import SubMatter, decompose
from luoshi.supervision.matters.domain.matter.drafting import Origin, Plan, draft
from luoshi.supervision.matters.domain.matter.merging import merge
from luoshi.supervision.matters.domain.matter.registering import (
    approve_to_register,
    propose,
    refuse_registration,
)
from luoshi.supervision.matters.domain.matter.stopping import answer, ask, resume, stop
from luoshi.supervision.matters.domain.report.reporting import Figure, Words, submit
from luoshi.supervision.matters.domain.report.reviewing import accept, ask_to_supplement
from luoshi.supervision.matters.domain.share.advising import advise
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.objecting import object_to
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import DUTY_AWAITING_UNIT, Part, StopState
from luoshi.supervision.matters.models import Assignment, ClockStop, Matter
from luoshi.supervision.rulebook.enums import Anchor, DutyKind, Regime

Act = Callable[[datetime], object]
HOUSING, MONEY, RESCUE = "市住房城乡建设局", "市财政局", "市应急局"
WATER, SCHOOL, GREEN, ROADS = "市水务局", "市教育局", "市生态环境局", "市交通运输局"


class Teller(Protocol):
    """What this part needs of the story."""

    actors: dict[str, Actor]
    units: dict[str, Unit]

    def plan(self, days_ago: int, hour: int, act: Act) -> None:
        """Put an act on the calendar."""

    def handler(self, unit: str) -> Actor:
        """The liaison of a unit."""


class Thread:
    """One matter on its way: what is begun in one act is found again in the next."""

    def __init__(
        self,
        story: Teller,
        title: str,
        regime: str,
        by: str = "li",
        source: str = "市委常委会会议纪要",
    ) -> None:
        self.story, self.title, self.regime, self.source = story, title, regime, source
        self.officer = story.actors[by]

    def draft(self, at: datetime, joint: UUID | None = None) -> Matter:
        """Write the matter down."""
        plan = Plan(
            title=self.title,
            regime=self.regime,
            content=f"{self.title}，明确任务、时限和责任人，按要求反馈进展。",
            method="牵头单位负责，会办单位配合",
            purpose="推动部署落地见效",
            end_on=at.date() + timedelta(days=150),
            joint_office=joint,
        )
        origin = Origin(title=self.source)
        return draft(plan=plan, actor=self.officer, at=at, origin=origin)

    def give(
        self, at: datetime, *units: tuple[str, str], joint: UUID | None = None, despite: str = ""
    ) -> Matter:
        """Register and assign."""
        reason = despite or "来源和时限不同，分别督办"
        matter = approve_to_register(
            matter=self.draft(at, joint), actor=self.officer, at=at, despite=reason
        )
        shares = [Share(self.story.units[name], part) for name, part in units]
        if shares:
            assign(matter=matter, shares=shares, actor=self.officer, at=at)
        return matter

    @property
    def matter(self) -> Matter:
        """The matter as it stands now."""
        return Matter.objects.get(title=self.title)

    def share(self, unit: str) -> Assignment:
        """A unit's share."""
        rows = Assignment.objects.select_related("matter", "unit")
        return rows.get(matter=self.matter, unit=self.story.units[unit])

    def sign(self, unit: str, at: datetime) -> object:
        """The unit signs for its slip."""
        return sign_for(assignment=self.share(unit), actor=self.story.handler(unit), at=at)

    def report(self, unit: str, progress: str, at: datetime) -> Any:
        """The unit reports on its first open duty."""
        share = self.share(unit)
        open_duties = share.duties.filter(state__in=DUTY_AWAITING_UNIT)
        duty = open_duties.exclude(kind=DutyKind.FINAL).order_by("due_at", "rule_code")[0]
        words = Words(
            progress=progress,
            state_change="已进入实施阶段",
            problems="个别环节需协调",
            next_steps="倒排工期，逐项推进",
            summary="阶段任务按要求完成",
            late_reason="数据汇总延后",
            signed_by_principal=principal_of(unit),
            figures=(Figure("完成数量", Decimal(len(progress)), "项"),),
        )
        handler = self.story.handler(unit)
        return submit(assignment=share, duty_ids=[duty.pk], words=words, actor=handler, at=at)

    def waiting(self, unit: str) -> Any:
        """The unit's report that waits for review."""
        return self.share(unit).reports.filter(state="submitted").latest("submitted_at")


def tell_changes(story: Teller) -> None:
    """Lay every part of this story on the calendar."""
    stopped(story)
    stopped_and_resumed(story)
    merged(story)
    objected(story)
    divided(story)
    joint(story)
    courteous(story)
    proposed(story)
    staged(story)


def staged(story: Teller) -> None:
    """A theme activity whose first stage has ended: its summary gets a date (TR-18)."""
    thread = Thread(story, "学习教育查摆问题集中整改", Regime.ACTIVITY, source="学习教育工作方案")
    story.plan(18, 9, lambda at: thread.give(at, (SCHOOL, Part.SOLE)))
    story.plan(17, 15, lambda at: thread.sign(SCHOOL, at))
    story.plan(
        3,
        11,
        lambda at: note_event(
            matter=thread.matter,
            event=Anchor.STAGE_END,
            on=office_date(at),
            basis="第一阶段总结会议纪要",
            actor=thread.officer,
            at=at,
        ),
    )


def stopped(story: Teller) -> None:
    """A whole matter stands still until the province has approved the plan."""
    thread = Thread(story, "城市地下综合管廊专项规划编制", Regime.INSTRUCTION)
    why = "等待省级国土空间专项规划批复，批复前无法继续办理"
    story.plan(17, 9, lambda at: thread.give(at, (HOUSING, Part.SOLE)))
    story.plan(16, 14, lambda at: thread.sign(HOUSING, at))
    story.plan(
        11, 15, lambda at: stop(matter=thread.matter, reason=why, actor=thread.officer, at=at)
    )


def stopped_and_resumed(story: Teller) -> None:
    """A unit asks for a stop of its share, gets it, and goes on five working days later."""
    thread = Thread(story, "备用水源地保护区划定", Regime.INSTRUCTION)

    def row() -> ClockStop:
        return ClockStop.objects.get(matter=thread.matter, state__in=("asked", StopState.RUNNING))

    story.plan(14, 9, lambda at: thread.give(at, (WATER, Part.SOLE)))
    story.plan(13, 14, lambda at: thread.sign(WATER, at))
    story.plan(
        10,
        10,
        lambda at: ask(
            assignment=thread.share(WATER),
            reason="水质检测报告须由第三方出具，检测期间无法办理",
            actor=story.handler(WATER),
            at=at,
        ),
    )
    story.plan(
        10,
        16,
        lambda at: answer(stop=row(), granted=True, reason="同意", actor=thread.officer, at=at),
    )
    story.plan(
        5,
        9,
        lambda at: resume(stop=row(), reason="检测报告已出具", actor=thread.officer, at=at),
    )


def merged(story: Teller) -> None:
    """The same work came twice; the later file goes into the earlier."""
    first = Thread(story, "校园周边交通秩序综合整治", Regime.DOCUMENT)
    second = Thread(story, "学校周边交通秩序综合整治", Regime.INSTRUCTION)
    story.plan(21, 9, lambda at: first.give(at, (ROADS, Part.SEPARATE)))
    story.plan(20, 14, lambda at: first.sign(ROADS, at))
    story.plan(
        12,
        9,
        lambda at: second.give(at, (SCHOOL, Part.SOLE), despite="批示另有时限要求，先行单独立项"),
    )
    story.plan(
        7,
        10,
        lambda at: merge(
            absorbed=second.matter,
            into=first.matter,
            reason="内容相同，并案办理，批示时限要求并入原件",
            take_over=[Share(story.units[SCHOOL], Part.SEPARATE, "校园出入口秩序")],
            actor=first.officer,
            at=at,
        ),
    )


def objected(story: Teller) -> None:
    """A bureau says a share is not its business; the answer is still open."""
    thread = Thread(story, "城区共享单车停放管理", Regime.DOCUMENT)
    story.plan(2, 9, lambda at: thread.give(at, (ROADS, Part.SOLE)))
    story.plan(
        1,
        11,
        lambda at: object_to(
            assignment=thread.share(ROADS),
            reason="停放秩序属城市管理职责，我局负责的是运营企业备案",
            suggestion="市城管局",
            actor=story.handler(ROADS),
            at=at,
        ),
    )


def divided(story: Teller) -> None:
    """A whole in three parts; one has reported, one is overdue, one is not signed for."""
    whole = Thread(story, "安全生产治本攻坚三年行动", Regime.KEY_TASK)
    parts = (
        ("危险化学品企业安全改造", RESCUE),
        ("校舍安全隐患整治", SCHOOL),
        ("农村公路临水临崖路段防护", ROADS),
    )

    def divide(at: datetime) -> object:
        wanted = [
            SubMatter(Plan(title=title), [Share(story.units[unit], Part.SOLE)])
            for title, unit in parts
        ]
        return decompose(matter=whole.give(at), parts=wanted, actor=whole.officer, at=at)

    story.plan(31, 9, divide)
    for title, unit in parts[:2]:
        part = Thread(story, title, Regime.KEY_TASK)
        story.plan(30, 15, lambda at, p=part, u=unit: p.sign(u, at))
    first = Thread(story, parts[0][0], Regime.KEY_TASK)
    story.plan(9, 15, lambda at: first.report(RESCUE, "42家企业完成改造31家，其余11家已开工", at))
    story.plan(8, 10, lambda at: accept(report=first.waiting(RESCUE), actor=first.officer, at=at))


def joint(story: Teller) -> None:
    """Issued by the two general offices; the government office reviews, one opinion is missing."""
    thread = Thread(story, "推进政务服务“一网通办”提质增效", Regime.INSTRUCTION)
    other = story.units["市政府办公室"]
    story.plan(
        15,
        9,
        lambda at: thread.give(
            at,
            (ROADS, Part.LEAD),
            (HOUSING, Part.JOINT),
            (MONEY, Part.JOINT),
            joint=other.pk,
        ),
    )
    for unit in (ROADS, HOUSING, MONEY):
        story.plan(14, 15, lambda at, u=unit: thread.sign(u, at))
    story.plan(
        9,
        10,
        lambda at: advise(
            assignment=thread.share(HOUSING),
            text="施工许可、竣工验收两事项已具备全程网办条件，建议纳入第一批清单。",
            actor=story.handler(HOUSING),
            at=at,
        ),
    )
    story.plan(6, 15, lambda at: thread.report(ROADS, "第一批37项高频事项实现全程网办", at))
    story.plan(
        5, 10, lambda at: accept(report=thread.waiting(ROADS), actor=story.actors["fang"], at=at)
    )


def courteous(story: Teller) -> None:
    """The CPPCC office asks a government bureau, and kindly asks it to supplement."""
    thread = Thread(
        story,
        "关于加强湿地生态修复的提案办理",
        Regime.DOCUMENT,
        by="gu",
        source="市政协十五届二次会议第27号提案",
    )
    story.plan(16, 9, lambda at: thread.give(at, (GREEN, Part.SOLE)))
    story.plan(15, 10, lambda at: thread.sign(GREEN, at))
    story.plan(8, 15, lambda at: thread.report(GREEN, "已完成湿地现状调查，修复方案正在论证", at))
    story.plan(
        7,
        10,
        lambda at: ask_to_supplement(
            report=thread.waiting(GREEN),
            reason="请补充修复面积和完成时间，便于向提案委员反馈，谢谢",
            actor=thread.officer,
            at=at,
        ),
    )


def proposed(story: Teller) -> None:
    """One proposal came back with a reason, one waits for the secretary-general."""
    chief = story.actors["chen"]
    back = Thread(story, "机关食堂用餐情况督查", Regime.DOCUMENT)
    waits = Thread(story, "公共数据授权运营试点方案制定", Regime.DECISION, by="he")

    def refuse(at: datetime) -> object:
        why = "属日常事务，不列入督查事项"
        return refuse_registration(matter=back.matter, reason=why, actor=chief, at=at)

    story.plan(6, 9, lambda at: propose(matter=back.draft(at), actor=back.officer, at=at))
    story.plan(5, 11, refuse)
    story.plan(1, 9, lambda at: propose(matter=waits.draft(at), actor=waits.officer, at=at))
