"""What the CPPCC office publishes in the story: five issues of its journal out in the year and one
at the printer's, the fourth volume of historical materials edited, materials in the stock, ten
press items."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from luoshi.desks.publications.domain.founding import Founding, found
from luoshi.desks.publications.domain.issue.planning import plan
from luoshi.desks.publications.domain.issue.producing import back, forward
from luoshi.desks.publications.domain.item.collecting import Piece, collect
from luoshi.desks.publications.domain.noting import Printed, note
from luoshi.desks.publications.models import Issue, Publication
from luoshi.foundation.core.time import at_clock, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

CLERK = "lu"
JOURNAL, HISTORY, BOOK = "清江政协", "清江文史资料", "清江政协志"
OUT = "out"
SOURCE = "编辑部来稿登记簿"
THEMES = ("聚焦营商环境", "委员履职", "乡村振兴专辑", "界别协商", "民生实事", "古城保护")
WRITERS = ("文史委 谢怀远", "石门镇 周同", "市方志办 陆安", "安澜县政协 沈默", "松屏县政协 何川")
MATERIALS = (
    ("柳堰古桥的百年", 42_600),
    ("石门镇抗洪记", 38_900),
    ("清江航运旧事", 51_300),
    ("松屏茶厂的创办", 36_800),
    ("安澜河工程口述", 47_200),
    ("望川老街商号", 44_500),
    ("清江中学迁校记", 39_400),
    ("老城墙的最后一段", 40_700),
    ("青云镇的水碓", 54_900),
)
PRESS = (
    ("有事好商量，清江协商在一线", "清江日报", "city"),
    ("古桥保护提案办成实事", "清江日报", "city"),
    ("委员走进社区听民意", "清江电视台", "city"),
    ("界别协商为企业解难题", "省政协报", "province"),
    ("一件提案修好一条路", "省政协报", "province"),
    ("书香政协的清江做法", "省日报", "province"),
    ("基层协商如何落地", "中央政协媒体", "central"),
    ("文史资料征集见成效", "清江发布", "other"),
    ("委员工作室开到田间", "清江日报", "city"),
    ("专题协商推进老城更新", "清江电视台", "city"),
)
PARAGRAPH = (
    "清江两岸，旧时商船往来，桥头设有水文标尺。乡里耆老回忆，每逢汛期，沿河各村轮流值守，"
    "鸣锣为号。新中国成立以后，河道几经整治，古桥仍在原处，成为几代人的记忆。"
)


def publications_story(story: "Story") -> None:
    """Lay the clerk's acts on the story's calendar: its plan takes no dice."""
    first = story.day(70)
    story.put(at_clock(first, time(9, 5)), partial(founds, story))
    for place, theme in enumerate(THEMES):
        day = story.day(68 - 12 * place)
        story.put(at_clock(day, time(9, 15)), partial(fills, story, JOURNAL, theme, day))
        if place < len(THEMES) - 1:
            story.put(at_clock(day + timedelta(days=9), time(15, 5)), partial(comes_out, story, 3))
    story.put(at_clock(story.day(3), time(15, 5)), partial(comes_out, story, 2))
    story.put(at_clock(story.day(40), time(9, 25)), partial(volume, story))
    story.put(at_clock(story.day(2), time(16, 15)), partial(edited, story))
    for place, (title, outlet, level) in enumerate(PRESS):
        day = story.day(4 + 6 * place)
        story.put(
            at_clock(day, time(10, 35)), partial(press, story, Printed(title, outlet, level, day))
        )


def founds(story: "Story", at: datetime) -> None:
    """The journal, the series and a book."""
    actor = story.actors[CLERK]
    found(Founding(JOURNAL, "journal", "bimonthly", "double"), actor=actor, at=at)
    found(Founding(HISTORY, "historical", "irregular", last_number="3"), actor=actor, at=at)
    found(Founding(BOOK, "book", "once"), actor=actor, at=at)


def fills(story: "Story", title: str, theme: str, day: date, at: datetime) -> None:
    """An issue is planned and filled with what came."""
    actor, row = story.actors[CLERK], Publication.objects.get(title=title)
    until = current_calendar().roll_forward(day + timedelta(days=14))
    issue = plan(publication=row, theme=theme, planned_on=until, actor=actor, at=at)
    for place, writer in enumerate(WRITERS):
        unit, author = writer.split(" ")
        text = "\n".join([PARAGRAPH] * (4 + place))
        piece = Piece(f"{theme}：札记之{place + 1}", author, unit, text, state="edited")
        collect(publication=row, piece=piece, issue=issue, actor=actor, at=at)


def comes_out(story: "Story", steps: int, at: datetime) -> None:
    """The issue under way moves on so many steps; the printer sent one back."""
    actor = story.actors[CLERK]
    rows = Issue.objects.filter(publication__title=JOURNAL).exclude(state=OUT)
    issue = rows.earliest("made_at")
    for _step in range(steps):
        issue = forward(issue=issue, seen=issue.state, actor=actor, at=at)
    if steps == 2:
        issue = back(issue=issue, seen=issue.state, reason="封面日期有误", actor=actor, at=at)
        forward(issue=issue, seen=issue.state, actor=actor, at=at)


def volume(story: "Story", at: datetime) -> None:
    """The fourth volume is collected; what came later stays in the stock."""
    actor, row = story.actors[CLERK], Publication.objects.get(title=HISTORY)
    until = current_calendar().roll_forward(office_date(at) + timedelta(days=90))
    issue = plan(publication=row, theme="", planned_on=until, actor=actor, at=at)
    for place, (title, characters) in enumerate(MATERIALS):
        unit, author = WRITERS[place % len(WRITERS)].split(" ")
        piece = Piece(
            title, author, unit, characters=str(characters), measure_source=SOURCE, state="edited"
        )
        into = issue if place < 6 else None
        collect(publication=row, piece=piece, issue=into, actor=actor, at=at)


def edited(story: "Story", at: datetime) -> None:
    """第四辑已完成编辑任务 (S2-28)."""
    issue = Issue.objects.get(publication__title=HISTORY, number=4)
    forward(issue=issue, seen=issue.state, actor=story.actors[CLERK], at=at)


def press(story: "Story", printed: Printed, at: datetime) -> None:
    """A cutting is noted on its day."""
    link = f"https://news.example.org/{printed.published_on:%Y%m%d}"
    said = Printed(printed.title, printed.outlet, printed.level, printed.published_on, link)
    note(said, actor=story.actors[CLERK], at=at)
