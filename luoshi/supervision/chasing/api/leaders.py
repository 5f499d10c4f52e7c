"""Leaders in charge by API: who is in charge of which unit and matter, all that was said, and
naming one, through the post of the section chief or the secretary-general."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema, Status

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.problems import READ, Cursor, Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.supervision.chasing import rules
from luoshi.supervision.chasing.domain.naming import charge_from, name_leader
from luoshi.supervision.chasing.domain.queries.charges import said, standing
from luoshi.supervision.chasing.models import LeaderInCharge
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Given, Key, Line, UnitOut
from luoshi.supervision.matters.api.shaping import instant, unit

router = Router(tags=["nudges"])
FORBIDDEN = {403: Problem}


class ChargeIn(Given):
    """Either `unit` (a name) or `matter` (a number); `leader` a person's id, null = nobody;
    `from_on` empty = today."""

    unit: Line = ""
    matter: Line = ""
    leader: UUID | None = None
    from_on: date | None = None
    basis: Line


class ChargeOut(Schema):
    """What was said of a unit or matter; `leader` null = nobody from that day on."""

    id: UUID
    unit: UnitOut | None
    matter_id: UUID | None
    matter_number: str
    leader: UUID | None
    leader_name: str
    leader_title: str
    from_on: date
    basis: str
    named_by: str
    named_at: datetime


class Charges(Schema):
    """One page."""

    items: list[ChargeOut]
    next: str | None


def shaped(row: LeaderInCharge) -> dict[str, Any]:
    """A row as a JSON object."""
    return {
        "id": str(row.pk),
        "unit": unit(row.unit) if row.unit else None,
        "matter_id": str(row.matter_id) if row.matter_id else None,
        "matter_number": row.matter.number if row.matter else "",
        "leader": str(row.leader.person_id) if row.leader else None,
        "leader_name": row.leader_name,
        "leader_title": row.leader_title,
        "from_on": row.from_on.isoformat(),
        "basis": row.basis,
        "named_by": row.named_by_name,
        "named_at": instant(row.named_at),
    }


@router.get("/leaders-in-charge", response={200: Charges} | FORBIDDEN | READ)
def list_leaders(
    request: OfficeRequest,
    every: bool = False,
    cursor: Cursor = "",
    limit: int = Query(50, ge=1, le=100),
) -> Any:
    """The office's leaders in force; with `every` all that was said, the newest first."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_see_nudges(actor))
    office = actor.unit_id or UUID(int=0)
    rows = said(office) if every else standing(office, request.now)
    cut = page(rows, order=("-named_at", "id"), cursor=cursor, size=limit)
    return {"items": [shaped(row) for row in cut.rows], "next": cut.next_cursor or None}


@router.post("/leaders-in-charge", response={201: ChargeOut} | FORBIDDEN | WRITE)
def name_a_leader(request: OfficeRequest, body: ChargeIn, key: Key = KEY) -> Any:
    """Name the leader in charge of a unit or matter."""
    actor = scoped(request, "matters:write")
    office = actor.unit_id or UUID(int=0)
    ensure(rules.may_name_leader(actor, office))

    def act() -> tuple[int, Any]:
        charge = charge_from(
            office_id=office,
            unit=body.unit,
            number=body.matter,
            person_id=body.leader,
            from_on=body.from_on or office_date(request.now),
            basis=body.basis,
        )
        row = name_leader(office_id=office, charge=charge, actor=actor, at=request.now)
        return 201, shaped(row)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)
