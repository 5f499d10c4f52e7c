"""The story's two levels: the province asks the city, the city asks two counties, one county
corrects its figure afterwards; a report waits for a principal; an ended matter is archived."""

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.core.actors import Actor
from luoshi.site.demo.people import principal_of
from luoshi.supervision.matters.domain.matter.archiving import archive
from luoshi.supervision.matters.domain.matter.drafting import Origin, Plan, draft
from luoshi.supervision.matters.domain.matter.measuring import AskedFigure, set_measures
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.report.composing import candidates, compose
from luoshi.supervision.matters.domain.report.correcting import correct
from luoshi.supervision.matters.domain.report.reporting import Figure, Words, save_draft, submit
from luoshi.supervision.matters.domain.report.reviewing import Graded, accept
from luoshi.supervision.matters.domain.report.signing_off import words_of
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Part, Retention
from luoshi.supervision.matters.models import Assignment, Matter, Report
from luoshi.supervision.rulebook.domain.settling import settle

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

PROVINCE, CITY, HOUSING = "省委办公厅", "市委办公室", "市住房城乡建设局"
ABOVE, BELOW = "全省危险房屋排查整治", "全市危险房屋排查整治"
SIGNED = "保障性住房建设情况"
FIGURE = "排查危险房屋"
COUNTIES = {"安澜县": 412, "松屏县": 268}
CORRECTED = 437
ARCHIVED = "中小学学位扩容"


def tell_levels(story: "Story") -> None:
    """Put the two levels on the story's calendar."""
    story.plan(32, 9, lambda at: ask_city(story, at))
    story.plan(31, 10, lambda at: ask_counties(story, at))
    for name, value in COUNTIES.items():
        story.plan(26, 14, lambda at, n=name, v=value: county(story, n, v, at))
    story.plan(25, 15, lambda at: city(story, at))
    story.plan(24, 10, lambda at: take(story, ABOVE, CITY, story.actors["xu"], at))
    story.plan(5, 10, lambda at: put_right(story, at))
    story.plan(4, 10, lambda at: take(story, BELOW, "安澜县", story.actors["li"], at))
    story.plan(3, 11, lambda at: before_principal(story, at))
    story.plan(10, 16, lambda at: put_away(story, at))


def issue(title: str, officer: Actor, reference: str, at: datetime) -> Matter:
    """A registered matter of the officer's office."""
    plan = Plan(
        title=title,
        regime="document",
        content=f"{title}，摸清底数，分类处置，按时报告。",
        method="分级负责，逐级汇总",
        purpose="消除房屋安全隐患",
        end_on=at.date() + timedelta(days=120),
    )
    origin = Origin(title="省安全生产委员会通知", reference=reference)
    made = draft(plan=plan, actor=officer, at=at, origin=origin)
    return approve_to_register(matter=made, actor=officer, at=at, despite="分级办理")


def ask_city(story: "Story", at: datetime) -> None:
    """The province asks the city office, and wants reports signed by principals."""
    officer = story.actors["xu"]
    office_id = story.units[PROVINCE].pk
    settle(
        office_id=office_id,
        values={"principal_signs": True},
        actor=Actor.system("落实系统", via="cli"),
        at=at,
    )
    for title, unit in ((ABOVE, CITY), (SIGNED, HOUSING)):
        made = issue(title, officer, "", at)
        rows = assign(
            matter=made, shares=[Share(story.units[unit], Part.SOLE)], actor=officer, at=at
        )
        sign_for(assignment=rows[0], actor=story.handler(unit), at=at)


def ask_counties(story: "Story", at: datetime) -> None:
    """The city asks two counties under the province's number, naming the figure it needs."""
    officer = story.actors["li"]
    made = issue(BELOW, officer, Matter.objects.get(title=ABOVE).number, at)
    asked = [AskedFigure(FIGURE, "栋", Decimal(700))]
    made = set_measures(matter=made, figures=asked, least_evidence=3, actor=officer, at=at)
    shares = [Share(story.units[name], Part.SEPARATE) for name in COUNTIES]
    for row in assign(matter=made, shares=shares, actor=officer, at=at):
        sign_for(assignment=row, actor=story.handler(str(row.unit)), at=at)


def share_of(title: str, story: "Story", unit: str) -> Assignment:
    """A unit's share of a matter of the story."""
    rows = Assignment.objects.select_related("matter", "unit")
    return rows.get(matter__title=title, unit=story.units[unit])


def say(unit: str, value: int, progress: str) -> Words:
    """A complete report with the figure."""
    return Words(
        progress=progress,
        state_change="排查完成，进入整治阶段",
        problems="部分产权关系待厘清",
        next_steps="分类建档，逐栋整治",
        signed_by_principal=principal_of(unit),
        figures=(Figure(FIGURE, Decimal(value), "栋"),),
    )


def send(share: Assignment, words: Words, handler: Actor, at: datetime) -> Report:
    """Send with a paper, for the share's first duty."""
    made = share.reports.filter(state="draft").first()
    saved = save_draft(
        assignment=share,
        words=words,
        revision=made.revision if made else 0,
        actor=handler,
        at=at,
    )
    paper = BytesIO(f"{share.matter.title}\n{words.progress}\n台账清单。\n".encode())
    store(paper, name="排查台账.txt", actor=handler, at=at, owner_kind="report", owner_id=saved.pk)
    duty = share.duties.filter(state="open").order_by("due_at", "rule_code").first()
    ids = [duty.pk] if duty else []
    return submit(assignment=share, duty_ids=ids, words=words, actor=handler, at=at)


def county(story: "Story", name: str, value: int, at: datetime) -> None:
    """A county reports its figure; the city office accepts it the same day."""
    share = share_of(BELOW, story, name)
    words = say(name, value, f"{name}已完成城乡危险房屋排查{value}栋")
    report = send(share, words, story.handler(name), at)
    graded = Graded(4, "督查科现场抽查10栋") if name == "松屏县" else Graded()
    accept(report=report, graded=graded, actor=story.actors["he"], at=at)


def city(story: "Story", at: datetime) -> None:
    """The city puts the counties' reports together and sends the sum upward."""
    share, handler = share_of(ABOVE, story, CITY), story.handler(CITY)
    sources = [row.pk for row in candidates(share, handler)]
    made = compose(assignment=share, source_ids=sources, actor=handler, at=at)
    written = words_of(made)
    words = say(CITY, 0, written.progress)
    send(share, Words(**{**words.__dict__, "figures": written.figures}), handler, at)


def take(story: "Story", title: str, unit: str, officer: Actor, at: datetime) -> None:
    """The office accepts what waits."""
    report = share_of(title, story, unit).reports.get(state="submitted")
    accept(report=report, actor=officer, at=at)


def put_right(story: "Story", at: datetime) -> None:
    """One county had left out a township."""
    report = share_of(BELOW, story, "安澜县").reports.get(state="accepted")
    words = say("安澜县", CORRECTED, f"安澜县已完成城乡危险房屋排查{CORRECTED}栋")
    correct(
        report=report,
        words=words,
        reason="漏报青石乡25栋",
        actor=story.handler("安澜县"),
        at=at,
    )


def before_principal(story: "Story", at: datetime) -> None:
    """A bureau's report waits for its head."""
    share = share_of(SIGNED, story, HOUSING)
    send(share, say(HOUSING, 960, "保障性住房开工960套"), story.handler(HOUSING), at)


def put_away(story: "Story", at: datetime) -> None:
    """An ended matter is archived."""
    archive(
        matter=Matter.objects.get(title=ARCHIVED),
        retention=Retention.THIRTY,
        actor=story.actors["li"],
        at=at,
    )
