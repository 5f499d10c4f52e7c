"""The document desk in the story: this site is a node without neighbours; four documents to units
here, one signed for by all, one refused, one recalled and sent anew, one that has just come."""

from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from luoshi.desks.documents.domain.sending import send_document
from luoshi.desks.documents.domain.urging import urge
from luoshi.foundation.exchange.domain.dispatch.dispatching import Cover
from luoshi.foundation.exchange.domain.dispatch.handling import open_arrival, refuse, sign_for
from luoshi.foundation.exchange.domain.dispatch.recalling import recall
from luoshi.foundation.exchange.domain.node.initialising import initialise
from luoshi.foundation.exchange.models import Arrival, Dispatch
from luoshi.foundation.exchange.relay.passing import pass_local

if TYPE_CHECKING:
    from luoshi.site.demo.telling import Story

CLERK = "lv"
NODE = ("C3301", "清江市")
MEETING = "关于召开重点工作调度会的通知"
CHECK = "关于开展办公用房使用情况自查的通知"
DRILL = "关于组织应急演练的通知"
LEAVE = "关于做好节假日期间值班工作的通知"
BUREAUS = ("市住房城乡建设局", "市财政局", "市应急局", "市水务局", "市教育局")
SHORTLY = timedelta(minutes=2)


def documents_story(story: "Story") -> None:
    """Lay the clerk's acts on the story's calendar."""
    story.plan(60, 9, partial(begin, story))
    story.plan(12, 10, partial(send, story, MEETING, "14", BUREAUS))
    story.plan(12, 15, partial(sign, story, MEETING, BUREAUS[:3]))
    story.plan(11, 9, partial(sign, story, MEETING, BUREAUS[3:]))
    story.plan(8, 16, partial(send, story, DRILL, "15", ("市应急局", "市水务局")))
    story.plan(7, 9, partial(take_back, story, DRILL))
    story.plan(7, 10, partial(send, story, f"{DRILL}（更正）", "16", ("市应急局", "市水务局")))
    story.plan(6, 9, partial(sign, story, f"{DRILL}（更正）", ("市应急局",)))
    story.plan(5, 9, partial(send, story, CHECK, "17", BUREAUS[:4]))
    story.plan(5, 11, partial(sign, story, CHECK, BUREAUS[:1]))
    story.plan(5, 14, partial(send_back, story, CHECK, "市财政局"))
    story.plan(2, 10, partial(hurry, story, CHECK))
    story.plan(1, 16, partial(send, story, LEAVE, "18", BUREAUS[:3]))


def begin(story: "Story", at: datetime) -> None:
    """The administrator makes the site a node; it has no neighbours."""
    code, name = NODE
    initialise(code=code, name=name, address="", actor=story.actors["admin"], at=at)


def send(story: "Story", title: str, number: str, units: tuple[str, ...], at: datetime) -> None:
    """The clerk sends a document with its file."""
    cover = Cover(title, f"清办发〔{at.year}〕{number}号", "", "请遵照执行。", "通知")
    text = f"{title}\n\n请按要求做好相关工作，如有问题及时与市委办公室联系。\n"
    send_document(
        cover=cover,
        units=[story.units[name] for name in units],
        files=[(f"{title}.txt", BytesIO(text.encode()))],
        actor=story.actors[CLERK],
        at=at,
    )
    pass_local(at=at + SHORTLY)


def before(title: str, unit: str) -> Arrival:
    """What lies before a unit."""
    return Arrival.objects.get(title=title, unit__short_name=unit)


def sign(story: "Story", title: str, units: tuple[str, ...], at: datetime) -> None:
    """People of the units open it and sign for it."""
    for unit in units:
        actor = story.handler(unit)
        found = open_arrival(arrival=before(title, unit), actor=actor, at=at)
        sign_for(arrival=found, actor=actor, at=at)
    pass_local(at=at + SHORTLY)


def send_back(story: "Story", title: str, unit: str, at: datetime) -> None:
    """A unit refuses what was not meant for it."""
    actor = story.handler(unit)
    found = open_arrival(arrival=before(title, unit), actor=actor, at=at)
    refuse(arrival=found, reason="附件缺第2页，请补发", actor=actor, at=at)
    pass_local(at=at + SHORTLY)


def take_back(story: "Story", title: str, at: datetime) -> None:
    """The clerk recalls a document with a mistake in it."""
    found = Dispatch.objects.get(title=title)
    recall(dispatch=found, reason="演练日期有误", actor=story.actors[CLERK], at=at)
    pass_local(at=at + SHORTLY)


def hurry(story: "Story", title: str, at: datetime) -> None:
    """The clerk urges who has not signed."""
    urge(dispatch=Dispatch.objects.get(title=title), actor=story.actors[CLERK], at=at)
    pass_local(at=at + SHORTLY)
