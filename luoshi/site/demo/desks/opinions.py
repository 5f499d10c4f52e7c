"""Ordinary information in the story: an engaged officer's item that goes the whole way from a
suggestion to a rule and a matter, one that came back, one that says what another says, two
bulletins, a topic that was answered, the month's score sheet."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from luoshi.desks.information.domain.fate.adopting import Adopted, adopt
from luoshi.desks.information.domain.fate.answering import Outcome, answer
from luoshi.desks.information.domain.fate.evidence import Shown
from luoshi.desks.information.domain.fate.handing import Work, request
from luoshi.desks.information.domain.fate.instructing import (
    LeaderWords,
    instruct_on,
    register_words,
)
from luoshi.desks.information.domain.issues.issuing import issue_out
from luoshi.desks.information.domain.issues.putting_together import begin, make_series, put_in
from luoshi.desks.information.domain.items.editing import edit
from luoshi.desks.information.domain.items.joining import join
from luoshi.desks.information.domain.items.reviewing import Judgement, review
from luoshi.desks.information.domain.items.submitting import Sent, submit
from luoshi.desks.information.domain.items.wording import Words
from luoshi.desks.information.domain.running.engaging import Engagement, engage, set_quota
from luoshi.desks.information.domain.running.requesting import Topic, ask_for
from luoshi.desks.information.domain.running.scoring import publish_sheet
from luoshi.desks.information.enums import Criterion, ItemKind, Tier
from luoshi.desks.information.models import BulletinSeries, Item, ItemInstruction, TopicRequest
from luoshi.foundation.core.time import at_clock, office_date
from luoshi.site.demo.people import OUTSIDE

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

OPINIONS, DAILY = "社情民意", "信息专报"
LIFT = Words(
    "老旧小区加装电梯推进缓慢亟待破解",
    "近期走访发现，我市老旧小区加装电梯推进缓慢。全市纳入改造计划的单元共有312个，目前完工46个，"
    "主要卡在低层住户意见不一和资金分摊上。",
    "分摊办法没有统一标准，社区缺少协商机制，审批环节涉及七个部门，群众跑腿次数多。",
    "建议出台加装电梯费用分摊指导意见，由街道牵头建立协商制度，实行联合审批、一窗受理。",
)
SAME = Words(
    "关于加快老旧小区加装电梯的建议",
    "近期走访发现，我市老旧小区加装电梯推进缓慢。全市纳入改造计划的单元共有312个，目前完工46个，"
    "主要卡在低层住户意见不一和资金分摊上。部分小区管线迁改费用偏高。",
    "分摊办法没有统一标准，社区缺少协商机制，审批环节涉及七个部门，群众跑腿次数多。",
    "建议出台加装电梯费用分摊指导意见，由街道牵头建立协商制度。",
)
SCHOOL = Words(
    "校门口接送拥堵存在安全隐患",
    "城区六所小学早晚高峰接送车辆占道停放，学生在车流中穿行，交警疏导力量不足。",
    "学校周边停车位少，放学时段集中，家长接送缺少等候区域。",
    "建议实行分年级错峰放学，利用周边单位内部停车场设置限时接送点。",
)
BUS = Words(
    "山区农村客运班次偏少群众出行不便",
    "三个山区乡镇早晚各有一班客车，群众赶集就医不便，司机反映空驶率高、补贴不足。",
    "线路串联不够，客运与邮政、电商物流各跑各车。",
    "建议开行预约响应式公交，推行客货邮合一，按实际里程核定补贴。",
)
WORK = Words(
    "安澜县节后返岗用工情况",
    "节后全县42家规上企业返岗率92.6%，缺工1200人，纺织和电子两个行业最为突出。县里已组织三场专场招聘。",
)
HIRE = Words(
    "松屏县返岗企业用工呈现三个特点",
    "截至正月十五，园区企业开工率95%，熟练工流失减少，灵活用工占比提高到18%，本地就业意愿增强。",
)
FIRE = Words(
    "小微企业消防设施维护情况",
    "抽查小微企业58家，发现消防设施维护保养不到位21家。",
)
FLOOD = Words(
    "入汛前城区雨水管网清淤进度",
    "城区雨水管网已清淤126公里，完成年度任务的63%，两处易涝点改造正在收尾。",
)
Act = Callable[[datetime], object]


def opinions_story(story: "Story") -> None:
    """Lay it on the story's calendar."""

    def on(ago: int, hour: int, minute: int, act: Act) -> None:
        story.put(at_clock(story.day(ago), time(hour, minute)), act)

    opinion, other = ItemKind.OPINION, ItemKind.INFORMATION
    on(42, 9, 10, partial(sets_up, story))
    on(40, 9, 20, partial(asks, story))
    on(38, 20, 5, partial(sends, story, "hu", LIFT, opinion, "城市更新"))
    on(37, 9, 5, partial(sends, story, "zhang", SAME, opinion, "城市更新"))
    on(37, 10, 15, partial(judges, story, LIFT, True, ""))
    on(37, 10, 25, partial(joins, story))
    on(37, 10, 40, partial(edits, story))
    on(36, 15, 30, partial(sends, story, "wu", SCHOOL, opinion, "校园安全"))
    on(35, 9, 40, partial(judges, story, SCHOOL, True, ""))
    on(35, 10, 0, partial(issues, story, OPINIONS, (LIFT, SCHOOL)))
    on(34, 16, 10, partial(sends, story, "jiang", WORK, other, "就业"))
    on(33, 16, 20, partial(sends, story, "shen", HIRE, other, "就业"))
    on(32, 9, 30, partial(judges, story, WORK, True, ""))
    on(32, 9, 35, partial(judges, story, HIRE, True, ""))
    on(32, 9, 50, partial(issues, story, DAILY, (WORK, HIRE)))
    on(31, 11, 0, partial(is_adopted, story, LIFT, Tier.PROVINCE, "第31期", False))
    on(29, 11, 5, partial(is_adopted, story, WORK, Tier.PROVINCE, "第34期", True))
    on(28, 15, 0, partial(hands, story))
    on(20, 10, 30, partial(sends, story, "sun", FIRE, other, "安全生产"))
    on(19, 9, 45, partial(judges, story, FIRE, False, "数据只有总数，请补充整改进展和典型问题。"))
    on(12, 16, 40, partial(answers, story))
    on(6, 15, 20, partial(sends, story, "jiang", BUS, opinion, "农村客运"))
    on(5, 9, 35, partial(judges, story, BUS, True, "请下期刊发"))
    on(5, 10, 5, partial(begins_next, story))
    on(3, 17, 20, partial(leader_writes, story))
    on(2, 17, 40, partial(registers, story))
    on(1, 16, 50, partial(sends, story, "zhou", FLOOD, other, "防汛"))
    on(1, 17, 5, partial(sends, story, "han", SAME, opinion, "城市更新"))
    on(0, 8, 40, partial(publishes, story))


