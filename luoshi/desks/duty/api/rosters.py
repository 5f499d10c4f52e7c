"""The list of duty, rosters, who is on duty when, leave, swaps by API. Drawing up, approving and
publishing a roster is done on its page, where its proof is seen."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Status

from luoshi.desks.duty import rules
from luoshi.desks.duty.api import shaping
from luoshi.desks.duty.api.schemas import (
    LeaveIn,
    LeaveOut,
    People,
    RosterOut,
    Rosters,
    Shifts,
)
from luoshi.desks.duty.domain.posting.listing import Days, note_leave, remove_leave
from luoshi.desks.duty.domain.queries.between import on_duty_between, units_of
from luoshi.desks.duty.domain.queries.finding import a_leave, a_person, a_roster, own
from luoshi.desks.duty.models import DutyPerson, Roster
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import cut, page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Day, Key

router = Router(tags=["duty"])
LIMIT = Query(50, ge=1, le=100)
LONGEST = timedelta(days=31)


def reader(request: OfficeRequest, scope: str) -> Actor:
    """Who reads the roster's pages."""
    actor = scoped(request, scope)
    ensure(rules.may_see(actor))
    return actor


@router.get("/duty/people", response={200: People} | READ)
def list_people(request: OfficeRequest, cursor: Cursor = "", limit: int = LIMIT) -> Any:
    """Who can be put on duty, with leave that is not over, as the page shows them."""
    reader(request, "matters:read")
    rows = own(DutyPerson, request).prefetch_related("leaves")
    found = page(rows, order=("sort_key", "id"), cursor=cursor, size=limit)
    today = office_date(request.now)
    items = [shaping.person(row, today) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.post("/duty/people/{uuid:pk}/leaves", response={201: LeaveOut} | WRITE)
def note_leave_of(request: OfficeRequest, pk: UUID, body: LeaveIn, key: Key = KEY) -> Any:
    """Note leave; refused while the person holds a published shift then."""
    actor = reader(request, "matters:write")
    row = a_person(request, pk)

    def act() -> tuple[int, Any]:
        days = Days(body.starts_on, body.ends_on, body.kind)
        return 201, shaping.leave(note_leave(row, days, actor=actor, at=request.now))

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.delete("/duty/leaves/{uuid:pk}", response={204: None} | WRITE)
def take_leave_out(request: OfficeRequest, pk: UUID) -> Any:
    """Leave that is not taken; what is gone is not found."""
    actor = reader(request, "matters:write")
    remove_leave(a_leave(request, pk), actor=actor, at=request.now)
    return Status(204, None)


@router.get("/duty/rosters", response={200: Rosters} | READ)
def list_rosters(request: OfficeRequest, cursor: Cursor = "", limit: int = LIMIT) -> Any:
    """The office's rosters, the latest first."""
    reader(request, "matters:read")
    found = page(own(Roster, request), order=("-starts_on", "id"), cursor=cursor, size=limit)
    items = [shaping.roster(row) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.get("/duty/rosters/{uuid:pk}", response={200: RosterOut} | READ)
def read_roster(request: OfficeRequest, pk: UUID, cursor: Cursor = "", limit: int = LIMIT) -> Any:
    """One roster with its state and its shifts in order; `cursor` pages the shifts."""
    reader(request, "matters:read")
    row = a_roster(request, pk)
    rows = row.shifts.select_related("person")
    found = page(rows, order=("starts_at", "post", "id"), cursor=cursor, size=limit)
    return shaping.roster(row) | {
        "hours": row.proof.get("hours", {}),
        "stuck": row.proof.get("stuck", []),
        "shifts": [shaping.shift(one) for one in found.rows],
        "next": found.next_cursor or None,
    }


@router.get("/duty/shifts", response={200: Shifts} | READ)
def list_shifts(
    request: OfficeRequest,
    starts_on: Day | None = None,
    ends_on: Day | None = None,
    below: bool = False,
    cursor: Cursor = "",
    limit: int = LIMIT,
) -> Any:
    """Who is on duty between two days (both today, at most 31), by published rosters. Telephones
    and, with `below`, the offices one level down are for who reads the books of duty, as in the
    watch room."""
    actor = reader(request, "matters:read")
    if below:
        ensure(rules.may_see_books(actor, request.now))
    first, last = span_of(starts_on, ends_on, office_date(request.now))
    units = units_of(Unit.objects.get(pk=actor.unit_id), below=below)
    rows = on_duty_between(units, first, last)
    found = cut(rows, key=lambda one: one.key, cursor=cursor, size=limit)
    phones = bool(rules.may_see_books(actor, request.now))
    return {
        "starts_on": first.isoformat(),
        "ends_on": last.isoformat(),
        "items": [shaping.there(one, phones=phones) for one in found.rows],
        "next": found.next_cursor or None,
    }


def span_of(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """The days asked for: today without one, a single day without an end."""
    start = first or last or today
    end = last or start
    if end < start:
        raise Invalid(_("Not shown."), {"ends_on": [_("The end lies before the beginning.")]})
    if end - start >= LONGEST:
        raise Invalid(_("Not shown."), {"ends_on": [_("At most 31 days at once.")]})
    return start, end
