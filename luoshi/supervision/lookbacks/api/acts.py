"""Promised dates by API, and the acts of the look-back. Every act of it is a person's decision: the
routes exist and refuse tokens with that reason (decision 5, TR-25)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Schema
from pydantic import Field

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor, Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.supervision.lookbacks import rules
from luoshi.supervision.lookbacks.api.rounds import router
from luoshi.supervision.lookbacks.domain.checking import Check, record_check
from luoshi.supervision.lookbacks.domain.fixing import change_share, fix
from luoshi.supervision.lookbacks.domain.marking import lift_key, mark_key
from luoshi.supervision.lookbacks.domain.naming import name_checker
from luoshi.supervision.lookbacks.domain.opening import open_round
from luoshi.supervision.lookbacks.domain.promising import settle
from luoshi.supervision.lookbacks.domain.queries.promises import promises_of
from luoshi.supervision.lookbacks.domain.queries.showing import rounds_of
from luoshi.supervision.lookbacks.models import LookBackItem, LookBackRound
from luoshi.supervision.matters.api.schemas import WRITE, Decision, Given, Line, LongText
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.models import Matter

PERSON = {403: Problem} | WRITE
WITH = ("round", "closure", "matter")


class RoundIn(Given):
    """A round to open: the year whose conclusions are looked back on, and the random share."""

    year: int = Field(ge=2000, le=2090)
    percent: int = Field(ge=0, le=100)


class SharePercentIn(Given):
    """The random share of an open round."""

    percent: int = Field(ge=0, le=100)


class CheckerIn(Given):
    """Who checks an item, by the account's id."""

    checker_id: UUID


class LookBackIn(Given):
    """What was found, how it was checked, and the new limit of a relapse."""

    finding: Line
    method: Line
    evidence: LongText = ""
    note: LongText = ""
    due_on: date | None = None
    next_on: date | None = None


class OutcomeIn(Given):
    """What became of a promised date."""

    outcome: Line
    evidence: LongText = ""
    note: LongText = ""
    next_on: date | None = None
    due_on: date | None = None


class PromiseOut(Schema):
    """A conclusion that promised a date: the one that runs, and whether it was kept."""

    id: UUID
    matter_id: UUID
    matter_number: str
    title: str
    promised_on: date
    runs_on: date
    kept: bool
    missed: bool
    reopened: bool


class Promises(Schema):
    """One page of promises."""

    items: list[PromiseOut]
    next: str | None


def unseen() -> NotVisible:
    """Nothing of that kind in the token's sight."""
    return NotVisible(_("Not found, or outside your scope."), code="not-visible")


def a_round(request: OfficeRequest, pk: UUID) -> LookBackRound:
    """A round of the token's office."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_read(actor))
    row: LookBackRound | None = rounds_of(actor).filter(pk=pk).first()
    if row is None:
        raise unseen()
    return row


def an_item(request: OfficeRequest, pk: UUID) -> LookBackItem:
    """An item of the token's office."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_read(actor))
    rows = LookBackItem.objects.select_related(*WITH).filter(round__office_id=actor.unit_id)
    row: LookBackItem | None = rows.filter(pk=pk).first()
    if row is None:
        raise unseen()
    return row


@router.get("/lookbacks/promises", response={200: Promises} | READ)
def list_promises(
    request: OfficeRequest, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """Promised dates of the office, the earliest first (S2-76)."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_read(actor))
    rows = promises_of(actor.unit_id)
    found = page(rows, order=("runs_on", "id"), cursor=cursor, size=limit)
    items = [
        {
            "id": str(row.pk),
            "matter_id": str(row.matter_id),
            "matter_number": row.matter.number,
            "title": row.matter.title,
            "promised_on": row.promised_on.isoformat(),
            "runs_on": row.runs_on.isoformat(),
            "kept": row.kept,
            "missed": row.missed,
            "reopened": hasattr(row, "reopening"),
        }
        for row in found.rows
    ]
    return {"items": items, "next": found.next_cursor or None}


@router.post("/lookbacks", response=PERSON)
def open_lookback(request: OfficeRequest, body: RoundIn) -> Any:
    """Open the round of a year: a person's decision, refused to tokens."""
    actor = scoped(request, "matters:write")
    open_round(year=body.year, percent=body.percent, actor=actor, at=request.now)


@router.put("/lookbacks/{uuid:pk}/share", response=PERSON)
def change_lookback_share(request: OfficeRequest, pk: UUID, body: SharePercentIn) -> Any:
    """Change the random share of an open round: a person's decision, refused to tokens."""
    row = a_round(request, pk)
    change_share(round=row, percent=body.percent, actor=request.actor, at=request.now)


@router.post("/lookbacks/{uuid:pk}/sample", response=PERSON)
def fix_lookback_sample(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Fix the sample: a person's decision, refused to tokens (TR-25)."""
    fix(round=a_round(request, pk), actor=request.actor, at=request.now)


@router.put("/lookback-items/{uuid:pk}/checker", response=PERSON)
def name_lookback_checker(request: OfficeRequest, pk: UUID, body: CheckerIn) -> Any:
    """Name the checker: a person's decision, refused to tokens."""
    row = an_item(request, pk)
    name_checker(item=row, person_id=body.checker_id, actor=request.actor, at=request.now)


@router.post("/lookback-items/{uuid:pk}/check", response=PERSON)
def check_lookback_item(request: OfficeRequest, pk: UUID, body: LookBackIn) -> Any:
    """Write down what was found: the named checker in person, refused to tokens."""
    row = an_item(request, pk)
    record_check(item=row, check=Check(**body.dict()), actor=request.actor, at=request.now)


@router.post("/lookbacks/promises/{uuid:pk}", response=PERSON)
def settle_promise(request: OfficeRequest, pk: UUID, body: OutcomeIn) -> Any:
    """Say what became of a promised date: a person's decision, refused to tokens (S2-77)."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_read(actor))
    row = promises_of(actor.unit_id).filter(pk=pk).first()
    if row is None:
        raise unseen()
    settle(closure=row, **body.dict(), actor=actor, at=request.now)


@router.post("/matters/{uuid:pk}/key-mark", response=PERSON)
def mark_as_key(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Mark a matter as key: a person's decision, refused to tokens (B9)."""
    row = visible(Matter.objects, scoped(request, "matters:write"), pk)
    mark_key(matter=row, reason=body.reason, actor=request.actor, at=request.now)


@router.post("/matters/{uuid:pk}/key-mark/lifting", response=PERSON)
def lift_key_mark(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Lift the mark, with the reason: a person's decision, refused to tokens (B9)."""
    row = visible(Matter.objects, scoped(request, "matters:write"), pk)
    lift_key(matter=row, reason=body.reason, actor=request.actor, at=request.now)