def of(words: Words) -> Item:
    """The item with these words, the first one sent."""
    rows = Item.objects.filter(versions__number=1, versions__title=words.title)
    return rows.order_by("submitted_at")[0]


def sets_up(story: "Story", at: datetime) -> None:
    """Two bulletins, two officers, what is asked of three units."""
    desk = story.actors["shi"]
    for title, mark in ((OPINIONS, "社 情 民 意"), (DAILY, "信 息 专 报")):
        copies = "市委常委，市政府副市长"
        make_series(title=title, mark=mark, copies=copies, actor=desk, at=at)
    username, _name, work = OUTSIDE[0]
    engage(Engagement(username=username, work=work, quota=6), actor=desk, at=at)
    paper = Engagement(name="周海", work="安澜县石门镇文化站原站长", quota=4)
    engage(paper, actor=desk, at=at)
    for unit, count in (("安澜县", 24), ("松屏县", 24), ("市住房城乡建设局", 12)):
        year = office_date(story.now).year
        set_quota(unit=story.units[unit], year=year, count=count, actor=desk, at=at)


def asks(story: "Story", at: datetime) -> None:
    """A topic for two counties and the officers."""
    units = [story.units[name] for name in ("安澜县", "松屏县")]
    words = "返岗率、缺工行业和人数、已采取的措施，附一至两个典型做法。"
    topic = Topic("节后返岗用工", words, units, officers=True, workdays=8)
    ask_for(topic, actor=story.actors["shi"], at=at)


def sends(story: "Story", who: str, words: Words, kind: str, topic: str, at: datetime) -> None:
    """Somebody submits; counties answer the topic with what is on it."""
    asked = TopicRequest.objects.filter(topic="节后返岗用工").first() if topic == "就业" else None
    sent = Sent(kind=kind, topic=topic, request=asked)
    submit(words, sent, actor=story.actors[who], at=at)


