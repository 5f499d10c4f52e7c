"""The leader's desk in the story: three written instructions in different states, and the old
ledger of ten rows the office took over from Excel."""

from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter

from luoshi.desks.instructions.domain.filing import keep_for_information, link, register
from luoshi.desks.instructions.domain.noting import Words, note
from luoshi.desks.instructions.models import Instruction
from luoshi.desks.ledgers.domain.assigning import ask_to_assign
from luoshi.desks.ledgers.domain.correcting import skip_rows
from luoshi.desks.ledgers.domain.uploading import upload
from luoshi.desks.ledgers.domain.writing import Terms, confirm
from luoshi.desks.lessons.domain import linking
from luoshi.desks.lessons.models import LearnedName
from luoshi.desks.meetings.domain.adding import add_missed
from luoshi.desks.meetings.domain.checking import decide, edit
from luoshi.desks.meetings.domain.uploading import About
from luoshi.desks.meetings.domain.uploading import upload as bring
from luoshi.desks.meetings.models import SourceDocument
from luoshi.foundation.core.actors import Actor
from luoshi.supervision.matters.domain.matter.drafting import Plan
from luoshi.supervision.matters.domain.share.assigning import Share
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Matter

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

HEADS = ("序号", "督办事项", "任务来源", "责任单位", "配合单位", "完成时限", "完成比例", "办理进展")
ROWS = (
    ("A01", "背街小巷路灯补建", "市政府常务会议定事项", "市住房城乡建设局", "市财政局", (3, 20)),
    ("A02", "城区公共厕所提标改造", "市人大代表建议", "市住房城乡建设局", "", (4, 25)),
    ("A03", "农村饮水水质监测全覆盖", "市委常委会议定事项", "市水务局", "市生态环境局", (5, 30)),
    ("A04", "校车安全运行排查", "市政协提案", "市教育局", "市应急局", (2, 60)),
    ("A05", "农村客运站点建设", "市政府工作报告", "市交通运输局", "安澜县", (6, 40)),
    ("A06", "企业环保信用评价", "市政府工作报告", "市生态环境局", "", (8, 10)),
    ("A07", "应急物资储备库建设", "市委常委会议定事项", "市应急局", "市财政局", (7, 55)),
    ("A08", "窗口服务满意度提升", "市人大代表建议", "市财政局", "", (0, 30)),
    ("A09", "旧货市场搬迁", "市政府常务会议定事项", "市智慧城市中心", "", (4, 0)),
    ("A10", "河堤步道照明", "市政协提案", "市水务局", "", (1, 100)),
)
BY_UNIT = (
    ("市水务局", "完成堤防隐患排查", "4月15日前"),
    ("市应急局", "修订防汛应急预案", "3月底前"),
    ("市教育局", "完成校舍安全检查", "开学两周内"),
    ("市财政局", "提出资金安排方案", "收到本通知后15日内"),
    ("市交通运输局", "完成农村公路桥梁检测", "5月底前"),
    ("市生态环境局", "报送入河排污口清单", "6月底前"),
    ("市住房城乡建设局", "完成城区管网普查", "9月底前"),
    ("市智慧水务专班", "完成监测数据接入", "4月底前"),
    ("市低空经济专班", "制定产业布局方案", "农历腊月前"),
)
MISSED = "各有关方面一并配合做好数据接入。"
OPENING = "关于做好春季重点工作的通知\n去年各单位按期完成率达到96%，受到好评。\n"
TERMS = Terms(
    "document", "责任单位牵头办理，配合单位协同，按时限报送结果", "推动既有台账事项逐项销号"
)


