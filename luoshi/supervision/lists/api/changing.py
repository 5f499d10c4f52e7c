"""A drafted points list and its summaries by API: change the head and points, write a summary.
Agreeing, signing and sending are a person's decisions; the routes exist and refuse tokens."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Schema, Status
from pydantic import Field

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.web.problems import READ, Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.queries.names import unit_by_name
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.supervision.lists import rules
from luoshi.supervision.lists.api.lists import ListOut, found, router, whole
from luoshi.supervision.lists.domain import agreeing, copying, drafting, issuing
from luoshi.supervision.lists.domain.pasting import point_of, read_points
from luoshi.supervision.lists.domain.summing_up import SummaryWords, save_summary, send_summary
from luoshi.supervision.lists.models import ListPoint, ListSummary, SupervisionPointsList
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Decision, Given, Key, Line, LongText
from luoshi.supervision.matters.api.shaping import instant
from luoshi.supervision.matters.domain.queries.fetching import visible

PERSON = {403: Problem} | WRITE
KEPT = (
    *("period", "legal_basis", "reports_to", "state", "text", "problems", "next_steps"),
    *("figures", "revision", "late_amount", "late_reason", "trace"),
)


class ListHeadIn(Given):
    """The head of a drafted list; `joint_office` by name; `revision` is the one that was read."""

    year: int = Field(ge=2000, le=2090)
    title: Line
    reference: Line = ""
    method: LongText = ""
    purpose: LongText = ""
    joint_office: Line = ""
    revision: int = Field(ge=0, le=2_000_000_000)


class ListPointIn(Given):
    """One point: text, lead unit, joint units separated by 、, limit in words."""

    text: LongText
    lead: Line = ""
    joint: Line = ""
    limit: Line = ""


class KeptOtherwise(Given):
    """A point of last year with another text, or dropped with its reason."""

    point_id: UUID
    text: LongText = ""
    dropped: bool = False
    reason: Line = ""


class CopyIn(Given):
    """Next year's list from this one: what is not named is kept as it is; `added` are lines as in
    adding points."""

    year: int = Field(ge=2000, le=2090)
    title: Line
    reference: Line = ""
    method: LongText = ""
    purpose: LongText = ""
    points: list[KeptOtherwise] = Field(default_factory=list, max_length=300)
    added: list[Line] = Field(default_factory=list, max_length=200)


class EarlierIn(Given):
    """The day a list of an earlier year was issued."""

    issued_on: date


class ListSummaryOut(Schema):
    """A mid-year or year-end summary with its limit; `trace` explains it."""

    id: UUID
    period: str
    rule: str
    legal_basis: str
    reports_to: str
    due_at: datetime
    light: str
    state: str
    text: str
    problems: str
    next_steps: str
    figures: dict[str, int]
    revision: int
    sent_at: datetime | None
    sent_by: str
    late_amount: int | None
    late_reason: str
    trace: dict[str, Any]


class ListSummaries(Schema):
    """The summaries of a list in order of their limit."""

    items: list[ListSummaryOut]


class ListSummaryIn(Given):
    """The words of a summary; `revision` is the one that was read."""

    text: LongText
    problems: LongText = ""
    next_steps: LongText = ""
    late_reason: Line = ""
    revision: int = Field(0, ge=0, le=2_000_000_000)


def unseen() -> NotVisible:
    """Nothing of that kind in the token's sight."""
    return NotVisible(_("Not found, or outside your scope."), code="not-visible")


def shaped(row: ListSummary, at: datetime) -> dict[str, Any]:
    """A summary as a JSON object."""
    return {name: getattr(row, name) for name in KEPT} | {
        "id": str(row.pk),
        "rule": row.rule_code,
        "due_at": instant(row.due_at),
        "light": row.light(at).value,
        "sent_at": instant(row.sent_at),
        "sent_by": row.sent_by_name,
    }


def a_point(request: OfficeRequest, pk: UUID) -> ListPoint:
    """A point of a list in the token's sight, for whoever may see the whole list."""
    actor = scoped(request, "matters:write")
    row = ListPoint.objects.select_related("points_list").filter(pk=pk).first()
    if row is None:
        raise unseen()
    visible(SupervisionPointsList.objects, actor, row.points_list_id)
    ensure(rules.may_edit(actor, row.points_list))
    return row


def a_summary(request: OfficeRequest, pk: UUID, scope: str) -> ListSummary:
    """A summary of a list in the token's sight."""
    actor = scoped(request, scope)
    row = ListSummary.objects.select_related("points_list__office").filter(pk=pk).first()
    if row is None:
        raise unseen()
    visible(SupervisionPointsList.objects, actor, row.points_list_id)
    ensure(rules.may_see_all_points(actor))
    return row


