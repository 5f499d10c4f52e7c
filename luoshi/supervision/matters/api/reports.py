"""Reports by API: list, read, send. Reviewing is a person's decision and refuses tokens."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor, Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.supervision.matters.api import report_shaping, shaping
from luoshi.supervision.matters.api.report_schemas import DraftIn, DraftOut, SourcesOut
from luoshi.supervision.matters.api.schemas import (
    KEY,
    WRITE,
    Decision,
    Key,
    ReportIn,
    ReportOut,
    Reports,
    WordsIn,
)
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.report import composing, reporting, reviewing
from luoshi.supervision.matters.enums import REPORT_UNSENT, ReportState
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
    rows = Report.objects.visible_to(actor).exclude(state__in=REPORT_UNSENT)
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


@router.get("/reports/{uuid:pk}/sources", response={200: SourcesOut} | READ)
def read_sources(request: OfficeRequest, pk: UUID) -> Any:
    """Where a composed report's figures come from, and what the units below say by now; empty for
    a report that was not composed."""
    actor = scoped(request, "reports:read")
    found = visible(Report.objects.prefetch_related("figures"), actor, pk)
    return {"items": report_shaping.sources(composing.sums_of(found))}


@router.put("/assignments/{uuid:pk}/draft", response={200: DraftOut} | WRITE)
def save_report_draft(request: OfficeRequest, pk: UUID, body: DraftIn) -> Any:
    """Save the share's one draft and learn what it still lacks; a revision somebody else has gone
    on from is refused."""
    actor = scoped(request, "reports:write")
    row = visible(Assignment.objects.select_related("matter"), actor, pk)
    saved = reporting.save_draft(
        assignment=row, words=words_of(body), revision=body.revision, actor=actor, at=request.now
    )
    return report_shaping.draft(saved)


@router.post("/assignments/{uuid:pk}/reports", response={201: ReportOut} | WRITE)
def send_report(request: OfficeRequest, pk: UUID, body: ReportIn, key: Key = KEY) -> Any:
    """Send a report that fulfils one or more duties."""
    actor = scoped(request, "reports:write")
    row = visible(Assignment.objects.select_related("matter"), actor, pk)
    words = words_of(body)

    def act() -> tuple[int, Any]:
        sent = reporting.submit(
            assignment=row,
            duty_ids=body.duties,
            words=words,
            actor=actor,
            at=request.now,
            revision=body.revision,
        )
        return 201, shaping.report(sent)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


def words_of(body: WordsIn) -> reporting.Words:
    """What a body says."""
    return reporting.Words(
        progress=body.progress,
        state_change=body.state_change,
        problems=body.problems,
        next_steps=body.next_steps,
        summary=body.summary,
        late_reason=body.late_reason,
        signed_by_principal=body.signed_by_principal,
        figures=[reporting.Figure(f.name, f.value, f.measure) for f in body.figures],
        percent=body.percent,
        hours=body.hours,
    )


@router.post("/reports/{uuid:pk}/review", response={403: Problem} | WRITE)
def review_report(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Review: a person's decision, refused to tokens."""
    actor = scoped(request, "reports:write")
    row = visible(Report.objects.select_related("assignment__matter", "review"), actor, pk)
    reviewing.accept(report=row, remark=body.reason, actor=actor, at=request.now)