def judges(story: "Story", words: Words, accept: bool, reason: str, at: datetime) -> None:
    """The desk reviews by the four criteria."""
    marks = {one.value: "yes" for one in Criterion}
    said = {"novelty": ""}
    if words is SCHOOL or not accept:
        marks["novelty"] = "partly"
    if not accept:
        marks["insight"], said = "no", {"insight": "只报数据，没有分析"}
    judged = Judgement(accept=accept, marks=marks, words=said, reason=reason)
    review(item=of(words), judgement=judged, actor=story.actors["shi"], at=at)


def joins(story: "Story", at: datetime) -> None:
    """The bureau wrote of the same: its item goes on in the officer's."""
    join(item=of(SAME), into=of(LIFT), actor=story.actors["shi"], at=at)


def edits(story: "Story", at: datetime) -> None:
    """The desk shortens the title and the suggestion."""
    item = of(LIFT)
    suggestion = "建议出台加装电梯费用分摊指导意见，由街道牵头协商，实行联合审批、一窗受理。"
    shorter = Words("老旧小区加装电梯亟待破解三个堵点", item.text, item.analysis, suggestion)
    why = "压缩标题，建议更简明"
    desk = story.actors["shi"]
    edit(item=item, words=shorter, why=why, version=item.version, actor=desk, at=at)


def issues(story: "Story", title: str, words: tuple[Words, ...], at: datetime) -> None:
    """An issue goes out."""
    desk = story.actors["shi"]
    issue = begin(series=BulletinSeries.objects.get(title=title), actor=desk, at=at)
    for one in words:
        put_in(issue=issue, item=of(one), actor=desk, at=at)
    issue_out(issue=issue, signer="陈远", actor=desk, at=at)


def is_adopted(
    story: "Story", words: Words, tier: str, issue: str, merged: bool, at: datetime
) -> None:
    """The province printed it."""
    said = Adopted(tier, "省委办公厅", "每日汇报", issue, merged)
    shown = Shown(evidence=f"《每日汇报》{issue}第2页")
    adopt(item=of(words), adopted=said, shown=shown, actor=story.actors["shi"], at=at)


def hands(story: "Story", at: datetime) -> None:
    """The finance bureau is asked about the money."""
    until = office_date(at) + timedelta(days=30)
    work = Work("请研究加装电梯财政补助标准，并反馈意见。", [story.units["市财政局"]], until)
    request(item=of(LIFT), work=work, actor=story.actors["shi"], at=at)


def answers(story: "Story", at: datetime) -> None:
    """The bureau made a rule of it."""
    outcome = Outcome(
        "已会同住建部门制定补助办法，每台补助20万元，按进度拨付。",
        "既有住宅加装电梯财政补助办法",
        f"清财〔{office_date(at).year}〕15号",
    )
    shown = Shown(evidence="办法印发件")
    answer(item=of(LIFT), outcome=outcome, shown=shown, actor=story.actors["qian"], at=at)


def begins_next(story: "Story", at: datetime) -> None:
    """The next issue is being put together."""
    desk = story.actors["shi"]
    issue = begin(series=BulletinSeries.objects.get(title=OPINIONS), actor=desk, at=at)
    put_in(issue=issue, item=of(BUS), actor=desk, at=at)


def leader_writes(story: "Story", at: datetime) -> None:
    """The leader writes on the printed issue; the desk notes it."""
    words = LeaderWords(
        tier=Tier.CITY,
        text="三个堵点抓得准。请住建局牵头，尽快拿出费用分摊指导意见，方便群众办事。",
        leader_id=story.actors["wang"].person_id,
    )
    shown = Shown(evidence="《社情民意》第1期批示件")
    instruct_on(item=of(LIFT), words=words, shown=shown, actor=story.actors["shi"], at=at)


def registers(story: "Story", at: datetime) -> None:
    """The supervision officer makes the words a matter."""
    register_words(
        instruction=ItemInstruction.objects.get(item=of(LIFT)),
        units=[story.units["市住房城乡建设局"], story.units["市财政局"]],
        until=office_date(at) + timedelta(days=90),
        actor=story.actors["li"],
        at=at,
    )


def publishes(story: "Story", at: datetime) -> None:
    """The score sheets of the last two months."""
    last = office_date(at).replace(day=1) - timedelta(days=1)
    for month in (last.replace(day=1) - timedelta(days=1), last):
        publish_sheet(month=month, actor=story.actors["chen"], at=at)
