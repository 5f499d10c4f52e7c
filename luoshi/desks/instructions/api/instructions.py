"""Written instructions by API: list, read, note for a leader. A leader's own words and keeping for
information are a person's; registering needs a plan and is done through the same verb."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from luoshi.desks.instructions.domain import filing
from luoshi.desks.instructions.domain.noting import Words, note
from luoshi.desks.instructions.models import Instruction
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor, Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Decision, Given, Key, Line, LongText
from luoshi.supervision.matters.api.shaping import instant
from luoshi.supervision.matters.domain.matter.drafting import Plan
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.models import Matter

router = Router(tags=["instructions"])
PERSON = {403: Problem} | WRITE


class InstructionOut(Schema):
    """An instruction with what became of it. `reference_due_at` counts from the day it was written
    (A4); the limit that binds stands on the matter."""

    id: UUID
    leader: str
    text: str
    instructed_on: date
    received_at: datetime
    file_number: str
    state: str
    light: str
    reference_due_at: datetime | None
    matter_id: UUID | None
    matter_number: str
    reason: str


class Instructions(Schema):
    """One page of instructions."""

    items: list[InstructionOut]
    next: str | None


class InstructionIn(Given):
    """What the office writes down for a leader it names by the account's id."""

    leader_id: UUID
    text: LongText
    instructed_on: date | None = None
    file_number: Line = ""
    paper_title: Line = ""
    paper_reference: Line = ""
    urgent_amount: int | None = Field(None, ge=1, le=720)
    urgent_unit: Literal["", "hours", "days"] = ""
    urgent_basis: Line = ""


class LinkIn(Given):
    """The open matter of the office that the instruction is added to."""

    matter_id: UUID


class RegistrationIn(Given):
    """The plan under which the instruction becomes a matter; units are assigned by their route. An
    urgent limit counts where none was typed when it was noted (TR-07)."""

    title: Line
    content: LongText = ""
    method: LongText = ""
    purpose: LongText = ""
    end_on: date | None = None
    urgent_amount: int | None = Field(None, ge=1, le=720)
    urgent_unit: Literal["", "hours", "days"] = ""
    urgent_basis: Line = ""
    despite: LongText = ""


def shaped(row: Instruction, at: datetime) -> dict[str, Any]:
    """An instruction as a JSON object."""
    return {
        "id": str(row.pk),
        "leader": row.leader_name,
        "text": row.text,
        "instructed_on": row.instructed_on.isoformat(),
        "received_at": instant(row.received_at),
        "file_number": row.file_number,
        "state": row.state,
        "light": row.light(at).value,
        "reference_due_at": instant(row.reference_due_at),
        "matter_id": str(row.matter_id) if row.matter_id else None,
        "matter_number": row.matter.number if row.matter else "",
        "reason": row.reason,
    }


def found(request: OfficeRequest, pk: UUID, scope: str) -> Instruction:
    """The instruction in the token's sight."""
    rows = Instruction.objects.select_related("matter")
    row: Instruction = visible(rows, scoped(request, scope), pk)
    return row


@router.get("/instructions", response={200: Instructions} | READ)
def list_instructions(
    request: OfficeRequest, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """Instructions in the token's sight, the latest first."""
    actor = scoped(request, "matters:read")
    rows = Instruction.objects.visible_to(actor).select_related("matter")
    cut = page(rows, order=("-instructed_on", "id"), cursor=cursor, size=limit)
    items = [shaped(row, request.now) for row in cut.rows]
    return {"items": items, "next": cut.next_cursor or None}


@router.get("/instructions/{uuid:pk}", response={200: InstructionOut} | READ)
def read_instruction(request: OfficeRequest, pk: UUID) -> Any:
    """One instruction."""
    return shaped(found(request, pk, "matters:read"), request.now)


@router.post("/instructions", response={201: InstructionOut} | WRITE)
def note_instruction(request: OfficeRequest, body: InstructionIn, key: Key = KEY) -> Any:
    """Note an instruction for a leader of the office."""
    actor = scoped(request, "matters:write")
    given = body.dict(exclude={"leader_id"})

    def act() -> tuple[int, Any]:
        words = Words(**given)
        row = note(words=words, actor=actor, at=request.now, leader_id=body.leader_id)
        return 201, shaped(row, request.now)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/instructions/{uuid:pk}/registration", response={201: InstructionOut} | WRITE)
def register_instruction(
    request: OfficeRequest, pk: UUID, body: RegistrationIn, key: Key = KEY
) -> Any:
    """Propose the instruction for registration; the approval is a person's."""
    row = found(request, pk, "matters:write")

    def act() -> tuple[int, Any]:
        plan = Plan(**body.dict(exclude={"despite"}))
        filing.register(
            instruction=row,
            plan=plan,
            despite=body.despite,
            actor=request.actor,
            at=request.now,
        )
        return 201, shaped(found(request, pk, "matters:write"), request.now)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=request.actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/instructions/{uuid:pk}/link", response={200: InstructionOut} | WRITE)
def link_instruction(request: OfficeRequest, pk: UUID, body: LinkIn) -> Any:
    """Add the instruction to an open matter, so that one matter stays one file (R-SUP-1)."""
    row = found(request, pk, "matters:write")
    matter = visible(Matter.objects, request.actor, body.matter_id)
    filing.link(instruction=row, matter=matter, actor=request.actor, at=request.now)
    return shaped(found(request, pk, "matters:write"), request.now)


@router.post("/instructions/{uuid:pk}/information", response=PERSON)
def keep_instruction(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Keep for information: a person's decision, refused to tokens."""
    row = found(request, pk, "matters:write")
    filing.keep_for_information(
        instruction=row, reason=body.reason, actor=request.actor, at=request.now
    )
