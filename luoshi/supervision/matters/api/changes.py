"""Division and changes by API. Dividing, reassigning and a joint unit's opinion are a token's
business; merging, stopping the clock and objecting are a person's and refuse tokens (answers:
`answers`)."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Router, Status

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.api import shaping
from luoshi.supervision.matters.api.change_schemas import (
    Advice,
    Division,
    MergerIn,
    Opinions,
    ReassignmentIn,
    SimilarMatters,
    StopIn,
    TogetherIn,
    TogetherOut,
)
from luoshi.supervision.matters.api.schemas import (
    KEY,
    READ,
    WRITE,
    AssignmentOut,
    Decision,
    Key,
    Matters,
    Problem,
)
from luoshi.supervision.matters.domain.duty import combining
from luoshi.supervision.matters.domain.matter import (
    decomposing,
    merging,
    registering,
    stopping,
)
from luoshi.supervision.matters.domain.matter.drafting import Plan
from luoshi.supervision.matters.domain.queries.changing import opinions_of
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.queries.similar import similar_to
from luoshi.supervision.matters.domain.share import advising, objecting, reassigning
from luoshi.supervision.matters.domain.share.assigning import Share
from luoshi.supervision.matters.models import Assignment, Matter
from luoshi.supervision.matters.rules import co_owns, may_combine

router = Router(tags=["changes"])
PERSON = {403: Problem} | WRITE


def matter_of(request: OfficeRequest, pk: UUID, scope: str) -> Matter:
    """The matter in the token's sight."""
    rows = Matter.objects.select_related("office", "lead_unit")
    row: Matter = visible(rows, scoped(request, scope), pk)
    return row


def share_of(request: OfficeRequest, pk: UUID, scope: str) -> Assignment:
    """The share in the token's sight."""
    rows = Assignment.objects.select_related("matter__office", "unit")
    row: Assignment = visible(rows, scoped(request, scope), pk)
    return row


def unit_of(code: str, field: str) -> Unit:
    """An active unit by its code."""
    found = Unit.objects.filter(code=code, is_active=True).first()
    if found is None:
        text = _("No unit has the code “%(code)s”.") % {"code": code}
        raise Invalid(_("Not done."), {field: [text]})
    return found


@router.get("/matters/{uuid:pk}/similar", response={200: SimilarMatters} | READ)
def similar_matters(request: OfficeRequest, pk: UUID) -> Any:
    """Matters of the same office that look like this one (R-SUP-1)."""
    matter = matter_of(request, pk, "matters:read")
    found = similar_to(matter) if co_owns(request.actor, matter) else []
    return {
        "items": [
            {
                "id": str(one.matter.pk),
                "number": one.matter.number,
                "title": one.matter.title,
                "percent": one.percent,
                "units": list(one.units),
                "assigned_at": shaping.instant(one.matter.assigned_at),
            }
            for one in found
        ]
    }


@router.get("/matters/{uuid:pk}/parts", response={200: Matters} | READ)
def list_parts(request: OfficeRequest, pk: UUID) -> Any:
    """The sub-matters in sight, in the order of their numbers."""
    matter = matter_of(request, pk, "matters:read")
    rows = Matter.objects.visible_to(request.actor).filter(parent=matter).order_by("part_number")
    rows = rows.select_related("lead_unit", "office")[:200]
    return {"items": [shaping.matter_line(row, request.now) for row in rows], "next": None}


