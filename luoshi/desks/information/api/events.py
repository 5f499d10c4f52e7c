"""Urgent information by API: list, read, take in, also what a unit told by telephone, correct.
Telling the next level is a person's: somebody signs."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Query, Router, Schema, Status

from luoshi.desks.information import rules
from luoshi.desks.information.domain.queries.listing import ORDER, Filters, events
from luoshi.desks.information.domain.urgent.taking_in import (
    Call,
    Facts,
    correct,
    refuse_unnamed,
    take_in,
)
from luoshi.desks.information.models import Event
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.supervision.matters.api.changes import unit_of
from luoshi.supervision.matters.api.schemas import (
    KEY,
    WRITE,
    Given,
    Key,
    LightWord,
    Line,
    LongText,
    Moment,
)
from luoshi.supervision.matters.api.shaping import instant
from luoshi.supervision.matters.domain.queries.fetching import visible

router = Router(tags=["information"])
CALLED = {"called_from", "called_by", "called_at"}


class EventLine(Schema):
    """An event as a list shows it; `next_due_at` is the earliest limit that is not met."""

    id: UUID
    number: str
    kind: str
    grade: str
    nature: str
    title: str
    place: str
    happened_at: datetime
    aware_at: datetime
    first_known_by: str
    state: str
    light: LightWord
    next_leg: str
    next_due_at: datetime | None
    late_minutes: int


class UrgentReportOut(Schema):
    """A written report as it was sent."""

    step: str
    number: int
    unit: str
    text: str
    signer: str
    at: datetime


class TellingOut(Schema):
    """One telling, from a unit to the next: `by` who called or sent, `answered_by` who took it."""

    way: Literal["phone", "written"]
    at: datetime
    sender: str
    receiver: str
    by: str
    answered_by: str
    note: str


class UrgentEventOut(EventLine):
    """An event with its facts, its way and its reports; `revision`: how often the facts were
    written."""

    casualties: str
    losses: str
    trend: str
    measures: str
    leaders: str
    source: str
    contact: str
    daily: bool
    revision: int
    tellings: list[TellingOut]
    reports: list[UrgentReportOut]


class Events(Schema):
    """One page of events."""

    items: list[EventLine]
    next: str | None


class KnownFactsIn(Given):
    """What is known; instants with their zone, else that of the office."""

    title: Line
    place: Line
    happened_at: Moment
    source: Line
    aware_at: Moment | None = None
    kind: Literal["urgent", "sensitive"] = "urgent"
    grade: Literal["", "gravest", "grave", "large", "ordinary"] = ""
    nature: Literal["natural", "accident", "health", "security", "other"] = "other"
    casualties: Line = ""
    losses: Line = ""
    trend: Line = ""
    measures: LongText = ""
    leaders: Line = ""
    contact: Line = ""
    daily: bool = False


class UrgentEventIn(KnownFactsIn):
    """An event to take in. Where it came by telephone: `called_from` the code of the unit,
    `called_by` who called, `called_at` when, null = now; without a unit the office knew first."""

    called_from: Line = ""
    called_by: Line = ""
    called_at: Moment | None = None


class UrgentFactsIn(KnownFactsIn):
    """The facts as they are known now; `revision` is the one that was read."""

    revision: int = Field(ge=0, le=2_000_000_000)


def line(row: Event, at: datetime) -> dict[str, Any]:
    """An event as a JSON object of the list."""
    names = ("number", "kind", "grade", "nature", "title", "place", "state", "next_leg")
    return {name: getattr(row, name) for name in names} | {
        "id": str(row.pk),
        "happened_at": instant(row.happened_at),
        "aware_at": instant(row.aware_at),
        "first_known_by": row.first_name,
        "light": row.light(at).value,
        "next_due_at": instant(row.next_due_at),
        "late_minutes": row.late_minutes,
    }


def shaped(row: Event, at: datetime) -> dict[str, Any]:
    """An event as a JSON object of its own."""
    facts = ("casualties", "losses", "trend", "measures", "leaders", "source", "contact", "daily")
    tellings = [
        {
            "way": one.way,
            "at": instant(one.at),
            "sender": one.sender_name,
            "receiver": one.receiver_name,
            "by": one.by_name,
            "answered_by": one.to_name,
            "note": one.note,
        }
        for one in row.passages.order_by("at", "way")
    ]
    reports = [
        {
            "step": one.step,
            "number": one.number,
            "unit": one.unit_name,
            "text": one.text,
            "signer": one.signer,
            "at": instant(one.at),
        }
        for one in row.reports.order_by("at", "number")
    ]
    said = {name: getattr(row, name) for name in (*facts, "revision")}
    return line(row, at) | said | {"tellings": tellings, "reports": reports}


def call_of(body: UrgentEventIn, at: datetime) -> Call | None:
    """The telephone report it came by, where one is noted; it came from somewhere."""
    if not body.called_from.strip():
        refuse_unnamed(said=bool(body.called_by.strip() or body.called_at))
        return None
    unit = unit_of(body.called_from.strip(), "called_from")
    return Call(unit, body.called_by, body.called_at or at)


@router.get("/urgent-events", response={200: Events} | READ)
def list_events(
    request: OfficeRequest, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """The book of the token's office, the newest event first."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_see_events(actor))
    rows = events(actor, Filters(), request.now)
    cut = page(rows, order=ORDER, cursor=cursor, size=limit)
    found = [line(row, request.now) for row in cut.rows]
    return {"items": found, "next": cut.next_cursor or None}


@router.get("/urgent-events/{uuid:pk}", response={200: UrgentEventOut} | READ)
def read_event(request: OfficeRequest, pk: UUID) -> Any:
    """One event."""
    return shaped(visible(Event.objects, scoped(request, "matters:read"), pk), request.now)


@router.post("/urgent-events", response={201: UrgentEventOut} | WRITE)
def take_event_in(request: OfficeRequest, body: UrgentEventIn, key: Key = KEY) -> Any:
    """Take an event in, told by telephone or known otherwise; the clock runs from the event and
    people are told at once."""
    actor = scoped(request, "matters:write")

    def act() -> tuple[int, Any]:
        facts = Facts(**body.dict(exclude=CALLED))
        call = call_of(body, request.now)
        made = take_in(facts, call=call, actor=actor, at=request.now)
        return 201, shaped(made, request.now)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.put("/urgent-events/{uuid:pk}/facts", response={200: UrgentEventOut} | WRITE)
def correct_facts(request: OfficeRequest, pk: UUID, body: UrgentFactsIn) -> Any:
    """Write down what is known now; the clock follows. A stale revision is refused."""
    actor = scoped(request, "matters:write")
    row = correct(
        event=visible(Event.objects, actor, pk),
        facts=Facts(**body.dict(exclude={"revision"})),
        revision=body.revision,
        actor=actor,
        at=request.now,
    )
    return shaped(row, request.now)
