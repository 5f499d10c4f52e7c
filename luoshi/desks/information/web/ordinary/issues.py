"""Bulletins: the series and their issues, one issue, its items, its paper."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.desks.information import rules
from luoshi.desks.information.domain.issues.issuing import digest_of, issue_out
from luoshi.desks.information.domain.issues.papers import journal_of
from luoshi.desks.information.domain.issues.putting_together import (
    begin,
    make_series,
    move_up,
    put_in,
    take_out,
)
from luoshi.desks.information.enums import ITEM_GOOD
from luoshi.desks.information.models import BulletinSeries, Issue, Item
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible, Refused
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key, text, typed
from luoshi.foundation.typesetting.rendering import render as typeset

ORDER = ("-begun_at", "id")
SERIES = ("title", "mark", "copies")
OFFERED = 50
ACTS = {"up": move_up, "out": take_out}


def an_issue(request: OfficeRequest, pk: UUID) -> Issue:
    """An issue the reader may open: of the own office, or of one whose book has the reader's items
    in it once it is out."""
    rows = Issue.objects.select_related("series__office").filter(pk=pk)
    found = rows.first()
    own = found is not None and found.series.office_id == request.actor.unit_id
    if found is not None and own and rules.may_see_book(request.actor):
        return found
    if found is not None and found.number:
        seen = Item.objects.visible_to(request.actor)
        if found.entries.filter(item__in=seen).exists():
            return found
    raise NotVisible(_("Not found, or outside your scope."), code="not-visible")


@require_http_methods(["GET", "POST"])
def index(request: OfficeRequest) -> HttpResponse:
    """The office's issues, the newest first; POST begins the next one of a series."""
    ensure(rules.may_see_book(request.actor))
    series = list(BulletinSeries.objects.filter(office_id=request.actor.unit_id).order_by("title"))
    if request.method == "POST":
        key = a_key(request.POST.get("series", ""))
        chosen = next((one for one in series if one.pk == key), None)
        ensure(rules.may_put_together(request.actor))
        if chosen is None:
            why = _("Choose a bulletin of your office.")
            raise Invalid(_("Not saved."), {"series": [why]})

        def act() -> str:
            made = begin(series=chosen, actor=request.actor, at=request.now)
            return reverse("information:issue", args=[made.pk])

        return act_once(request, "information:issues", act)
    wanted = a_key(request.GET.get("series", ""))
    rows = Issue.objects.filter(series__office_id=request.actor.unit_id).select_related("series")
    rows = rows.filter(series_id=wanted) if wanted else rows
    rows = rows.prefetch_related("entries").defer("content")
    context = {
        "page": page(rows, order=ORDER, cursor=request.GET.get("cursor", "")),
        "series": series,
        "wanted": wanted,
        "may_put": bool(rules.may_put_together(request.actor)),
    }
    return render(request, "information/ordinary/issues.html", context)


@require_http_methods(["GET", "POST"])
def series(request: OfficeRequest) -> HttpResponse:
    """The bulletins of the office; a new one."""
    ensure(rules.may_see_book(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            words = {name: text(request.POST, name) for name in SERIES}
            make_series(**words, actor=request.actor, at=request.now)
            return redirect("information:series")
        except Invalid as found:
            refusal = found
    context = {
        "rows": BulletinSeries.objects.filter(office_id=request.actor.unit_id).order_by("title"),
        "may_put": bool(rules.may_put_together(request.actor)),
        "refusal": refusal,
        "values": typed(request.POST, SERIES),
    }
    status = 422 if refusal else 200
    return render(request, "information/ordinary/series.html", context, status=status)


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One issue: its items in order; while it is put together, what may still go in."""
    return shown(request, an_issue(request, pk))


def shown(request: OfficeRequest, row: Issue, refusal: Any = None) -> HttpResponse:
    """The issue's page, with what was refused."""
    may_put = bool(rules.may_put_together(request.actor, row))
    offered: Any = []
    if may_put:
        rows = Item.objects.in_book(row.series.office_id).filter(state__in=ITEM_GOOD)
        rows = rows.exclude(entries__series=row.series).defer("text", "analysis", "suggestion")
        offered = rows.order_by("-submitted_at")[:OFFERED]
    context = {
        "row": row,
        "printed": list(row.entries.select_related("item").order_by("place", "pk")),
        "offered": offered,
        "may_put": may_put,
        "intact": bool(row.number) and digest_of(row.content) == row.digest,
        "refusal": refusal,
        "values": request.POST if refusal else {},
    }
    status = refusal.status if refusal else 200
    return render(request, "information/ordinary/issue.html", context, status=status)


@require_POST
def entries(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Put an item in, one place forward, or take it out."""
    row = an_issue(request, pk)
    ensure(rules.may_put_together(request.actor, row))
    key = a_key(request.POST.get("item", ""))
    item = Item.objects.visible_to(request.actor).filter(pk=key).first() if key else None
    given: dict[str, Any] = {"actor": request.actor, "at": request.now}
    try:
        if item is None:
            why = _("Choose an item of this office that was accepted.")
            raise Invalid(_("Not placed."), {"item": [why]})
        act = ACTS.get(request.POST.get("act", ""))
        if act is not None:
            act(issue=row, item=item, **given)
        else:
            put_in(issue=row, item=item, despite=text(request.POST, "despite"), **given)
    except (Invalid, Refused) as refused:
        return shown(request, row, refused)
    return redirect("information:issue", row.pk)


@require_POST
def issuing(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Send it out."""
    row = an_issue(request, pk)

    def act() -> str:
        issue_out(
            issue=row,
            signer=text(request.POST, "signer"),
            despite=text(request.POST, "despite"),
            actor=request.actor,
            at=request.now,
        )
        return reverse("information:issue", args=[row.pk])

    try:
        return act_once(request, "information:issuing", act)
    except (Invalid, Refused) as refused:
        return shown(request, row, refused)


@require_safe
def pdf(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The issue as PDF: what was frozen, or a proof."""
    row = an_issue(request, pk)
    body = typeset(journal_of(row), site_fonts=settings.FONTS)
    response = HttpResponse(body, content_type="application/pdf")
    name = f"issue-{row.year}-{row.number}" if row.number else "proof"
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