@router.put("/points-lists/{uuid:pk}", response={200: ListOut} | WRITE)
def change_points_list(request: OfficeRequest, pk: UUID, body: ListHeadIn) -> Any:
    """Change the head of a drafted list."""
    row = found(request, pk, "matters:write")
    joint = unit_by_name(body.joint_office.strip()) if body.joint_office.strip() else None
    if body.joint_office.strip() and joint is None:
        text = _("No unit is called “%(name)s”.") % {"name": body.joint_office[:40]}
        raise Invalid(_("Not saved."), {"joint_office": [text]})
    head = drafting.Head(
        body.year, body.title, body.reference, body.method, body.purpose, joint_office=joint
    )
    drafting.edit_list(
        points_list=row, head=head, revision=body.revision, actor=request.actor, at=request.now
    )
    return whole(found(request, pk, "matters:write"), request)


@router.put("/list-points/{uuid:pk}", response={200: ListOut} | WRITE)
def change_list_point(request: OfficeRequest, pk: UUID, body: ListPointIn) -> Any:
    """Change a point of a drafted list."""
    row = a_point(request, pk)
    typed, errors = point_of((body.text, body.lead, body.joint, body.limit), _("This point"))
    if typed is None or errors:
        raise Invalid(_("Not saved."), {"text": errors})
    drafting.edit_point(point=row, typed=typed, actor=request.actor, at=request.now)
    return whole(found(request, row.points_list_id, "matters:write"), request)


@router.delete("/list-points/{uuid:pk}", response={200: ListOut} | WRITE)
def remove_list_point(request: OfficeRequest, pk: UUID) -> Any:
    """Take a point off a drafted list; those behind it move up."""
    row = a_point(request, pk)
    key = row.points_list_id
    drafting.remove_point(point=row, actor=request.actor, at=request.now)
    return whole(found(request, key, "matters:write"), request)


@router.post("/points-lists/{uuid:pk}/entry", response={200: ListOut} | WRITE)
def enter_earlier_list(request: OfficeRequest, pk: UUID, body: EarlierIn) -> Any:
    """Write down a list of an earlier year, so that this year's can be copied from it."""
    row = found(request, pk, "matters:write")
    issuing.enter_earlier(
        points_list=row, issued_on=body.issued_on, actor=request.actor, at=request.now
    )
    return whole(found(request, pk, "matters:write"), request)


@router.post("/points-lists/{uuid:pk}/copy", response={201: ListOut} | WRITE)
def copy_points_list(request: OfficeRequest, pk: UUID, body: CopyIn, key: Key = KEY) -> Any:
    """Draft the list of a later year from this one; a dropped point needs its reason (S2-95)."""
    last = found(request, pk, "matters:write")
    ensure(rules.may_start(request.actor))
    ensure(rules.may_see_all_points(request.actor))
    head = drafting.Head(body.year, body.title, body.reference, body.method, body.purpose)
    choices = {
        one.point_id: copying.Choice(keep=not one.dropped, text=one.text, reason=one.reason)
        for one in body.points
    }
    lines = "\n".join(line.replace("\n", " ") for line in body.added)
    added = read_points(lines) if lines.strip() else []

    def act() -> tuple[int, Any]:
        made = copying.copy_list(
            last=last,
            head=head,
            choices=choices,
            added=added,
            actor=request.actor,
            at=request.now,
        )
        return 201, whole(made, request)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=request.actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/points-lists/{uuid:pk}/agreement", response=PERSON)
def agree_points_list(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Agree to the joint issue: a person of the second office, refused to tokens."""
    row = found(request, pk, "matters:write")
    agreeing.agree(points_list=row, revision=row.revision, actor=request.actor, at=request.now)


@router.get("/points-lists/{uuid:pk}/summaries", response={200: ListSummaries} | READ)
def list_summaries(request: OfficeRequest, pk: UUID) -> Any:
    """The mid-year and the year-end summary the issuing office owes (TR-05)."""
    row = found(request, pk, "matters:read")
    ensure(rules.may_see_all_points(request.actor))
    rows = row.summaries.order_by("due_at")
    return {"items": [shaped(one, request.now) for one in rows]}


@router.put("/list-summaries/{uuid:pk}", response={200: ListSummaryOut} | WRITE)
def write_summary(request: OfficeRequest, pk: UUID, body: ListSummaryIn) -> Any:
    """Save the draft of a summary."""
    row = a_summary(request, pk, "matters:write")
    saved = save_summary(
        summary=row,
        words=words_of(body),
        revision=body.revision,
        actor=request.actor,
        at=request.now,
    )
    return shaped(saved, request.now)


@router.post("/list-summaries/{uuid:pk}/sending", response=PERSON)
def sign_summary(request: OfficeRequest, pk: UUID, body: ListSummaryIn) -> Any:
    """Sign and send: the secretary-general in person, refused to tokens (R-SUP-6)."""
    row = a_summary(request, pk, "matters:write")
    send_summary(summary=row, words=words_of(body), actor=request.actor, at=request.now)


def words_of(body: ListSummaryIn) -> SummaryWords:
    """The body's words."""
    return SummaryWords(body.text, body.problems, body.next_steps, body.late_reason)
