"""Duty in the story: an office on duty day and night: its rosters, a swap asked, hand-overs, the
log, checks of the counties, a sensitive period with its daily reports."""

import calendar
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from luoshi.desks.duty.domain.periods.declaring import Wish as PeriodWish
from luoshi.desks.duty.domain.periods.declaring import declare
from luoshi.desks.duty.domain.posting.listing import Days, Entry, add_person, note_leave
from luoshi.desks.duty.domain.posting.setting import Wish, set_scheme
from luoshi.desks.duty.domain.queries.scheme import Way
from luoshi.desks.duty.domain.roster import swapping
from luoshi.desks.duty.domain.roster.approving import approve, publish
from luoshi.desks.duty.domain.roster.drafting import begin
from luoshi.desks.duty.domain.roster.working_out import ask, go_on
from luoshi.desks.duty.domain.watch.checking import Call, check
from luoshi.desks.duty.domain.watch.handing_over import hand_over, take_over
from luoshi.desks.duty.domain.watch.noting import Line, note, settle
from luoshi.desks.duty.domain.watch.reporting import report
from luoshi.desks.duty.enums import LeaveKind, Post
from luoshi.desks.duty.models import DutyPerson, SensitivePeriod, Shift
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import at_clock, office_date

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

CITY, COUNTY = "市委办公室", "安澜县"
DAY = timedelta(days=1)
LEADER, OFFICER = (Post.LEADER.value,), (Post.OFFICER.value,)
# name, posts, user name where the person signs in, title
PEOPLE = {
    CITY: (
        ("王建国", LEADER, "wang", "市委副书记"),
        ("陈远", LEADER, "chen", "秘书长"),
        ("邵平", LEADER, "", "副秘书长"),
        ("潘毅", LEADER, "", "副秘书长"),
        ("孔亮", OFFICER, "kong", "值班员"),
        ("李文清", OFFICER, "li", "督查科科长"),
        ("何晓", OFFICER, "he", "督查员"),
        ("施洋", OFFICER, "shi", "信息科员"),
        ("吕文", OFFICER, "lv", "文书科员"),
        ("梅岚", OFFICER, "mei", "综合科科长"),
        ("丁宁", OFFICER, "", "机要科科员"),
        ("葛峰", OFFICER, "", "行政科科员"),
    ),
    COUNTY: (
        ("钟诚", LEADER, "zhong", "县委办主任"),
        ("卢山", LEADER, "", "县委办副主任"),
        ("夏雨", OFFICER, "xia", "值班员"),
        ("岳明", OFFICER, "", "县委办干部"),
        ("贾兰", OFFICER, "", "县委办干部"),
    ),
}
KEEPERS = {CITY: ("kong", "chen"), COUNTY: ("xia", "zhong")}
PERIOD = "防汛关键期"
LINES = (
    ("call_in", "安澜县委办 夏雨", "石门镇河堤巡查情况，水位平稳", "", False),
    (
        "instruction",
        "王建国",
        "请应急局汇总各县区地质灾害点转移人数，明早8时前报",
        "市应急局",
        True,
    ),
    ("visitor", "柳堰区居民3人", "反映中山路积水，已解释并登记", "柳堰区信访局", False),
    ("call_out", "市气象台", "核实未来6小时降雨预报", "", False),
)


def duty_story(story: "Story") -> None:
    """Lay it on the story's calendar."""

    def on(days_ago: int, hour: int, act: Callable[[datetime], object]) -> None:
        story.put(at_clock(story.day(days_ago), time(hour, 5)), act)

    on(25, 9, partial(lists, story))
    on(25, 10, partial(rosters, story))
    on(6, 9, partial(declares, story))
    on(3, 9, partial(noted, story))
    on(2, 10, partial(checks, story))
    on(2, 16, partial(reports, story))
    on(1, 16, partial(reports, story))
    on(1, 11, partial(asks_swap, story))
    for ago in (3, 2, 1, 0):
        story.put(at_clock(story.day(ago), time(7, 50)), partial(hands_over, story))


def lists(story: "Story", at: datetime) -> None:
    """Who can be put on duty, and how the city's office is on duty."""
    for unit, people in PEOPLE.items():
        keeper = story.actors[KEEPERS[unit][0]]
        for number, (name, posts, username, title) in enumerate(people):
            account = story.actors[username].person_id if username else None
            phone = f"1390000{len(unit)}{number:03}"
            entry = Entry(name, posts, account, title, phone, starts_on=date(at.year - 1, 1, 1))
            add_person(entry, actor=keeper, at=at)
    reason = "市委值班工作制度：双岗24小时"
    set_scheme(Wish(Way(check_days=10), reason), version=0, actor=story.actors["chen"], at=at)


