"""Urgent information in the story: a flood at night across county, city and province, the river
that stayed high for days after it, a direct-report point, a fire that was reported late, an
accident that was not reported at all, and an event of this very hour."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from luoshi.desks.information.domain.urgent.finding import find
from luoshi.desks.information.domain.urgent.instructing import Words, instruct, register
from luoshi.desks.information.domain.urgent.merging import merge
from luoshi.desks.information.domain.urgent.phoning import phone
from luoshi.desks.information.domain.urgent.reporting import Writing, report
from luoshi.desks.information.domain.urgent.taking_in import Call, Facts, take_in
from luoshi.desks.information.models import Event, EventInstruction
from luoshi.foundation.core.time import at_clock
from luoshi.site.demo.desks.direct import direct_story

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

CITY, PROVINCE = "市委办公室", "省委办公厅"
WATER = ("河堤管涌", "安澜县石门镇")
RIVER = ("安澜河水位超警戒", "安澜县石门镇至白石镇河段")
FIRE = ("仓库起火", "松屏县工业园区")
BUS = ("客车侧翻", "松屏县青云镇")
RAIN = ("短时强降雨积水", "柳堰区中山路")
SIGNER = {"安澜县": "钟诚", "松屏县": "石坚", "柳堰区": "柳青", CITY: "陈远"}
RIVER_DAYS = (
    (1, "daily", "石门站水位回落至超警戒0.5米，累计巡堤1200人次，发现渗水点2处均已处置。"),
    (2, "daily", "水位超警戒0.2米，上游水库减小下泄，转移群众返回61人，无新增险情。"),
    (3, "final", "石门站水位降至警戒以下，转移群众全部返回，防汛应急响应解除。"),
)
Act = Callable[[datetime], object]
DESKS = {"安澜县": "xia", "松屏县": "shen", "柳堰区": "han", CITY: "kong"}


def information_story(story: "Story") -> None:
    """Lay the nights on the story's calendar."""
    night = at_clock(story.day(9), time(23, 10))

    def on(start: datetime, minutes: int, act: Act) -> None:
        story.put(start + timedelta(minutes=minutes), act)

    on(night, 24, partial(takes_in, story, "安澜县", WATER, "natural", "large", night, 22))
    on(night, 28, partial(calls, story, "安澜县", WATER, "孔亮"))
    on(night, 29, partial(answers, story, "安澜县", WATER, night))
    first = "23时10分许，安澜县石门镇河堤出现管涌，正在抢险。已转移群众120人，暂无人员伤亡。"
    on(night, 45, partial(writes, story, "安澜县", WATER, "first", first))
    on(night, 48, partial(merges, story, WATER))
    on(night, 55, partial(calls, story, CITY, WATER, "宁远"))
    on(night, 80, partial(writes, story, CITY, WATER, "first", first))
    more = "截至1时30分，管涌点反滤围井完成，险情得到控制，水位下降0.3米。"
    on(night, 140, partial(writes, story, "安澜县", WATER, "update", more))
    on(night, 155, partial(writes, story, CITY, WATER, "update", more))
    on(night, 560, partial(words, story, WATER))
    end = "险情已排除，转移群众全部返回，无人员伤亡。"
    on(night, 575, partial(registers, story))
    on(night, 700, partial(writes, story, "安澜县", WATER, "final", end))
    on(night, 720, partial(writes, story, CITY, WATER, "final", end))
    stays_high(story, on)
    direct_story(story)
    fire = at_clock(story.day(20), time(14, 5))
    on(fire, 50, partial(takes_in, story, "松屏县", FIRE, "accident", "ordinary", fire, 35))
    burnt = "14时05分许，松屏县工业园区一仓库起火，明火已扑灭，过火面积约200平方米，无人员伤亡。"
    on(fire, 85, partial(writes, story, "松屏县", FIRE, "first", burnt, "现场核实用时较长"))
    on(fire, 110, partial(writes, story, CITY, FIRE, "first", burnt, "县里报送已超时"))
    out = "火场清理完毕，起火原因系电气线路短路，直接经济损失约12万元，责任正在调查。"
    on(fire, 1200, partial(writes, story, "松屏县", FIRE, "final", out))
    on(fire, 1230, partial(writes, story, CITY, FIRE, "final", out))
    bus = at_clock(story.day(4), time(7, 40))
    on(bus, 95, partial(takes_in, story, CITY, BUS, "accident", "", bus, 90))
    on(bus, 104, partial(calls, story, CITY, BUS, "宁远"))
    hurt = "7时40分，一辆客车在青云镇山路侧翻，11人受伤，无人死亡；事发县未报，市级从网络获悉。"
    on(bus, 130, partial(writes, story, CITY, BUS, "first", hurt, "事发县未报，7时50分网络已传播"))
    on(bus, 300, partial(misses, story))
    rain = story.now - timedelta(minutes=40)
    on(rain, 18, partial(takes_in, story, "柳堰区", RAIN, "natural", "", rain, 15))
    on(rain, 22, partial(calls, story, "柳堰区", RAIN, "孔亮"))
    flooded = "中山路下穿隧道积水约40厘米，已封闭交通，抽排人员到位，无人员被困。"
    on(rain, 32, partial(writes, story, "柳堰区", RAIN, "first", flooded))


