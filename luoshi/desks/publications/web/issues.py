"""Pages of issues: the list, one issue with its items, its steps, its paper."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from luoshi.desks.publications import rules
from luoshi.desks.publications.domain.issue.papers import journal_of
from luoshi.desks.publications.domain.issue.planning import date_issue
from luoshi.desks.publications.domain.issue.producing import back, forward
from luoshi.desks.publications.domain.item.ordering import move
from luoshi.desks.publications.domain.queries.listing import ISSUE_ORDER, issues
from luoshi.desks.publications.domain.queries.narrowing import Filters, years
from luoshi.desks.publications.enums import BACK, FORWARD, ItemState, Kind, Production
from luoshi.desks.publications.models import Issue, Item
from luoshi.desks.publications.web import showing
from luoshi.foundation.attachments.domain.storing import stored_path
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_date, a_key, text
from luoshi.foundation.typesetting.rendering import render as typeset
from luoshi.supervision.matters.domain.queries.showing import history_of


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """Issues as the address narrows them."""
    ensure(rules.may_see(request.actor))
    filters = Filters.of(request.GET)
    rows = issues(request.actor, filters)
    found = page(rows, order=ISSUE_ORDER, cursor=request.GET.get("cursor", ""))
    showing.dress(found.rows, request.now)
    context = {
        "page": found,
        "filters": filters,
        "publications": showing.publications(request),
        "kinds": Kind.choices,
        "states": Production.choices,
        "years": years(request),
    }
    return render(request, "publications/issues.html", context)


def an_issue(request: OfficeRequest, pk: UUID) -> Issue:
    """The issue in the reader's sight."""
    rows = Issue.objects.select_related("publication", "office", "paper__file")
    found: Issue = showing.seen(request, rows, pk)
    return found


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One issue."""
    return shown(request, an_issue(request, pk))


def shown(request: OfficeRequest, row: Issue, refusal: Any = None, form: str = "") -> HttpResponse:
    """The issue's page: where it is, its items in order, its steps; with what was refused."""
    showing.dress([row], request.now)
    items = list(row.items.defer("text").order_by("place", "pk"))
    printed = [one for one in items if one.state != ItemState.LEFT_OUT]
    state = Production(row.state)
    context = {
        "row": row,
        "items": items,
        "printed": len(printed),
        "characters": sum(one.characters for one in printed),
        "steps": list(row.steps.order_by("at", "pk")),
        "next": FORWARD[state].label if state in FORWARD else "",
        "before": BACK[state].label if state in BACK else "",
        "history": history_of("publications.issue", row.pk),
        "may_move": bool(rules.may_move(request.actor, row)),
        "may_fill": bool(rules.may_fill(request.actor, row)),
        "refusal": refusal,
        "form": form,
        "values": request.POST if refusal else {},
    }
    status = refusal.status if refusal else 200
    return render(request, "publications/issue.html", context, status=status)


@require_POST
def date(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Another planned day."""
    row = an_issue(request, pk)
    try:
        day = a_date(request.POST.get("planned_on", ""), "planned_on")
        date_issue(issue=row, planned_on=day, actor=request.actor, at=request.now)
    except (Invalid, Refused) as wrong:
        return shown(request, row, wrong, "date")
    return redirect("publications:issue", row.pk)


@require_POST
def step(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Forward, or back with a reason."""
    row, seen = an_issue(request, pk), text(request.POST, "seen")
    try:
        if request.POST.get("act") == "back":
            reason = text(request.POST, "reason")
            back(issue=row, seen=seen, reason=reason, actor=request.actor, at=request.now)
        else:
            forward(issue=row, seen=seen, actor=request.actor, at=request.now)
    except (Invalid, Refused) as wrong:
        return shown(request, an_issue(request, pk), wrong, "step")
    return redirect("publications:issue", row.pk)


@require_POST
def order(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One item up or down."""
    row = an_issue(request, pk)
    key = a_key(request.POST.get("item", ""))
    item = Item.objects.visible_to(request.actor).filter(issue=row, pk=key).first()
    if item is not None:
        up = request.POST.get("way") == "up"
        move(issue=row, item=item, up=up, actor=request.actor, at=request.now)
    else:
        ensure(rules.may_fill(request.actor, row))
    return redirect("publications:issue", row.pk)


@require_safe
def paper(request: OfficeRequest, pk: UUID) -> HttpResponseBase:
    """The frozen paper once it is out, before that a proof."""
    row = an_issue(request, pk)
    if row.paper is not None:
        stream = stored_path(row.paper.file.sha256).open("rb")
        return FileResponse(stream, content_type="application/pdf", filename=row.paper.name)
    body = typeset(journal_of(row, None), site_fonts=settings.FONTS)
    return HttpResponse(body, content_type="application/pdf")
