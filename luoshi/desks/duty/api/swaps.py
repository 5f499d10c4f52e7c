"""Swaps of shifts by API: list, ask, answer, decide. A token is nobody in person: whose shift it is
asks, agrees and declines on the page; by API the keeper of the roster does, as on the page, for who
has no account."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from luoshi.desks.duty.api import shaping
from luoshi.desks.duty.api.acting import once, reader
from luoshi.desks.duty.api.schemas import SwapIn, SwapOut, Swaps, SwapStepIn, SwapWord
from luoshi.desks.duty.domain.queries.finding import a_shift, a_swap, own
from luoshi.desks.duty.domain.queries.listing import SWAP_ORDER, swaps
from luoshi.desks.duty.domain.roster import swapping
from luoshi.desks.duty.models import DutyPerson, Shift, Swap
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Key

router = Router(tags=["duty"])


@router.get("/duty/swaps", response={200: Swaps} | READ)
def list_swaps(
    request: OfficeRequest,
    state: SwapWord | None = None,
    cursor: Cursor = "",
    limit: int = Query(50, ge=1, le=100),
) -> Any:
    """The office's swaps, the latest first."""
    rows = swaps(reader(request, "matters:read"))
    if state:
        rows = rows.filter(state=state)
    found = page(rows, order=SWAP_ORDER, cursor=cursor, size=limit)
    return {"items": [shaping.swap(row) for row in found.rows], "next": found.next_cursor or None}


@router.post("/duty/shifts/{uuid:pk}/swaps", response={201: SwapOut} | WRITE)
def ask_for_swap(request: OfficeRequest, pk: UUID, body: SwapIn, key: Key = KEY) -> Any:
    """Ask somebody to take a shift over, or to swap two."""
    actor = reader(request, "matters:write")
    row = a_shift(request, pk)

    def act() -> tuple[int, Any]:
        taker: Any = chosen(own(DutyPerson, request), body.taker, "taker")
        shifts = own(Shift, request).select_related("roster", "person")
        other = chosen(shifts, body.other, "other") if body.other else None
        made = swapping.ask(
            row, taker=taker, other=other, reason=body.reason, actor=actor, at=request.now
        )
        return 201, shaping.swap(made)

    return once(request, key, act)


def chosen(rows: Any, pk: UUID, field: str) -> Any:
    """The row of the own office; refused by its field, as a choice that is not in the list."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Invalid(_("Not asked."), {field: [_("Choose one of the list.")]})
    return found


@router.post("/duty/swaps/{uuid:pk}/decision", response={200: SwapOut} | WRITE)
def decide_swap(request: OfficeRequest, pk: UUID, body: SwapStepIn, key: Key = KEY) -> Any:
    """Agree, decline, withdraw or approve; approval moves the roster (R-DUT-5)."""
    actor = reader(request, "matters:write")
    row = a_swap(request, pk)

    def act() -> tuple[int, Any]:
        step(row, body, {"actor": actor, "at": request.now})
        return 200, shaping.swap(a_swap(request, pk))

    return once(request, key, act)


def step(row: Swap, body: SwapStepIn, by: dict[str, Any]) -> None:
    """The verb of the step."""
    if body.act == "agree":
        swapping.agree(row, **by)
    elif body.act == "decline":
        swapping.decline(row, words=body.words, **by)
    elif body.act == "withdraw":
        swapping.withdraw(row, **by)
    else:
        swapping.approve(row, **by)
