"""Duty handed over by API: list, read, write, sign. A token is nobody in person: it hands over and
signs where whoever is on duty has no account, as the duty desk does on the page; who has one does
it on the page."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from luoshi.desks.duty.api import roster_shaping as shaping
from luoshi.desks.duty.api.acting import book_reader, once
from luoshi.desks.duty.api.roster_schemas import HandoverIn, HandoverOut, Handovers, TakingIn
from luoshi.desks.duty.domain.queries.finding import a_handover, a_shift, own
from luoshi.desks.duty.domain.queries.listing import HANDOVER_ORDER, handovers
from luoshi.desks.duty.domain.watch.handing_over import NOT_HANDED, hand_over, take_over
from luoshi.desks.duty.models import DutyPerson
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Key

router = Router(tags=["duty"])


@router.get("/duty/handovers", response={200: Handovers} | READ)
def list_handovers(
    request: OfficeRequest,
    unsigned: bool = False,
    cursor: Cursor = "",
    limit: int = Query(50, ge=1, le=100),
) -> Any:
    """Hand-overs, the newest first; `unsigned` keeps those that wait for the second signature."""
    rows = handovers(book_reader(request, "matters:read"))
    if unsigned:
        rows = rows.filter(taken_at=None)
    found = page(rows, order=HANDOVER_ORDER, cursor=cursor, size=limit)
    items = [shaping.handover(row) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.get("/duty/handovers/{uuid:pk}", response={200: HandoverOut} | READ)
def read_handover(request: OfficeRequest, pk: UUID) -> Any:
    """One hand-over with the open lines and what other desks had open."""
    book_reader(request, "matters:read")
    return shaping.whole_handover(a_handover(request, pk))


@router.post("/duty/shifts/{uuid:pk}/handover", response={201: HandoverOut} | WRITE)
def hand_shift_over(request: OfficeRequest, pk: UUID, body: HandoverIn, key: Key = KEY) -> Any:
    """Hand a shift over, or change that until the other signs; what is older than what somebody
    saved meanwhile is refused (R-DUT-2)."""
    actor = book_reader(request, "matters:write")
    row = a_shift(request, pk)

    def act() -> tuple[int, Any]:
        taker = None
        if body.taker is not None:
            taker = own(DutyPerson, request).filter(pk=body.taker).first()
            if taker is None:
                raise Invalid(NOT_HANDED, {"taker": [_("Choose one of the list.")]})
        made = hand_over(
            row,
            words=body.words,
            taker=taker,
            revision=body.revision,
            actor=actor,
            at=request.now,
        )
        return 201, shaping.whole_handover(made)

    return once(request, key, act)


@router.post("/duty/handovers/{uuid:pk}/signature", response={200: HandoverOut} | WRITE)
def sign_for_duty(request: OfficeRequest, pk: UUID, body: TakingIn, key: Key = KEY) -> Any:
    """The second signature, for the revision that was read."""
    actor = book_reader(request, "matters:write")
    row = a_handover(request, pk)

    def act() -> tuple[int, Any]:
        take_over(row, words=body.words, revision=body.revision, actor=actor, at=request.now)
        return 200, shaping.whole_handover(a_handover(request, pk))

    return once(request, key, act)
