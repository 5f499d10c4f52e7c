"""Founding a publication and planning its issues by API, their order and their paper (S2-27,
S2-28)."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from ninja import Status

from luoshi.desks.publications.api import shaping
from luoshi.desks.publications.api.publications import an_issue, chosen, reader, router
from luoshi.desks.publications.api.schemas import (
    FoundingIn,
    IssueDateIn,
    IssueOrderIn,
    IssueOut,
    IssuePlanIn,
    PublicationOut,
)
from luoshi.desks.publications.domain.founding import Founding, found
from luoshi.desks.publications.domain.issue.papers import journal_of
from luoshi.desks.publications.domain.issue.planning import date_issue, plan
from luoshi.desks.publications.domain.item.ordering import move
from luoshi.desks.publications.domain.queries.listing import publications
from luoshi.desks.publications.models import Item, Publication
from luoshi.foundation.attachments.domain.storing import stored_path
from luoshi.foundation.core.web.problems import READ
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import making_a_file
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.foundation.typesetting.rendering import render as typeset
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Key
from luoshi.supervision.matters.domain.queries.fetching import visible

ISSUE = "/publications/issues/{uuid:pk}"
PAPER = {200: {"description": "OK", "content": {"application/pdf": {}}}}


@router.post("/publications", response={201: PublicationOut} | WRITE)
def found_publication(request: OfficeRequest, body: FoundingIn, key: Key = KEY) -> Any:
    """Found a journal, a series of historical materials, a book."""
    actor = reader(request, "matters:write")

    def act() -> tuple[int, Any]:
        last = "" if body.last_number is None else str(body.last_number)
        founding = Founding(**(body.dict() | {"last_number": last}))
        made = found(founding, actor=actor, at=request.now)
        return 201, shaping.publication(publications(actor).get(pk=made.pk))

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/publications/{uuid:pk}/issues", response={201: IssueOut} | WRITE)
def plan_issue(request: OfficeRequest, pk: UUID, body: IssuePlanIn, key: Key = KEY) -> Any:
    """Plan the next issue under a number that is never given twice."""
    actor = reader(request, "matters:write")
    row = visible(Publication.objects, actor, pk)

    def act() -> tuple[int, Any]:
        made = plan(publication=row, **body.dict(), actor=actor, at=request.now)
        return 201, shaping.issue(an_issue(actor, made.pk), request.now)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.put(f"{ISSUE}/date", response={200: IssueOut} | WRITE)
def set_issue_date(request: OfficeRequest, pk: UUID, body: IssueDateIn) -> Any:
    """Another day it is to be out; null = none."""
    actor = reader(request, "matters:write")
    row = an_issue(actor, pk)
    date_issue(issue=row, planned_on=body.planned_on, actor=actor, at=request.now)
    return shaping.issue(an_issue(actor, pk), request.now)


@router.post(f"{ISSUE}/order", response={200: IssueOut} | WRITE)
def order_items(request: OfficeRequest, pk: UUID, body: IssueOrderIn, key: Key = KEY) -> Any:
    """One item of the issue changes places with its neighbour; at the end nothing happens."""
    actor = reader(request, "matters:write")
    row = an_issue(actor, pk)

    def act() -> tuple[int, Any]:
        item = chosen(Item.objects.filter(issue=row), actor, body.item, "item")
        move(issue=row, item=item, up=body.way == "up", actor=actor, at=request.now)
        return 200, shaping.issue(an_issue(actor, pk), request.now)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.get(f"{ISSUE}/paper", response=READ, openapi_extra={"responses": PAPER})
def read_paper(request: OfficeRequest, pk: UUID) -> Any:
    """The issue as PDF: the frozen paper once it is out, before that a proof (S2-28)."""
    row = an_issue(reader(request, "matters:read"), pk)
    if row.paper is None:
        making_a_file(request)
        body = typeset(journal_of(row, None), site_fonts=settings.FONTS)
    else:
        body = stored_path(row.paper.file.sha256).read_bytes()
    return HttpResponse(body, content_type="application/pdf")