def months(story: "Story") -> list[tuple[date, date]]:
    """The month before, this one and the next."""
    this = office_date(story.now).replace(day=1)
    starts = [(this - DAY).replace(day=1), this, (this + 32 * DAY).replace(day=1)]
    return [(one, one.replace(day=calendar.monthrange(one.year, one.month)[1])) for one in starts]


def rosters(story: "Story", at: datetime) -> None:
    """Worked out by the solver, approved and published; next month's stays a draft."""
    leave = DutyPerson.objects.get(office=story.units[CITY], name="丁宁")
    before, this, coming = months(story)
    away = Days(this[0] + 9 * DAY, this[0] + 13 * DAY, LeaveKind.TRAINING)
    note_leave(leave, away, actor=story.actors["kong"], at=at)
    for keeper, chief in KEEPERS.values():
        for first, last in (before, this, coming):
            made = begin(first, last, actor=story.actors[keeper], at=at)
            ask(made, actor=story.actors[keeper], at=at)
            go_on(lambda: at)
            made.refresh_from_db()
            if (first, last) != coming:
                approve(made, actor=story.actors[chief], at=at)
                made.refresh_from_db()
                publish(made, actor=story.actors[keeper], at=at)


def declares(story: "Story", at: datetime) -> None:
    """The city declares a sensitive period; the counties have it at once."""
    today = office_date(at)
    wish = PeriodWish(PERIOD, "市防汛抗旱指挥部2号令", today, today + 40 * DAY)
    declare(wish, actor=story.actors["chen"], at=at)


def reports(story: "Story", at: datetime) -> None:
    """One county reports that nothing happened; the others owe it."""
    period = SensitivePeriod.objects.get(office=story.units[COUNTY], title=PERIOD)
    report(period, day=office_date(at), nothing=True, text="", actor=story.actors["xia"], at=at)


def noted(story: "Story", at: datetime) -> None:
    """A night's lines in the log, one of them settled."""
    kong = story.actors["kong"]
    for number, (kind, who, text, given, pending) in enumerate(LINES):
        moment = at + number * timedelta(minutes=20)
        note(Line(kind, who, text, moment, "", given, pending), actor=kong, at=moment)
    done = note(
        Line("document", "省委办公厅", "收特急电报1份", None, "", "市委办公室文书", True),
        actor=kong,
        at=at + timedelta(hours=2),
    )
    settle(done, outcome="已送呈王建国同志", actor=kong, at=at + timedelta(hours=3))


def checks(story: "Story", at: datetime) -> None:
    """The city calls three counties in the evening."""
    kong, night = story.actors["kong"], at + timedelta(hours=11)
    there = Shift.objects.in_force().filter(
        office=story.units[COUNTY], post=Post.OFFICER, starts_at__lte=night, ends_at__gt=night
    )
    held = there.select_related("person").first()
    name = held.person.name if held else ""
    for unit, seconds, answered, words in (
        (COUNTY, 18, name, ""),
        ("松屏县", None, "", "响铃两次无人接听，已通知县委办整改"),
        ("柳堰区", 95, "", "值班员在食堂"),
    ):
        call = Call(story.units[unit], night, seconds, answered, words)
        check(call, actor=kong, at=night + timedelta(minutes=5))


def hands_over(story: "Story", at: datetime) -> None:
    """In the morning the officer of the night hands over, and who comes signs; the last one waits
    for its second signature."""
    rows = Shift.objects.in_force().filter(
        office=story.units[CITY], post=Post.OFFICER, starts_at__lte=at, ends_at__gt=at
    )
    shift = rows.select_related("person", "office").first()
    if shift is None:
        return
    words = "夜间平稳。地质灾害点转移人数待应急局报。"
    made = hand_over(shift, words=words, actor=behind(story, shift.person), at=at)
    if office_date(at) != story.day(0):
        after = at + timedelta(minutes=12)
        take_over(made, words="", actor=behind(story, made.taker), at=after)


def behind(story: "Story", person: DutyPerson) -> Actor:
    """Who acts for somebody of the list: the person, or the duty officer for who has no account."""
    for actor in story.actors.values():
        if actor.person_id is not None and actor.person_id == person.account_id:
            return actor
    return story.actors["kong"]


def asks_swap(story: "Story", at: datetime) -> None:
    """Somebody asks another to take a shift over."""
    rows = Shift.objects.in_force().filter(
        office=story.units[CITY], post=Post.OFFICER, starts_at__gt=at + 2 * DAY
    )
    own = rows.filter(person__name="何晓").select_related("roster", "person", "office").first()
    if own is None:
        return
    for name in ("李文清", "施洋", "吕文", "梅岚"):
        taker = DutyPerson.objects.get(office=story.units[CITY], name=name)
        if not swapping.fits(own, taker, None):
            swapping.ask(
                own,
                taker=taker,
                other=None,
                reason="当日赴省里参加培训",
                actor=story.actors["he"],
                at=at,
            )
            return
