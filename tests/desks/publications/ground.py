"""An office with a journal and a series of historical materials."""

from datetime import UTC, date, datetime
from typing import Any

from luoshi.desks.publications.domain.founding import Founding, found
from luoshi.desks.publications.domain.issue.planning import plan
from luoshi.desks.publications.domain.issue.producing import forward
from luoshi.desks.publications.domain.item.collecting import Piece, collect
from luoshi.desks.publications.models import Issue, Item, Publication
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import Role
from tests.story import World, actor

AT = datetime(2026, 3, 6, 2, 0, tzinfo=UTC)
TEXT = "柳堰古桥建于1926年，桥长86米。\n民国年间，商贾云集。"  # 18 Han characters and 2 numbers


def clerk_of(world: World) -> Actor:
    """The document clerk of the office."""
    return actor("lv", "吕文", world.office, Role.DOCUMENT_CLERK)


def journal(who: Actor, **change: Any) -> Publication:
    """The office's journal."""
    values = {"title": "清江协商", "kind": "journal", "periodicity": "quarterly"}
    values |= {"periodicity": "once"} if change.get("kind") == "book" else {}
    return found(Founding(**{**values, **change}), actor=who, at=AT)


def issue_of(publication: Publication, who: Actor, at: datetime = AT, **change: Any) -> Issue:
    """Its next issue."""
    values: dict[str, Any] = {"theme": "", "planned_on": date(2026, 3, 31)}
    return plan(publication=publication, actor=who, at=at, **{**values, **change})


def piece(**change: Any) -> Piece:
    """An item that is edited."""
    values: dict[str, Any] = {
        "title": "古桥记",
        "author": "谢知文",
        "text": TEXT,
        "state": "edited",
    }
    return Piece(**{**values, **change})


def put_in(issue: Issue, who: Actor, **change: Any) -> Item:
    """An item of an issue."""
    publication = issue.publication
    return collect(publication=publication, piece=piece(**change), issue=issue, actor=who, at=AT)


def bring_out(issue: Issue, who: Actor, at: datetime = AT) -> Issue:
    """From collecting to out."""
    for seen in ("collected", "edited", "printing"):
        issue = forward(issue=issue, seen=seen, actor=who, at=at)
    return issue
