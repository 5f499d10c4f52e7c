"""Stops and objections by API, and what is taken back: lists with the ids the acts need. Asking,
answering, resuming and giving back are a person's and refuse tokens; a token of the unit takes its
own undecided request for a later limit back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Schema, Status

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.web.problems import READ
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.supervision.matters.api import shaping
from luoshi.supervision.matters.api.changes import PERSON, matter_of, router, share_of, unit_of
from luoshi.supervision.matters.api.schemas import (
    KEY,
    Decision,
    ExtensionOut,
    Given,
    Key,
    Line,
    LongText,
    ReportOut,
    UnitOut,
)
from luoshi.supervision.matters.domain.duty import extending
from luoshi.supervision.matters.domain.matter import stopping
from luoshi.supervision.matters.domain.queries.changing import changes_of
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.report import signing_off
from luoshi.supervision.matters.domain.share import objecting
from luoshi.supervision.matters.models import (
    Assignment,
    ClockStop,
    Extension,
    Matter,
    Objection,
    Report,
)
from luoshi.supervision.matters.rules import may_answer_objection


class StopAnswerIn(Given):
    """Granted or refused; a refusal needs its reason."""

    granted: bool
    reason: LongText = ""


class ObjectionAnswerIn(Given):
    """Upheld: the share goes to `unit` (by code). Rejected: the reason, which the unit reads."""

    upheld: bool
    unit: Line = ""
    reason: LongText = ""


class StopOut(Schema):
    """One stop of the clock; without `unit` the whole matter stands still."""

    id: UUID
    unit: UnitOut | None
    state: str
    reason: str
    asked_by: str
    asked_at: datetime
    decided_by: str
    answer: str
    stopped_at: datetime | None
    resumed_at: datetime | None
    resumed_why: str


class Stops(Schema):
    """The stops of a matter, the latest first."""

    items: list[StopOut]


class ObjectionOut(Schema):
    """A unit's objection to its share, with the office's answer."""

    id: UUID
    assignment_id: UUID
    unit: UnitOut
    reason: str
    suggestion: str
    raised_by: str
    raised_at: datetime
    state: str
    answer: str
    answered_by: str
    answered_at: datetime | None


class Objections(Schema):
    """The objections in sight, the latest first."""

    items: list[ObjectionOut]


def a_stop(request: OfficeRequest, pk: UUID) -> ClockStop:
    """A stop of a matter in the token's sight."""
    seen = Matter.objects.visible_to(scoped(request, "matters:write"))
    rows = ClockStop.objects.select_related("matter", "assignment").filter(matter__in=seen)
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return row


def shaped_stop(row: ClockStop) -> dict[str, Any]:
    """A stop."""
    names = ("state", "reason", "answer", "resumed_why")
    return {name: getattr(row, name) for name in names} | {
        "id": str(row.pk),
        "unit": shaping.unit(row.assignment.unit) if row.assignment else None,
        "asked_by": row.asked_by_name,
        "asked_at": shaping.instant(row.asked_at),
        "decided_by": row.decided_by_name,
        "stopped_at": shaping.instant(row.stopped_at),
        "resumed_at": shaping.instant(row.resumed_at),
    }


def shaped_objection(row: Objection) -> dict[str, Any]:
    """An objection."""
    names = ("reason", "suggestion", "state", "answer")
    return {name: getattr(row, name) for name in names} | {
        "id": str(row.pk),
        "assignment_id": str(row.assignment_id),
        "unit": shaping.unit(row.assignment.unit),
        "raised_by": row.raised_by_name,
        "raised_at": shaping.instant(row.raised_at),
        "answered_by": row.answered_by_name,
        "answered_at": shaping.instant(row.answered_at),
    }


@router.get("/matters/{uuid:pk}/stops", response={200: Stops} | READ)
def list_stops(request: OfficeRequest, pk: UUID) -> Any:
    """The stops of a matter's clock as far as the token sees its shares (features row 20)."""
    matter = matter_of(request, pk, "matters:read")
    found = changes_of(matter, request.actor, request.now).stops
    return {"items": [shaped_stop(row) for row in found]}


@router.get("/matters/{uuid:pk}/objections", response={200: Objections} | READ)
def list_objections(request: OfficeRequest, pk: UUID) -> Any:
    """The objections to shares of a matter as far as the token sees them (R-PRO-5)."""
    matter = matter_of(request, pk, "matters:read")
    found = changes_of(matter, request.actor, request.now).objections
    return {"items": [shaped_objection(row) for row in found]}


@router.post("/objections/{uuid:pk}/answer", response=PERSON)
def answer_objection(request: OfficeRequest, pk: UUID, body: ObjectionAnswerIn) -> Any:
    """Uphold (and reassign) or reject an objection: a person's decision, refused to tokens."""
    shares = Assignment.objects.visible_to(scoped(request, "matters:write"))
    rows = Objection.objects.select_related("assignment__matter").filter(assignment__in=shares)
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    ensure(may_answer_objection(request.actor, row))
    given: dict[str, Any] = {"reason": body.reason, "actor": request.actor, "at": request.now}
    if body.upheld:
        objecting.accept(objection=row, unit=unit_of(body.unit, "unit"), **given)
    else:
        objecting.reject(objection=row, **given)


@router.post("/assignments/{uuid:pk}/stops", response=PERSON)
def ask_for_stop(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Ask for one's own share to stand still: a person's act, refused to tokens."""
    share = share_of(request, pk, "reports:write")
    stopping.ask(assignment=share, reason=body.reason, actor=request.actor, at=request.now)


@router.post("/stops/{uuid:pk}/answer", response=PERSON)
def answer_stop(request: OfficeRequest, pk: UUID, body: StopAnswerIn) -> Any:
    """Grant or refuse what a unit asked: a person's decision, refused to tokens."""
    row = a_stop(request, pk)
    stopping.answer(
        stop=row, granted=body.granted, reason=body.reason, actor=request.actor, at=request.now
    )


@router.post("/stops/{uuid:pk}/resumption", response=PERSON)
def resume_clock(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Let the clock run again: a person's decision, refused to tokens."""
    row = a_stop(request, pk)
    stopping.resume(stop=row, reason=body.reason, actor=request.actor, at=request.now)


@router.post("/extensions/{uuid:pk}/withdrawal", response={200: ExtensionOut} | PERSON)
def take_request_back(request: OfficeRequest, pk: UUID, key: Key = KEY) -> Any:
    """Take the unit's own undecided request for a later limit back."""
    actor = scoped(request, "reports:write")
    row = visible(Extension.objects.select_related("duty__assignment__matter"), actor, pk)

    def act() -> tuple[int, Any]:
        done = extending.withdraw_extension(extension=row, actor=actor, at=request.now)
        return 200, shaping.extension(done)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/reports/{uuid:pk}/giving-back", response=PERSON)
def give_report_back(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Give an unsigned report back to its writers: the principal in person, refused to tokens."""
    actor = scoped(request, "reports:write")
    row = visible(Report.objects.select_related("assignment__matter"), actor, pk)
    signing_off.give_back(report=row, words=body.reason, actor=actor, at=request.now)


@router.post("/reports/{uuid:pk}/taking-back", response={200: ReportOut} | PERSON)
def take_report_back(request: OfficeRequest, pk: UUID, key: Key = KEY) -> Any:
    """Take a report back before the principal signed it; it is a draft again."""
    actor = scoped(request, "reports:write")
    row = visible(Report.objects.select_related("assignment__matter"), actor, pk)

    def act() -> tuple[int, Any]:
        return 200, shaping.report(signing_off.take_back(report=row, actor=actor, at=request.now))

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)
