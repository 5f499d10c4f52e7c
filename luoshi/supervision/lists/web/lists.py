"""Pages of a list: index, new, the list with its progress, agreement, issue, closure, PDF."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.foundation.typesetting.rendering import render as typeset
from luoshi.supervision.lists import rules
from luoshi.supervision.lists.domain import agreeing, closing, drafting, issuing
from luoshi.supervision.lists.domain.limits import passed
from luoshi.supervision.lists.domain.papers import letter_of
from luoshi.supervision.lists.domain.queries.between import between
from luoshi.supervision.lists.domain.queries.progress import (
    FIGURES,
    counts,
    counts_by_list,
    narrowed,
    seen_points,
    with_matters,
)
from luoshi.supervision.lists.enums import ListState
from luoshi.supervision.lists.models import SupervisionPointsList
from luoshi.supervision.lists.web.forms import head_of, kept, typed
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.queries.showing import days_word
from luoshi.supervision.matters.web.forms import a_date

HEADED = ("office", "joint_office", "copied_from", "agreement")


def address(found: SupervisionPointsList) -> str:
    """The list's page."""
    return reverse("lists:list", args=[found.pk])


def a_list(request: OfficeRequest, pk: UUID) -> SupervisionPointsList:
    """The list in the reader's sight."""
    row: SupervisionPointsList = visible(
        SupervisionPointsList.objects.select_related(*HEADED), request.actor, pk
    )
    return row


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """The lists in sight, the latest year first, each with its counts."""
    ensure(may_see_business(request.actor))
    rows = SupervisionPointsList.objects.visible_to(request.actor)
    rows = rows.select_related("office", "joint_office")
    found = page(rows, order=("-year", "id"), cursor=request.GET.get("cursor", ""), size=20)
    counted = counts_by_list(found.rows, request.actor, request.now)
    for row in found.rows:
        row.counts = counted[row.pk]
    context = {"page": found, "may_start": bool(rules.may_start(request.actor))}
    return render(request, "lists/lists.html", context)


@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Draft the list of a year."""
    ensure(rules.may_start(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            given = head_of(request.POST)

            def act() -> str:
                return address(drafting.start_list(head=given, actor=request.actor, at=request.now))

            return act_once(request, "lists:new", act)
        except Invalid as found:
            refusal = found
    values = typed(request.POST)
    if not refusal:
        year = office_date(request.now).year
        values |= {"year": year, "title": _("Supervision points of %(year)d") % {"year": year}}
    context = {"refusal": refusal, "values": values}
    return render(request, "lists/head.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "POST"])
def head(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Change the head of a drafted list."""
    found = a_list(request, pk)
    ensure(rules.may_edit(request.actor, found))
    refusal = None
    if request.method == "POST":
        try:
            drafting.edit_list(
                points_list=found,
                head=head_of(request.POST),
                revision=number(request.POST.get("revision", "")),
                actor=request.actor,
                at=request.now,
            )
            return redirect(address(found))
        except Invalid as wrong:
            refusal = wrong
    context = {
        "refusal": refusal,
        "values": typed(request.POST) if refusal else kept(found),
        "list": found,
    }
    return render(request, "lists/head.html", context, status=422 if refusal else 200)


def number(raw: str) -> int:
    """A revision as sent; anything else is no revision."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else -1


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The list: progress by point, summaries, what still stands before its issue."""
    found, at, actor = a_list(request, pk), request.now, request.actor
    figure = request.GET.get("show", "")
    seen = seen_points(found, actor)
    points = list(with_matters(narrowed(seen, figure, at)).order_by("number"))
    calendar = current_calendar()
    for point in points:
        matter = point.matter
        point.shown = matter.light(at) if matter else None
        limit = matter.overdue_at if matter else None
        point.detail = days_word(limit, at, calendar) if limit else ""
    summaries = list(found.summaries.all())
    for row in summaries:
        row.shown = row.light(at)  # type: ignore[attr-defined]
    figures = counts(seen, at)
    ended = figures["done"]
    drafted = found.state == ListState.DRAFTED
    context = {
        "list": found,
        "points": points,
        "counts": figures,
        "share": round(ended / figures["total"] * 100) if figures["total"] else 0,
        "show": figure if figure in FIGURES else "",
        "summaries": summaries,
        "dropped": found.dropped.select_related("point") if found.copied_from_id else [],
        "agreed": agreeing.agreed(found),
        "may": allowed(request, found),
        "between": between(found) if rules.may_see_all_points(actor) or found.home else [],
        "load": issuing.load_of(found, at) if drafted else None,
        "obstacles": issuing.obstacles(found, office_date(at)) if drafted else [],
        "passed": passed(found.points.all(), found.year, office_date(at)) if drafted else [],
    }
    return render(request, "lists/list.html", context)


def allowed(request: OfficeRequest, found: SupervisionPointsList) -> dict[str, bool]:
    """Which acts the page offers this actor now."""
    actor = request.actor
    drafted = found.state == ListState.DRAFTED
    past = found.year < office_date(request.now).year
    edit = bool(rules.may_edit(actor, found))
    return {
        "edit": edit,
        "agree": bool(rules.may_agree(actor, found)) and not agreeing.agreed(found),
        "issue": drafted and not past and bool(issuing.may_issue(actor, found)),
        "enter": edit and past,
        "close": bool(rules.may_close(actor, found)),
        "copy": bool(rules.may_start(actor)),
        "all": bool(rules.may_see_all_points(actor)),
    }


@require_POST
def agreement(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The second office agrees to the text it read."""
    found = a_list(request, pk)
    revision = number(request.POST.get("revision", ""))
    agreeing.agree(points_list=found, revision=revision, actor=request.actor, at=request.now)
    return redirect(address(found))


@require_POST
def issue(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Issue: every point becomes an assigned matter."""
    found = a_list(request, pk)

    def act() -> str:
        return address(issuing.issue(points_list=found, actor=request.actor, at=request.now))

    return act_once(request, "lists:issue", act)


@require_POST
def entry(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Enter a list of an earlier year; no matter is made."""
    found = a_list(request, pk)
    ensure(rules.may_edit(request.actor, found))
    issued_on = a_date(request.POST.get("issued_on", ""), "issued_on")
    if issued_on is None:
        raise Invalid(_("Not entered."), {"issued_on": [_("Write the date as 2026-3-6.")]})
    issuing.enter_earlier(
        points_list=found, issued_on=issued_on, actor=request.actor, at=request.now
    )
    return redirect(address(found))


@require_POST
def closure(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Close the list of the year."""
    found = a_list(request, pk)
    remark = request.POST.get("remark", "")
    closing.close_list(points_list=found, remark=remark, actor=request.actor, at=request.now)
    return redirect(address(found))


@require_safe
def pdf(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The list as an official paper; a draft says that it is one."""
    found = a_list(request, pk)
    body = typeset(letter_of(found), site_fonts=settings.FONTS)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="points-{found.year}.pdf"'
    return response
