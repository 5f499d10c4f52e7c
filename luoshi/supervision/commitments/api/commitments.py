"""Recurring commitments by API: list, read with their occurrences, undertake, end, note that one
was kept. Excusing is the secretary-general's in person and has no route; evidence is a file and is
added on the page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from ninja import Query, Router, Status

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.supervision.commitments import rules
from luoshi.supervision.commitments.api import shaping
from luoshi.supervision.commitments.api.schemas import (
    CommitmentIn,
    CommitmentOut,
    CommitmentRecord,
    Commitments,
    EndingIn,
    KeepingIn,
    OccurrenceOut,
    Occurrences,
    OutcomeWord,
)
from luoshi.supervision.commitments.domain.ending import end
from luoshi.supervision.commitments.domain.keeping import Kept, keep
from luoshi.supervision.commitments.domain.queries import record
from luoshi.supervision.commitments.domain.queries.listing import ORDER, Filters, occurrences
from luoshi.supervision.commitments.domain.rhythm import Choice
from luoshi.supervision.commitments.domain.undertaking import Plan, undertake
from luoshi.supervision.commitments.models import Commitment, Occurrence
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Key, LightWord
from luoshi.supervision.matters.domain.queries.fetching import visible

router = Router(tags=["commitments"])
LIMIT = Query(50, ge=1, le=100)
READ_WITH = ("commitment", "version")


def reader(request: OfficeRequest, scope: str) -> Actor:
    """Who reads or acts: the posts that read the pages."""
    actor = scoped(request, scope)
    ensure(rules.may_see(actor))
    return actor


def shown(
    actor: Actor, pk: UUID, at: datetime, *, cursor: str = "", size: int = 50
) -> dict[str, Any]:
    """One commitment in sight, with a page of its occurrences."""
    row = visible(record.commitments(actor, at), actor, pk)
    found = page(of_it(row, actor, at), order=ORDER, cursor=cursor, size=size)
    return shaping.commitment(row, found, at)


def of_it(row: Commitment, actor: Actor, at: datetime) -> Any:
    """Its occurrences without those that fell away, as on the list of the page."""
    return occurrences(actor, Filters(commitment=row.pk), at)


def an_occurrence(request: OfficeRequest, pk: UUID, scope: str) -> Occurrence:
    """The occurrence in the token's sight."""
    rows = Occurrence.objects.select_related("commitment__office", "version", "office")
    row: Occurrence = visible(rows, reader(request, scope), pk)
    return row


@router.get("/commitments", response={200: Commitments} | READ)
def list_commitments(
    request: OfficeRequest,
    light: LightWord | None = None,
    cursor: Cursor = "",
    limit: int = LIMIT,
) -> Any:
    """The office's commitments, the earliest limit first."""
    actor, at = reader(request, "matters:read"), request.now
    narrow = record.shown(light, at) if light else Q()
    rows = record.commitments(actor, at).filter(narrow)
    found = page(rows, order=record.ORDER, cursor=cursor, size=limit)
    items = [shaping.line(row, at) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.get("/commitments/occurrences", response={200: Occurrences} | READ)
def list_occurrences(
    request: OfficeRequest,
    how: OutcomeWord | None = None,
    year: int | None = Query(None, ge=2000, le=2098),
    month: int | None = Query(None, ge=1, le=12),
    commitment: UUID | None = None,
    cursor: Cursor = "",
    limit: int = LIMIT,
) -> Any:
    """Occurrences of all commitments as the record counts them, the latest limit first."""
    actor, at = reader(request, "matters:read"), request.now
    rows = occurrences(actor, Filters(how or "", year, month, commitment), at)
    found = page(rows, order=ORDER, cursor=cursor, size=limit)
    items = [shaping.occurrence_line(row, at) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.get("/commitments/occurrences/{uuid:pk}", response={200: OccurrenceOut} | READ)
def read_occurrence(request: OfficeRequest, pk: UUID) -> Any:
    """One occurrence: its limit explained, how it was kept."""
    return shaping.occurrence(an_occurrence(request, pk, "matters:read"), request.now)


@router.get("/commitments/record", response={200: CommitmentRecord} | READ)
def read_record(
    request: OfficeRequest,
    year: int | None = Query(None, ge=2000, le=2098),
    commitment: UUID | None = None,
) -> Any:
    """A year (this one) by month: kept, late, missed, excused; each number is the length of the
    list of occurrences narrowed by the same year, month and outcome (TR-22)."""
    actor, at = reader(request, "matters:read"), request.now
    when = year or office_date(at).year
    months = record.by_month(actor, when, at, commitment)
    first, total = record.first_year(actor, at), record.totals(months)
    return {"year": when, "first_year": first, "total": total, "months": months}


@router.get("/commitments/{uuid:pk}", response={200: CommitmentOut} | READ)
def read_commitment(
    request: OfficeRequest, pk: UUID, cursor: Cursor = "", limit: int = LIMIT
) -> Any:
    """One commitment with its versions and its occurrences; `cursor` pages the occurrences."""
    actor = reader(request, "matters:read")
    return shown(actor, pk, request.now, cursor=cursor, size=limit)


@router.post("/commitments", response={201: CommitmentOut} | WRITE)
def undertake_commitment(request: OfficeRequest, body: CommitmentIn, key: Key = KEY) -> Any:
    """Undertake a commitment for the token's office."""
    actor, at = scoped(request, "matters:write"), request.now

    def act() -> tuple[int, Any]:
        made = undertake(plan=plan_of(body), actor=actor, at=at)
        return 201, shown(actor, made.pk, at)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=at, act=act
    )
    return Status(*answer)


def plan_of(body: CommitmentIn) -> Plan:
    """The body as a plan; numbers as the form types them."""
    typed = {
        name: "" if (value := getattr(body, name)) is None else str(value)
        for name in ("weekday", "number", "hour")
    }
    return Plan(
        title=body.title,
        choice=Choice(how=body.how, words=body.words, **typed),
        basis=body.basis,
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        role=body.role,
        person_id=body.person_id,
        evidence=body.evidence,
        warning=str(body.warning_workdays),
        kind=body.kind,
    )


@router.post("/commitments/{uuid:pk}/ending", response={200: CommitmentOut} | WRITE)
def end_commitment(request: OfficeRequest, pk: UUID, body: EndingIn, key: Key = KEY) -> Any:
    """End it on a day; open occurrences of later days fall away."""
    actor, at = reader(request, "matters:write"), request.now
    row = visible(Commitment.objects.select_related("office"), actor, pk)

    def act() -> tuple[int, Any]:
        end(commitment=row, on=body.on, reason=body.reason, actor=actor, at=at)
        return 200, shown(actor, pk, at)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=at, act=act
    )
    return Status(*answer)


@router.post("/commitments/occurrences/{uuid:pk}/keeping", response={200: OccurrenceOut} | WRITE)
def keep_occurrence(request: OfficeRequest, pk: UUID, body: KeepingIn, key: Key = KEY) -> Any:
    """It took place."""
    row, at = an_occurrence(request, pk, "matters:write"), request.now

    def act() -> tuple[int, Any]:
        done = keep(occurrence=row, kept=Kept(body.kept_at, body.note), actor=request.actor, at=at)
        return 200, shaping.occurrence(done, at)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=request.actor, at=at, act=act
    )
    return Status(*answer)