@router.post("/matters/{uuid:pk}/parts", response={201: Matters} | WRITE)
def divide_matter(request: OfficeRequest, pk: UUID, body: Division, key: Key = KEY) -> Any:
    """Divide into sub-matters, each assigned at once where units are named."""
    matter = matter_of(request, pk, "matters:write")
    parts = [
        decomposing.SubMatter(
            Plan(
                title=part.title,
                content=part.content,
                method=part.method,
                purpose=part.purpose,
                end_on=part.end_on,
            ),
            [Share(unit_of(s.unit, "parts"), s.part, s.task) for s in part.shares],
        )
        for part in body.parts
    ]

    def act() -> tuple[int, Any]:
        made = decomposing.decompose(
            matter=matter, parts=parts, actor=request.actor, at=request.now
        )
        return 201, {"items": [shaping.matter_line(r, request.now) for r in made], "next": None}

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=request.actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/assignments/{uuid:pk}/reassignment", response={201: AssignmentOut} | WRITE)
def reassign_share(request: OfficeRequest, pk: UUID, body: ReassignmentIn, key: Key = KEY) -> Any:
    """Give a share to another unit, named by code."""
    share = share_of(request, pk, "matters:write")
    unit = unit_of(body.unit, "unit")

    def act() -> tuple[int, Any]:
        new = reassigning.reassign(
            assignment=share, unit=unit, reason=body.reason, actor=request.actor, at=request.now
        )
        return 201, shaping.share(new, request.now)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=request.actor, at=request.now, act=act
    )
    return Status(*answer)


@router.get("/matters/{uuid:pk}/opinions", response={200: Opinions} | READ)
def list_opinions(request: OfficeRequest, pk: UUID) -> Any:
    """Opinions to the lead unit: the offices and the lead read all, a joint unit its own."""
    matter = matter_of(request, pk, "matters:read")
    rows = opinions_of(matter, request.actor, owns=co_owns(request.actor, matter))
    return {"items": [shaping.opinion(row) for row in rows]}


@router.post("/assignments/{uuid:pk}/opinions", response={201: Opinions} | WRITE)
def give_opinion(request: OfficeRequest, pk: UUID, body: Advice, key: Key = KEY) -> Any:
    """A joint unit gives its opinion to the lead unit (R-PRO-5)."""
    share = share_of(request, pk, "reports:write")

    def act() -> tuple[int, Any]:
        row = advising.advise(assignment=share, text=body.text, actor=request.actor, at=request.now)
        return 201, {"items": [shaping.opinion(row)]}

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=request.actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/matters/{uuid:pk}/refusal", response=PERSON)
def refuse_registration(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Refuse a proposal: a person's decision, refused to tokens."""
    matter = matter_of(request, pk, "matters:write")
    registering.refuse_registration(
        matter=matter, reason=body.reason, actor=request.actor, at=request.now
    )


@router.post("/matters/{uuid:pk}/merger", response=PERSON)
def merge_matter(request: OfficeRequest, pk: UUID, body: MergerIn) -> Any:
    """Merge into another matter: a person's decision, refused to tokens."""
    matter = matter_of(request, pk, "matters:write")
    into = matter_of(request, body.into, "matters:write")
    merging.merge(
        absorbed=matter, into=into, reason=body.reason, actor=request.actor, at=request.now
    )


@router.post("/matters/{uuid:pk}/quarterly", response={201: TogetherOut} | WRITE)
def ask_within_quarterly(request: OfficeRequest, pk: UUID, body: TogetherIn, key: Key = KEY) -> Any:
    """Ask the matter's recurring reports within the quarterly report (B6); before assigning."""
    matter = matter_of(request, pk, "matters:write")
    ensure(may_combine(request.actor, matter))

    def act() -> tuple[int, Any]:
        row = combining.ask_within_quarterly(
            matter=matter, reason=body.reason, actor=request.actor, at=request.now
        )
        given = {"titles": row.titles, "into": row.into_code, "saved": row.saved}
        return 201, given | {"reason": row.reason}

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=request.actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/matters/{uuid:pk}/stops", response=PERSON)
def stop_clock(request: OfficeRequest, pk: UUID, body: StopIn) -> Any:
    """Stop the clock: a person's decision, refused to tokens."""
    matter = matter_of(request, pk, "matters:write")
    share = matter.assignments.filter(pk=body.assignment).first() if body.assignment else None
    stopping.stop(
        matter=matter, assignment=share, reason=body.reason, actor=request.actor, at=request.now
    )


@router.post("/assignments/{uuid:pk}/objection", response=PERSON)
def object_to_assignment(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Object to an assignment: a person's act, refused to tokens."""
    share = share_of(request, pk, "reports:write")
    objecting.object_to(assignment=share, reason=body.reason, actor=request.actor, at=request.now)