def desks_story(story: "Story") -> None:
    """Lay the desk's acts on the story's calendar."""
    leader, officer = story.actors["wang"], story.actors["li"]
    box: dict[str, Instruction] = {}

    def write(name: str, text: str, number: str = "") -> object:
        def act(at: datetime) -> None:
            words = Words(text=text, file_number=number)
            box[name] = note(words=words, actor=leader, at=at)

        return act

    def on_paper(at: datetime) -> None:
        words = Words(
            text="此件反映的问题要重视。请水务局会同财政局研究，提出加固方案并报结果。",
            instructed_on=at.date() - timedelta(days=1),
            file_number=f"收〔{at.year}〕37号",
            paper_title="关于城区堤防薄弱段情况的报告",
            paper_reference=f"清水字〔{at.year}〕9号",
        )
        box["dike"] = note(words=words, actor=officer, at=at, leader_id=leader.person_id)

    def hand_over(at: datetime) -> None:
        plan = Plan(
            title="城区堤防薄弱段加固",
            method="牵头单位提出方案，会办单位落实资金",
            purpose="确保安全度汛",
            end_on=at.date() + timedelta(days=90),
        )
        shares = [
            Share(story.units["市水务局"], Part.LEAD),
            Share(story.units["市财政局"], Part.JOINT),
        ]
        register(instruction=box["dike"], plan=plan, shares=shares, actor=officer, at=at)

    def keep(at: datetime) -> None:
        reason = "圈阅件，无需办理和反馈"
        keep_for_information(instruction=box["read"], reason=reason, actor=officer, at=at)

    story.plan(9, 10, on_paper)
    story.plan(9, 16, hand_over)
    story.plan(6, 11, write("read", "已阅。经验做法可供各县区参考。"))  # type: ignore[arg-type]
    story.plan(6, 15, keep)
    story.plan(1, 17, write("bus", "公交线网群众反映多，请交通局抓紧优化。"))  # type: ignore[arg-type]
    story.plan(15, 14, lambda at: old_ledger(story, at))
    for turn in range(3):
        story.plan(14 - turn, 15, partial(spring_notice, story, turn))


def noted_on(story: "Story", matter: Matter, officer: Actor, at: datetime) -> None:
    """The leader's words behind a matter of the plot, added to it by the office."""
    words = Words(text=f"{matter.title}，请抓紧办理，结果报我。")
    row = note(words=words, actor=story.actors["wang"], at=at)
    link(instruction=row, matter=matter, actor=officer, at=at)


def old_ledger(story: "Story", at: datetime) -> None:
    """Take the old ledger over: nine rows, one left out for its unknown unit, and assign it."""
    officer = story.actors["he"]
    ledger = upload(
        BytesIO(sheet(at.date())), name="督办台账.xlsx", year=at.year, actor=officer, at=at
    )
    skip_rows(ledger=ledger, places=None, skipped=True, actor=officer, at=at)
    ledger = confirm(ledger=ledger, terms=TERMS, actor=officer, at=at)
    ask_to_assign(ledger=ledger, actor=officer, at=at)


def sheet(on: date) -> bytes:
    """The office's old workbook, as it was kept."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("督办台账")
    page.merge_range(0, 0, 0, len(HEADS) - 1, f"清源市{on.year}年度既有督办事项台账")
    page.write_row(1, 0, HEADS)
    for line, (number, title, source, lead, joint, (months, percent)) in enumerate(ROWS, start=2):
        day = on + timedelta(days=30 * months)
        limit = f"{day.year}.{day.month}.{day.day}" if months else "长期坚持"
        told = "已完成" if percent == 100 else "正在推进"
        page.write_row(line, 0, (number, title, source, lead, joint, limit, f"{percent}%", told))
    book.close()
    return out.getvalue()


def spring_notice(story: "Story", turn: int, at: datetime) -> None:
    """A notice whose drafts are decided: what the office teaches the reading."""
    officer = story.actors["he"]
    lines = [
        f"{unit}要于{limit}{act}，并向市委办公室报告。" for unit, act, limit in BY_UNIT[turn % 2 :]
    ]
    name = f"关于做好春季重点工作的通知（{'一二三'[turn]}）.txt"
    stream = BytesIO((OPENING + "\n".join([*lines, MISSED])).encode())
    document = bring(stream, name=name, about=About(title=name[:-4]), actor=officer, at=at)
    decide_drafts(document, officer, at)
    for offered in LearnedName.objects.filter(office_id=officer.unit_id, state="offered"):
        if "水务" in offered.name:
            linking.link(name=offered, unit=story.units["市水务局"], actor=officer, at=at)


def decide_drafts(document: SourceDocument, officer: Actor, at: datetime) -> None:
    """One rejected, one with another limit, one added where it was not drafted, the rest as they
    are."""
    start = document.text.index(MISSED)
    items = list(document.items.order_by("start"))
    if all(item.start < start for item in items):
        end = start + len(MISSED)
        missed = add_missed(
            document=document, start=start, end=end, words=MISSED, actor=officer, at=at
        )
        items.append(missed)
    for item in items:
        words = document.text[item.start : item.end]
        if "去年" in words or "两周内" in words:
            reason = "叙述往年情况" if "去年" in words else "属学校常规工作"
            decide(item=item, state="rejected", reason=reason, actor=officer, at=at)
        elif "15日内" in words:
            limit = "印发之日起15日内"
            edit(
                item=item,
                title=item.title,
                limit_words=limit,
                units=item.units,
                actor=officer,
                at=at,
            )
        else:
            decide(item=item, state="accepted", vague="none", actor=officer, at=at)
