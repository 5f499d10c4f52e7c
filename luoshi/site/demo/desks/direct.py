"""A direct-report point on trial in the story (S3-98): after a fire that was reported late a county
reports straight to the province, the city gets a copy; a spill at night, then an item that is
printed there."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from luoshi.desks.information.domain.issues.issuing import issue_out
from luoshi.desks.information.domain.issues.putting_together import begin, make_series, put_in
from luoshi.desks.information.domain.items.reviewing import Judgement, review
from luoshi.desks.information.domain.items.submitting import Sent, submit
from luoshi.desks.information.domain.items.wording import Words
from luoshi.desks.information.domain.urgent.limiting import set_line
from luoshi.desks.information.domain.urgent.phoning import phone
from luoshi.desks.information.domain.urgent.reporting import Writing, report
from luoshi.desks.information.domain.urgent.taking_in import Facts, take_in
from luoshi.desks.information.enums import Criterion
from luoshi.desks.information.models import Event, Item
from luoshi.foundation.core.time import at_clock

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

POINT, PROVINCE = "松屏县", "省委办公厅"
SPILL = ("柴油罐车侧翻泄漏", "松屏县G42高速松屏出口")
GRAIN = Words(
    "松屏县早稻集中育秧推进中的两个问题",
    "全县建成集中育秧点68个，供秧面积21万亩，比上年增加四成。农户反映运秧损耗大、机插预约难。",
    "育秧点布局偏集中，最远运距超过20公里；插秧机跨乡镇调度没有统一平台。",
    "建议按15分钟运距补点布局，由农业服务中心统一发布机插预约和调度信息。",
)
FIRST = "2时15分许，一辆柴油罐车在G42高速松屏出口侧翻，泄漏柴油约3吨，司机轻伤，出口已封闭。"
NEW = "截至3时50分，泄漏点封堵完成，围堰拦住流向沟渠的柴油，下游取水口监测正常。"
END = "7时40分罐车移离，路面清洗完毕恢复通行，泄漏柴油全部回收，未进入白石河。"


def direct_story(story: "Story") -> None:
    """Lay it on the story's calendar."""
    story.put(at_clock(story.day(18), time(10, 20)), partial(becomes_a_point, story))
    night = at_clock(story.day(12), time(2, 15))

    def on(minutes: int, act: Callable[[datetime], object]) -> None:
        story.put(night + timedelta(minutes=minutes), act)

    on(12, partial(takes_in, story, night))
    on(16, partial(calls, story))
    on(34, partial(writes, story, "first", FIRST))
    on(100, partial(writes, story, "update", NEW))
    on(330, partial(writes, story, "final", END))
    story.put(at_clock(story.day(8), time(15, 30)), partial(submits, story))
    story.put(at_clock(story.day(7), time(9, 15)), partial(prints, story))


def becomes_a_point(story: "Story", at: datetime) -> None:
    """The line passes the city, which gets a copy."""
    set_line(
        to=story.units[PROVINCE],
        direct=True,
        trial=True,
        basis="省委办公厅关于设立信息直报点试运行的通知",
        actor=story.actors["shijian"],
        at=at,
    )


def takes_in(story: "Story", happened: datetime, at: datetime) -> None:
    """The point's own desk learns of it."""
    facts = Facts(
        *SPILL,
        happened_at=happened,
        source="高速交警来电",
        nature="accident",
        grade="ordinary",
        casualties="司机1人轻伤",
        measures="消防、生态环境、交警到场处置",
    )
    take_in(facts, actor=story.actors["shen"], at=at)


def spill(story: "Story") -> Event:
    """The event in the point's own book."""
    return Event.objects.get(office=story.units[POINT], title=SPILL[0])


def calls(story: "Story", at: datetime) -> None:
    """Straight to the province's duty desk."""
    phone(event=spill(story), to_name="宁远", actor=story.actors["shen"], at=at)


def writes(story: "Story", step: str, text: str, at: datetime) -> None:
    """In writing to the province; a copy stands in the city's book."""
    writing = Writing(step, text, "石坚")
    report(event=spill(story), writing=writing, actor=story.actors["shen"], at=at)


def submits(story: "Story", at: datetime) -> None:
    """Ordinary information goes the same way."""
    sent = Sent(kind="opinion", topic="粮食生产")
    submit(GRAIN, sent, actor=story.actors["shen"], at=at)


def prints(story: "Story", at: datetime) -> None:
    """The province's desk accepts it and prints it."""
    desk = story.actors["song"]
    item = Item.objects.get(title=GRAIN.title)
    marks = {one.value: "yes" for one in Criterion}
    review(item=item, judgement=Judgement(accept=True, marks=marks), actor=desk, at=at)
    series = make_series(title="每日汇报", mark="每 日 汇 报", copies="", actor=desk, at=at)
    issue = begin(series=series, actor=desk, at=at)
    put_in(issue=issue, item=item, actor=desk, at=at)
    issue_out(issue=issue, signer="许峰", actor=desk, at=at)
