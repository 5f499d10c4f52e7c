"""Reports by API: list, read, send. Reviewing is a person's decision and refuses tokens."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from luoshi.foundation.core.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor, Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.supervision.matters.api import shaping
from luoshi.supervision.matters.api.schemas import (
    KEY,
    WRITE,
    Decision,
    Key,
    ReportIn,
    ReportOut,
    Reports,
)
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.report import reporting, reviewing
from luoshi.supervision.matters.enums import ReportState
from luoshi.supervision.matters.models import Assignment, Report

router = Router(tags=["reports"])


@router.get("/reports", response={200: Reports} | READ)
def list_reports(
    request: OfficeRequest,
    waiting: bool = False,
    cursor: Cursor = "",
    limit: int = Query(50, ge=1, le=100),
) -> Any:
    """Sent reports in sight, the latest first; `waiting` keeps those still in review."""
    actor = scoped(request, "reports:read")
    rows = Report.objects.visible_to(actor).exclude(state=ReportState.DRAFT)
    if waiting:
        rows = rows.filter(state=ReportState.SUBMITTED)
    rows = rows.select_related("review").prefetch_related("figures")
    found = page(rows, order=("-submitted_at", "id"), cursor=cursor, size=limit)
    items = [shaping.report(row) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.get("/reports/{uuid:pk}", response={200: ReportOut} | READ)
def read_report(request: OfficeRequest, pk: UUID) -> Any:
    """One report with figures and review."""
    actor = scoped(request, "reports:read")
    rows = Report.objects.select_related("review").prefetch_related("figures")
    return shaping.report(visible(rows, actor, pk))


@router.post("/assignments/{uuid:pk}/reports", response={201: ReportOut} | WRITE)
def send_report(request: OfficeRequest, pk: UUID, body: ReportIn, key: Key = KEY) -> Any:
    """Send a report that fulfils one or more duties."""
    actor = scoped(request, "reports:write")
    row = visible(Assignment.objects.select_related("matter"), actor, pk)
    words = reporting.Words(
        progress=body.progress,
        state_change=body.state_change,
        problems=body.problems,
        next_steps=body.next_steps,
        summary=body.summary,
        late_reason=body.late_reason,
        figures=[reporting.Figure(f.name, f.value, f.measure) for f in body.figures],
    )

    def act() -> tuple[int, Any]:
        sent = reporting.submit(
            assignment=row, duty_ids=body.duties, words=words, actor=actor, at=request.now
        )
        return 201, shaping.report(sent)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/reports/{uuid:pk}/review", response={403: Problem} | WRITE)
def review_report(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Review: a person's decision, refused to tokens."""
    actor = scoped(request, "reports:write")
    row = visible(Report.objects.select_related("assignment__matter", "review"), actor, pk)
    reviewing.accept(report=row, remark=body.reason, actor=actor, at=request.now)
