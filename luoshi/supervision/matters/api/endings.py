"""Corrections, composed reports, measures, conclusions and the archive by API. Signing and
archiving are a person's acts and refuse tokens."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Status

from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor, Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.supervision.matters.api import report_shaping, shaping
from luoshi.supervision.matters.api.report_schemas import Archivings, ConclusionOut, MeasuresOut
from luoshi.supervision.matters.api.reports import words_of
from luoshi.supervision.matters.api.schemas import (
    KEY,
    WRITE,
    CorrectionIn,
    Decision,
    Key,
    MeasuresIn,
    ReportOut,
    SourcesIn,
)
from luoshi.supervision.matters.domain.matter.archiving import archive
from luoshi.supervision.matters.domain.matter.measuring import AskedFigure, set_measures
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.report.composing import compose
from luoshi.supervision.matters.domain.report.correcting import correct
from luoshi.supervision.matters.domain.report.signing_off import sign
from luoshi.supervision.matters.enums import Retention
from luoshi.supervision.matters.models import (
    Archiving,
    Assignment,
    ConclusionReport,
    Matter,
    Report,
)

router = Router(tags=["reports"])


@router.post("/reports/{uuid:pk}/corrections", response={201: ReportOut} | WRITE)
def correct_report(request: OfficeRequest, pk: UUID, body: CorrectionIn, key: Key = KEY) -> Any:
    """Correct an accepted report of one's own unit."""
    actor = scoped(request, "reports:write")
    row = visible(Report.objects.select_related("assignment__matter"), actor, pk)
    words = words_of(body)

    def act() -> tuple[int, Any]:
        made = correct(report=row, words=words, reason=body.reason, actor=actor, at=request.now)
        return 201, shaping.report(made)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/assignments/{uuid:pk}/roll-up", response={201: ReportOut} | WRITE)
def compose_report(request: OfficeRequest, pk: UUID, body: SourcesIn, key: Key = KEY) -> Any:
    """Put accepted reports of units below into the share's draft."""
    actor = scoped(request, "reports:write")
    row = visible(Assignment.objects.select_related("matter", "unit"), actor, pk)

    def act() -> tuple[int, Any]:
        made = compose(assignment=row, source_ids=body.sources, actor=actor, at=request.now)
        return 201, shaping.report(made)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/reports/{uuid:pk}/signing", response={403: Problem} | WRITE)
def sign_report(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Sign: an act of the unit's principal in person, refused to tokens."""
    actor = scoped(request, "reports:write")
    row = visible(Report.objects.select_related("assignment__matter"), actor, pk)
    sign(report=row, late_reason=body.reason, actor=actor, at=request.now)


@router.get("/matters/{uuid:pk}/measures", response={200: MeasuresOut} | READ)
def read_measures(request: OfficeRequest, pk: UUID) -> Any:
    """The figures a matter asks for, its least grade of evidence, and the one that counts."""
    actor = scoped(request, "matters:read")
    return report_shaping.measures(visible(Matter.objects, actor, pk))


@router.put("/matters/{uuid:pk}/measures", response={204: None} | WRITE)
def measure_matter(request: OfficeRequest, pk: UUID, body: MeasuresIn) -> Any:
    """Set the figures a matter asks for and its least grade of evidence; the same body twice
    changes nothing."""
    actor = scoped(request, "matters:write")
    row = visible(Matter.objects, actor, pk)
    set_measures(
        matter=row,
        figures=[AskedFigure(f.name, f.measure, f.target) for f in body.figures],
        least_evidence=body.least_evidence,
        actor=actor,
        at=request.now,
    )
    return Status(204, None)


@router.get("/matters/{uuid:pk}/conclusion", response={200: ConclusionOut} | READ)
def read_conclusion(request: OfficeRequest, pk: UUID) -> Any:
    """What the conclusion report says; 404 while the matter is not concluded."""
    actor = scoped(request, "matters:read")
    row = visible(Matter.objects, actor, pk)
    found = ConclusionReport.objects.in_force(row)
    if found is None:
        raise NotVisible(_("This matter is not concluded yet."), code="not-visible")
    return report_shaping.conclusion(found)


@router.post("/matters/{uuid:pk}/archiving", response={403: Problem} | WRITE)
def archive_matter(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Archive: a person's act, refused to tokens."""
    actor = scoped(request, "matters:write")
    row = visible(Matter.objects, actor, pk)
    archive(matter=row, retention=Retention.THIRTY, remark=body.reason, actor=actor, at=request.now)


@router.get("/archive", response={200: Archivings} | READ)
def list_archive(
    request: OfficeRequest, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """Archived matters in sight, the latest first."""
    actor = scoped(request, "matters:read")
    rows = Archiving.objects.in_force().visible_to(actor).select_related("matter")
    found = page(rows, order=("-archived_at", "id"), cursor=cursor, size=limit)
    items = [shaping.archiving(row) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}
