"""Points lists by API: list, read, draft, add points. Issuing, agreeing, signing and closing are a
person's decisions; the routes exist and refuse tokens with that reason."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor, Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.supervision.lists.domain import closing, drafting, issuing
from luoshi.supervision.lists.domain.pasting import read_points
from luoshi.supervision.lists.domain.queries.progress import counts, seen_points, with_matters
from luoshi.supervision.lists.models import ListPoint, SupervisionPointsList
from luoshi.supervision.matters.api.schemas import (
    KEY,
    WRITE,
    Decision,
    Given,
    Key,
    Line,
    LongText,
    UnitOut,
)
from luoshi.supervision.matters.api.shaping import instant, unit
from luoshi.supervision.matters.domain.queries.fetching import visible

router = Router(tags=["points lists"])
PERSON = {403: Problem} | WRITE


class PointOut(Schema):
    """One point; `matter_id` is empty until the list is issued."""

    id: UUID
    number: int
    text: str
    lead_unit: UnitOut | None
    joint_units: list[UnitOut]
    limit: str
    matter_id: UUID | None
    matter_number: str
    light: str | None


class ListLine(Schema):
    """A list as the index shows it."""

    id: UUID
    year: int
    title: str
    reference: str
    state: str
    office: UnitOut
    joint_office: UnitOut | None
    issued_at: datetime | None


class ListOut(ListLine):
    """A list with its counts and its points, as far as the token sees them."""

    revision: int
    counts: dict[str, int]
    points: list[PointOut]


class Lists(Schema):
    """One page of lists."""

    items: list[ListLine]
    next: str | None


class ListIn(Given):
    """The head of a new list of the token's office."""

    year: int = Field(ge=2000, le=2090)
    title: Line
    reference: Line = ""
    method: LongText = ""
    purpose: LongText = ""


class PointsIn(Given):
    """Points as lines: text ｜ lead unit ｜ joint units ｜ limit."""

    lines: list[Line] = Field(min_length=1, max_length=200)


def line_of(row: SupervisionPointsList) -> dict[str, Any]:
    """A list as a JSON object."""
    return {
        "id": str(row.pk),
        "year": row.year,
        "title": row.title,
        "reference": row.reference,
        "state": row.state,
        "office": unit(row.office),
        "joint_office": unit(row.joint_office) if row.joint_office else None,
        "issued_at": instant(row.issued_at),
    }


def point_of(row: ListPoint, at: datetime) -> dict[str, Any]:
    """A point with the light of its matter."""
    matter = row.matter
    return {
        "id": str(row.pk),
        "number": row.number,
        "text": row.text,
        "lead_unit": unit(row.lead_unit) if row.lead_unit else None,
        "joint_units": [unit(one) for one in row.joint_units.all()],
        "limit": row.limit_words,
        "matter_id": str(matter.pk) if matter else None,
        "matter_number": matter.number if matter else "",
        "light": matter.light(at).value if matter else None,
    }


def whole(row: SupervisionPointsList, request: OfficeRequest) -> dict[str, Any]:
    """A list with what the token sees of it."""
    seen = seen_points(row, request.actor)
    points = with_matters(seen).order_by("number")
    return line_of(row) | {
        "revision": row.revision,
        "counts": counts(seen, request.now),
        "points": [point_of(one, request.now) for one in points],
    }


def found(request: OfficeRequest, pk: UUID, scope: str) -> SupervisionPointsList:
    """The list in the token's sight."""
    rows = SupervisionPointsList.objects.select_related("office", "joint_office")
    row: SupervisionPointsList = visible(rows, scoped(request, scope), pk)
    return row


@router.get("/points-lists", response={200: Lists} | READ)
def list_points_lists(
    request: OfficeRequest, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """Lists in the token's sight, the latest year first."""
    actor = scoped(request, "matters:read")
    rows = SupervisionPointsList.objects.visible_to(actor)
    rows = rows.select_related("office", "joint_office")
    cut = page(rows, order=("-year", "id"), cursor=cursor, size=limit)
    return {"items": [line_of(row) for row in cut.rows], "next": cut.next_cursor or None}


@router.get("/points-lists/{uuid:pk}", response={200: ListOut} | READ)
def read_points_list(request: OfficeRequest, pk: UUID) -> Any:
    """One list with progress by point."""
    return whole(found(request, pk, "matters:read"), request)


@router.post("/points-lists", response={201: ListOut} | WRITE)
def draft_points_list(request: OfficeRequest, body: ListIn, key: Key = KEY) -> Any:
    """Draft the list of a year."""
    actor = scoped(request, "matters:write")
    head = drafting.Head(body.year, body.title, body.reference, body.method, body.purpose)

    def act() -> tuple[int, Any]:
        row = drafting.start_list(head=head, actor=actor, at=request.now)
        return 201, whole(row, request)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/points-lists/{uuid:pk}/points", response={201: ListOut} | WRITE)
def add_list_points(request: OfficeRequest, pk: UUID, body: PointsIn, key: Key = KEY) -> Any:
    """Add points to a drafted list."""
    row = found(request, pk, "matters:write")
    points = read_points("\n".join(line.replace("\n", " ") for line in body.lines))

    def act() -> tuple[int, Any]:
        drafting.add_points(points_list=row, points=points, actor=request.actor, at=request.now)
        return 201, whole(row, request)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=request.actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/points-lists/{uuid:pk}/issue", response=PERSON)
def issue_points_list(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Issue: a person's decision, refused to tokens."""
    row = found(request, pk, "matters:write")
    issuing.issue(points_list=row, actor=request.actor, at=request.now)


@router.post("/points-lists/{uuid:pk}/closure", response=PERSON)
def close_points_list(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Close: a person's decision, refused to tokens."""
    row = found(request, pk, "matters:write")
    closing.close_list(points_list=row, remark=body.reason, actor=request.actor, at=request.now)
