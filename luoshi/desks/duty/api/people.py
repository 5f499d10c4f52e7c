"""The list of duty, leave, and how the office is on duty, by API. The way of duty is set by the
secretary-general in person: a token is refused."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from luoshi.desks.duty.api import roster_shaping, shaping
from luoshi.desks.duty.api.acting import LIMIT, once, reader
from luoshi.desks.duty.api.roster_schemas import (
    ChangedEntryIn,
    EntryIn,
    NewEntryIn,
    WayIn,
    WayOut,
)
from luoshi.desks.duty.api.schemas import LeaveIn, LeaveOut, People, PersonOut
from luoshi.desks.duty.domain.posting.listing import (
    Days,
    Entry,
    add_person,
    change_person,
    note_leave,
    remove_leave,
)
from luoshi.desks.duty.domain.posting.setting import Wish as WayWish
from luoshi.desks.duty.domain.posting.setting import set_scheme
from luoshi.desks.duty.domain.queries.finding import a_leave, a_person, own
from luoshi.desks.duty.domain.queries.scheme import Way, scheme_of
from luoshi.desks.duty.models import DutyPerson
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Key

router = Router(tags=["duty"])


@router.get("/duty/people", response={200: People} | READ)
def list_people(request: OfficeRequest, cursor: Cursor = "", limit: int = LIMIT) -> Any:
    """Who can be put on duty, with leave that is not over, as the page shows them."""
    reader(request, "matters:read")
    rows = own(DutyPerson, request).prefetch_related("leaves")
    found = page(rows, order=("sort_key", "id"), cursor=cursor, size=limit)
    today = office_date(request.now)
    items = [shaping.person(row, today) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


def entry_of(body: EntryIn) -> Entry:
    """The body as an entry."""
    given: dict[str, Any] = body.dict(exclude={"revision"})
    given |= {name: tuple(given[name]) for name in ("posts", "weekdays_off")}
    given["account_id"] = given.pop("account", None)
    return Entry(**given)


@router.post("/duty/people", response={201: PersonOut} | WRITE)
def list_somebody(request: OfficeRequest, body: NewEntryIn, key: Key = KEY) -> Any:
    """Put somebody on the list of duty."""
    actor = reader(request, "matters:write")

    def act() -> tuple[int, Any]:
        made = add_person(entry_of(body), actor=actor, at=request.now)
        return 201, shaping.person(made, office_date(request.now))

    return once(request, key, act)


@router.get("/duty/people/{uuid:pk}", response={200: PersonOut} | READ)
def read_person(request: OfficeRequest, pk: UUID) -> Any:
    """One entry of the list, with the leave that is not over."""
    reader(request, "matters:read")
    return shaping.person(a_person(request, pk), office_date(request.now))


@router.put("/duty/people/{uuid:pk}", response={200: PersonOut} | WRITE)
def change_entry(request: OfficeRequest, pk: UUID, body: ChangedEntryIn, key: Key = KEY) -> Any:
    """Other bounds, or the last day on the list; shifts that are set stay. A stale revision is
    refused."""
    actor = reader(request, "matters:write")
    row = a_person(request, pk)

    def act() -> tuple[int, Any]:
        by: dict[str, Any] = {"revision": body.revision, "actor": actor, "at": request.now}
        changed = change_person(row, entry_of(body), **by)
        return 200, shaping.person(changed, office_date(request.now))

    return once(request, key, act)


@router.post("/duty/people/{uuid:pk}/leaves", response={201: LeaveOut} | WRITE)
def note_leave_of(request: OfficeRequest, pk: UUID, body: LeaveIn, key: Key = KEY) -> Any:
    """Note leave; refused while the person holds a published shift then."""
    actor = reader(request, "matters:write")
    row = a_person(request, pk)

    def act() -> tuple[int, Any]:
        days = Days(body.starts_on, body.ends_on, body.kind)
        return 201, shaping.leave(note_leave(row, days, actor=actor, at=request.now))

    return once(request, key, act)


@router.delete("/duty/leaves/{uuid:pk}", response={204: None} | WRITE)
def take_leave_out(request: OfficeRequest, pk: UUID) -> Any:
    """Leave that is not taken; what is gone is not found."""
    actor = reader(request, "matters:write")
    remove_leave(a_leave(request, pk), actor=actor, at=request.now)
    return Status(204, None)


@router.get("/duty/scheme", response={200: WayOut} | READ)
def read_scheme(request: OfficeRequest) -> Any:
    """How the office is on duty at the moment."""
    reader(request, "matters:read")
    return roster_shaping.way(scheme_of(request.actor.unit_id))


@router.post("/duty/scheme", response={201: WayOut} | WRITE)
def set_way_of_duty(request: OfficeRequest, body: WayIn, key: Key = KEY) -> Any:
    """Another way from now on, in the place of the version that was read: the secretary-general in
    person; a token is refused."""
    actor = reader(request, "matters:write")

    def act() -> tuple[int, Any]:
        given: dict[str, Any] = body.dict(exclude={"reason", "version"})
        given |= {name: tuple(given[name]) for name in ("officer_starts", "leader_starts")}
        wish = WayWish(Way(**given), body.reason)
        set_scheme(wish, version=body.version, actor=actor, at=request.now)
        return 201, roster_shaping.way(scheme_of(actor.unit_id))

    return once(request, key, act)
