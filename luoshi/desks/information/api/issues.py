"""Numbered bulletins by API: series, issues, items in their order, the paper (S2-52…54). Sending an
issue out is a person's: a token is refused."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from luoshi.desks.information import rules
from luoshi.desks.information.api.acting import LIMIT, book_reader, of_office, once
from luoshi.desks.information.api.issue_schemas import (
    BulletinIssueIn,
    BulletinIssueOut,
    BulletinIssues,
    BulletinSeriesList,
    IssuingIn,
    PlacingIn,
    SeriesIn,
    SeriesOut,
)
from luoshi.desks.information.domain.issues.issuing import digest_of, issue_out, said
from luoshi.desks.information.domain.issues.papers import journal_of
from luoshi.desks.information.domain.issues.putting_together import (
    begin,
    make_series,
    move_up,
    put_in,
    take_out,
)
from luoshi.desks.information.models import BulletinSeries, Issue, Item
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import making_a_file, scoped
from luoshi.foundation.typesetting.rendering import render as typeset
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Key

router = Router(tags=["information"])
SERIES, ISSUES = "/information-series", "/information-issues"
ISSUE = f"{ISSUES}/{{uuid:pk}}"
ORDER = ("-begun_at", "id")
PAPER = {200: {"description": "OK", "content": {"application/pdf": {}}}}


def series_said(row: BulletinSeries) -> dict[str, Any]:
    """A bulletin as a JSON object."""
    names = ("title", "mark", "copies")
    return {name: getattr(row, name) for name in names} | {"id": str(row.pk)}


@router.get(SERIES, response={200: BulletinSeriesList} | READ)
def list_series(request: OfficeRequest) -> Any:
    """The bulletins of the office."""
    actor = book_reader(request)
    rows = BulletinSeries.objects.filter(office_id=actor.unit_id).order_by("title")
    return {"items": [series_said(row) for row in rows]}


@router.post(SERIES, response={201: SeriesOut} | WRITE)
def found_series(request: OfficeRequest, body: SeriesIn, key: Key = KEY) -> Any:
    """A new bulletin of the office."""
    actor = scoped(request, "matters:write")

    def act() -> tuple[int, Any]:
        return 201, series_said(make_series(**body.dict(), actor=actor, at=request.now))

    return once(request, key, act)


def line(row: Any, items: int) -> dict[str, Any]:
    """An issue as a JSON object of the list."""
    names = ("state", "year", "number", "signer")
    return {name: getattr(row, name) for name in names} | {
        "id": str(row.pk),
        "series_id": str(row.series_id),
        "title": row.series.title,
        "items": items,
        "issued_on": row.issued_on.isoformat() if row.issued_on else None,
        "sha256": row.digest,
    }


@router.get(ISSUES, response={200: BulletinIssues} | READ)
def list_bulletin_issues(
    request: OfficeRequest, series: UUID | None = None, cursor: Cursor = "", limit: int = LIMIT
) -> Any:
    """The office's issues, of one bulletin where it is named, the newest first."""
    actor = book_reader(request)
    rows = Issue.objects.filter(series__office_id=actor.unit_id).select_related("series")
    rows = rows.filter(series_id=series) if series else rows
    rows = rows.annotate(held=Count("entries")).defer("content")
    found = page(rows, order=ORDER, cursor=cursor, size=limit)
    items = [line(row, row.held) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


def an_issue(actor: Actor, pk: UUID) -> Issue:
    """An issue of the token's office."""
    rows = Issue.objects.filter(series__office_id=actor.unit_id).select_related("series__office")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


def told(actor: Actor, pk: UUID) -> dict[str, Any]:
    """An issue with its items: what was frozen, or what stands in it now; two queries."""
    row = an_issue(actor, pk)
    contents = row.content.get("items") or [
        said(one.item, place)
        for place, one in enumerate(
            row.entries.select_related("item__unit").order_by("place", "pk"), 1
        )
    ]
    names = ("place", "number", "title", "text", "analysis", "suggestion", "source")
    placed = [{name: one[name] for name in names} | {"item_id": one["item"]} for one in contents]
    return line(row, len(placed)) | {
        "copies": row.content.get("copies", row.series.copies),
        "contents": placed,
        "intact": digest_of(row.content) == row.digest if row.number else None,
    }


@router.get(ISSUE, response={200: BulletinIssueOut} | READ)
def read_bulletin_issue(request: OfficeRequest, pk: UUID) -> Any:
    """One issue with its items."""
    return told(book_reader(request), pk)


@router.get(f"{ISSUE}/paper", response=READ, openapi_extra={"responses": PAPER})
def read_bulletin_paper(request: OfficeRequest, pk: UUID) -> Any:
    """The issue as PDF: what was frozen, or a proof of what is put together."""
    row = an_issue(book_reader(request), pk)
    making_a_file(request)
    body = typeset(journal_of(row), site_fonts=settings.FONTS)
    return HttpResponse(body, content_type="application/pdf")


@router.post(ISSUES, response={201: BulletinIssueOut} | WRITE)
def begin_bulletin_issue(request: OfficeRequest, body: BulletinIssueIn, key: Key = KEY) -> Any:
    """Begin the next issue of a bulletin, or go on with the one that is being put together."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_put_together(actor))

    def act() -> tuple[int, Any]:
        series = of_office(BulletinSeries.objects, actor, body.series_id)
        return 201, told(actor, begin(series=series, actor=actor, at=request.now).pk)

    return once(request, key, act)


@router.post(f"{ISSUE}/items", response={200: BulletinIssueOut} | WRITE)
def place_item(request: OfficeRequest, pk: UUID, body: PlacingIn, key: Key = KEY) -> Any:
    """Place an item in an issue, move it up, or take it out, until the issue is out. One that says
    nearly what another says is refused until somebody says why both go out (features row 60)."""
    actor = book_reader(request, "matters:write")
    row = an_issue(actor, pk)

    def act() -> tuple[int, Any]:
        ensure(rules.may_put_together(actor, row))
        item = Item.objects.visible_to(actor).filter(pk=body.item_id).first()
        if item is None:
            why = _("Choose an item of this office that was accepted.")
            raise Invalid(_("Not placed."), {"item_id": [why]})
        by: dict[str, Any] = {"issue": row, "item": item, "actor": actor, "at": request.now}
        if body.act == "place":
            put_in(despite=body.despite, **by)
        else:
            (move_up if body.act == "up" else take_out)(**by)
        return 200, told(actor, pk)

    return once(request, key, act)


@router.post(f"{ISSUE}/issuing", response={200: BulletinIssueOut} | WRITE)
def send_issue_out(request: OfficeRequest, pk: UUID, body: IssuingIn, key: Key = KEY) -> Any:
    """Number it and freeze it: a person of the desk; a token is refused (S2-52)."""
    actor = book_reader(request, "matters:write")
    row = an_issue(actor, pk)

    def act() -> tuple[int, Any]:
        issue_out(issue=row, **body.dict(), actor=actor, at=request.now)
        return 200, told(actor, pk)

    return once(request, key, act)
