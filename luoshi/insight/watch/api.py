"""The watch room by API: who is on duty here and one level down, urgent events that run with their
clocks, what is owed, the last lines of the log, in one answer (features rows 56, 62–65)."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Router, Schema

from luoshi.desks.duty import rules
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.web.problems import READ
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.models import Unit
from luoshi.insight.watch.domain.seeing import Clock, Post, room
from luoshi.supervision.matters.api.schemas import LightWord, UnitOut
from luoshi.supervision.matters.api.shaping import instant, unit

router = Router(tags=["watch"])


class WatchPerson(Schema):
    """Somebody on duty now."""

    post: Literal["leader", "officer"]
    name: str
    title: str
    phone: str
    starts_at: datetime
    ends_at: datetime


class WatchUnit(Schema):
    """A unit and who is on duty in it, the leader first; nobody where no roster is known."""

    unit: UnitOut
    there: list[WatchPerson]


class WatchEvent(Schema):
    """An event that runs; `minutes_left` to its next limit, negative = over, null = all met."""

    id: UUID
    number: str
    title: str
    place: str
    first_known_by: str
    happened_at: datetime
    light: LightWord
    next_leg: str
    next_due_at: datetime | None
    minutes_left: int | None


class WatchCheck(Schema):
    """A unit that is due for a surprise check, and when it was checked last."""

    unit: UnitOut
    last_at: datetime | None


class WatchPeriod(Schema):
    """A sensitive period that runs; `missing`: units below that have not reported today, null
    where this office does not collect reports."""

    id: UUID
    title: str
    starts_on: date
    ends_on: date
    missing: list[UnitOut] | None


class WatchLine(Schema):
    """A line of the log; `open`: something is still to do about it."""

    id: UUID
    kind: str
    at: datetime
    who: str
    text: str
    open: bool


class WatchRoom(Schema):
    """All of it, as it is at an instant; `open_lines` of the whole log."""

    at: datetime
    own: WatchUnit
    below: list[WatchUnit]
    events: list[WatchEvent]
    checks_due: list[WatchCheck]
    periods: list[WatchPeriod]
    open_lines: int
    last_lines: list[WatchLine]


def post(found: Post) -> dict[str, Any]:
    """A unit with who is on duty."""
    return {
        "unit": unit(found.unit),
        "there": [
            {name: getattr(one, name) for name in ("post", "name", "title", "phone")}
            | {"starts_at": instant(one.starts_at), "ends_at": instant(one.ends_at)}
            for one in found.there
        ],
    }


def clock(one: Clock) -> dict[str, Any]:
    """An event with its clock."""
    row = one.event
    names = ("number", "title", "place", "next_leg")
    return {name: getattr(row, name) for name in names} | {
        "id": str(row.pk),
        "first_known_by": row.first_name,
        "happened_at": instant(row.happened_at),
        "light": one.light.value,
        "next_due_at": instant(row.next_due_at),
        "minutes_left": one.left,
    }


@router.get("/watch", response={200: WatchRoom} | READ)
def read_watch_room(request: OfficeRequest) -> Any:
    """The watch room of the token's office now: for those who read the books of duty."""
    actor, at = scoped(request, "matters:read"), request.now
    ensure(rules.may_see_books(actor, at))
    found = room(Unit.objects.get(pk=actor.unit_id), at)
    missing = {one.period.pk: [unit(each.unit) for each in one.missing] for one in found.owed}
    return {
        "at": instant(at),
        "own": post(found.own),
        "below": [post(one) for one in found.below],
        "events": [clock(one) for one in found.events],
        "checks_due": [
            {"unit": unit(one.unit), "last_at": instant(one.last_at)} for one in found.checks
        ],
        "periods": [
            {
                "id": str(one.pk),
                "title": one.title,
                "starts_on": one.starts_on.isoformat(),
                "ends_on": one.ends_on.isoformat(),
                "missing": missing.get(one.pk),
            }
            for one in found.running
        ],
        "open_lines": found.open_lines,
        "last_lines": [
            {name: getattr(line, name) for name in ("kind", "who", "text")}
            | {"id": str(line.pk), "at": instant(line.at)}
            | {"open": line.pending and line.settled_at is None}
            for line in found.lines
        ],
    }