def stays_high(story: "Story", on: Callable[[datetime, int, Act], None]) -> None:
    """A long event: the morning after the flood the river stands above the warning level, and for
    three days county and city report every day, a day of rest like another."""
    dawn = at_clock(story.day(8), time(6, 40))
    on(dawn, 15, partial(takes_in, story, "安澜县", RIVER, "natural", "large", dawn, 10, True))
    on(dawn, 20, partial(calls, story, "安澜县", RIVER, "孔亮"))
    first = "6时40分，安澜河石门站水位超警戒0.8米，沿河三镇组织巡堤，转移低洼处群众86人。"
    on(dawn, 40, partial(writes, story, "安澜县", RIVER, "first", first))
    on(dawn, 48, partial(calls, story, CITY, RIVER, "宁远"))
    on(dawn, 65, partial(writes, story, CITY, RIVER, "first", first))
    for day, step, text in RIVER_DAYS:
        minute = day * 24 * 60 + 9 * 60
        on(dawn, minute, partial(writes, story, "安澜县", RIVER, step, text))
        on(dawn, minute + 35, partial(writes, story, CITY, RIVER, step, text))


def known_to(story: "Story", unit: str, what: tuple[str, str]) -> Event:
    """The event in a unit's book, the one that goes on."""
    rows = Event.objects.filter(office=story.units[unit], title=what[0], place=what[1])
    return rows.exclude(state="merged").latest("noted_at")


def takes_in(
    story: "Story",
    unit: str,
    what: tuple[str, str],
    nature: str,
    grade: str,
    happened: datetime,
    aware: int,
    *rest: object,
) -> None:
    """A unit learns of it and takes it in; `rest`: whether it is a long event, and the instant."""
    *long, at = rest
    facts = Facts(
        title=what[0],
        place=what[1],
        happened_at=happened,
        aware_at=happened + timedelta(minutes=aware),
        source="网络视频" if what == BUS else "乡镇（街道）值班室电话",
        nature=nature,
        grade=grade,
        measures="已组织力量赶赴现场处置",
        daily=bool(long),
    )
    take_in(facts, actor=story.actors[DESKS[unit]], at=at)  # type: ignore[arg-type]


def calls(story: "Story", unit: str, what: tuple[str, str], answered: str, at: datetime) -> None:
    """A unit tells the next level by telephone."""
    event = known_to(story, unit, what)
    phone(event=event, to_name=answered, actor=story.actors[DESKS[unit]], at=at)


def answers(
    story: "Story", unit: str, what: tuple[str, str], happened: datetime, at: datetime
) -> None:
    """The city's duty officer writes the call down."""
    facts = Facts(what[0], what[1], happened, f"{unit}来电", nature="natural")
    call = Call(story.units[unit], "夏雨", at)
    take_in(facts, call=call, actor=story.actors["kong"], at=at)


def writes(
    story: "Story",
    unit: str,
    what: tuple[str, str],
    step: str,
    text: str,
    *rest: object,
) -> None:
    """A unit reports in writing; `rest`: why a limit passed, if one did, and the instant."""
    *reason, at = rest
    writing = Writing(step, text, SIGNER[unit], late_reason=str(reason[0]) if reason else "")
    event = known_to(story, unit, what)
    report(event=event, writing=writing, actor=story.actors[DESKS[unit]], at=at)  # type: ignore[arg-type]


def merges(story: "Story", what: tuple[str, str], at: datetime) -> None:
    """The call and the written report are one event."""
    rows = Event.objects.filter(office=story.units[CITY], title=what[0], place=what[1])
    kept, written = rows.order_by("noted_at")
    merge(event=written, into=kept, actor=story.actors["kong"], at=at)


def words(story: "Story", what: tuple[str, str], at: datetime) -> None:
    """The leader's words in the morning."""
    text = "请水务局连夜派专家组指导抢险，举一反三排查薄弱堤段，结果报我。"
    said = Words(text, [story.units["市水务局"]])
    instruct(event=known_to(story, CITY, what), words=said, actor=story.actors["wang"], at=at)


def registers(story: "Story", at: datetime) -> None:
    """The supervision officer makes the words a matter."""
    made = EventInstruction.objects.get(event=known_to(story, CITY, WATER))
    register(instruction=made, actor=story.actors["li"], at=at)


def misses(story: "Story", at: datetime) -> None:
    """The county had not said a word."""
    find(
        event=known_to(story, CITY, BUS),
        fault="missing",
        unit=story.units["松屏县"],
        words="网络视频7时50分已传播，至12时县里未报",
        actor=story.actors["kong"],
        at=at,
    )
