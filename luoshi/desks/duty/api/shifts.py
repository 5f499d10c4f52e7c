"""Who is on duty when, and single shifts by API: what stands against each person, set by hand."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Router

from luoshi.desks.duty import rules
from luoshi.desks.duty.api import roster_shaping, shaping
from luoshi.desks.duty.api.acting import LIMIT, once, reader
from luoshi.desks.duty.api.roster_schemas import HolderIn, OneShiftOut
from luoshi.desks.duty.api.schemas import Shifts
from luoshi.desks.duty.domain.queries.between import on_duty_between, units_of
from luoshi.desks.duty.domain.queries.conflicts import against, worded
from luoshi.desks.duty.domain.queries.finding import a_shift, own
from luoshi.desks.duty.domain.queries.problems import people_for
from luoshi.desks.duty.domain.roster.editing import NOT_SET, put
from luoshi.desks.duty.models import DutyPerson, Shift
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import cut
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Day, Key

router = Router(tags=["duty"])
LONGEST = timedelta(days=31)


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


@router.get("/duty/shifts/{uuid:pk}", response={200: OneShiftOut} | READ)
def read_shift(request: OfficeRequest, pk: UUID) -> Any:
    """One shift, and what stands against each before anybody is put there."""
    reader(request, "matters:read")
    return one_shift(request, a_shift(request, pk))


def one_shift(request: OfficeRequest, row: Shift) -> dict[str, Any]:
    """A shift with who could hold it, for who may set it."""
    may_edit = bool(rules.may_edit(request.actor, row)) and row.ends_at > request.now
    able = [one for one in people_for(row.roster) if row.post in one.posts] if may_edit else []
    found = against(row, able)
    return roster_shaping.one_shift(row, [(one, worded(found[one.pk], one, row)) for one in able])


@router.post("/duty/shifts/{uuid:pk}/person", response={200: OneShiftOut} | WRITE)
def set_shift(request: OfficeRequest, pk: UUID, body: HolderIn, key: Key = KEY) -> Any:
    """Put somebody on a shift by hand, or nobody; clashes are refused, what is against rest or
    bounds is set with a reason (R-DUT-8)."""
    actor = reader(request, "matters:write")
    row = a_shift(request, pk)

    def act() -> tuple[int, Any]:
        person = None
        if body.person is not None:
            person = own(DutyPerson, request).filter(pk=body.person).first()
            if person is None:
                raise Invalid(NOT_SET, {"person": [_("Choose one of the list.")]})
        put(row, person, reason=body.reason, actor=actor, at=request.now)
        return 200, one_shift(request, a_shift(request, pk))

    return once(request, key, act)
