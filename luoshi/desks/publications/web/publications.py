"""Pages: the office's publications, one of them with its issues, the figures of a year."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.desks.publications import rules
from luoshi.desks.publications.domain.founding import found
from luoshi.desks.publications.domain.issue.planning import plan as plan_issue
from luoshi.desks.publications.domain.measuring import TEN_THOUSAND, in_ten_thousands
from luoshi.desks.publications.domain.queries import figures as numbers
from luoshi.desks.publications.domain.queries.listing import ISSUE_ORDER, issues, publications
from luoshi.desks.publications.domain.queries.narrowing import Filters, a_year, years
from luoshi.desks.publications.enums import PERIODS, Kind, Layout
from luoshi.desks.publications.models import Publication
from luoshi.desks.publications.web import showing
from luoshi.desks.publications.web.forms import FOUNDED, founding_of
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_date, text, typed
from luoshi.supervision.matters.domain.queries.showing import history_of


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """Every publication with what is under way and what is in its stock."""
    ensure(rules.may_see(request.actor))
    rows = publications(request.actor)
    found_rows = page(rows, order=("title", "id"), cursor=request.GET.get("cursor", ""))
    context = {"page": found_rows, "may_keep": bool(rules.may_keep(request.actor))}
    return render(request, "publications/publications.html", context)


@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Found a publication. How often it appears follows from what it is (`kind` of the address)."""
    ensure(rules.may_keep(request.actor))
    refusal = None
    if request.method == "POST":
        try:

            def act() -> str:
                made = found(founding_of(request.POST), actor=request.actor, at=request.now)
                return reverse("publications:publication", args=[made.pk])

            return act_once(request, "publications:new", act)
        except Invalid as wrong:
            refusal = wrong
    context = {
        "refusal": refusal,
        "values": typed(request.POST or request.GET, FOUNDED),
        "kinds": Kind.choices,
        "periods": periods(request.POST.get("kind") or request.GET.get("kind", "")),
        "layouts": Layout.choices,
    }
    return render(request, "publications/new.html", context, status=422 if refusal else 200)


def periods(kind: str) -> list[tuple[str, Any]]:
    """How often what is founded can appear; a kind nobody chose yet is the first of the list."""
    found = Kind(kind) if kind in Kind.values else Kind.JOURNAL
    return [(one.value, one.label) for one in PERIODS[found]]


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One publication."""
    return shown(request, showing.seen(request, Publication.objects.all(), pk))


def shown(request: OfficeRequest, row: Publication, refusal: Any = None) -> HttpResponse:
    """The publication's page, with what was refused in its form."""
    rows = issues(request.actor, Filters(publication=row.pk))
    found_rows = page(rows, order=ISSUE_ORDER, cursor=request.GET.get("cursor", ""), size=20)
    showing.dress(found_rows.rows, request.now)
    sums = row.items.aggregate(
        items=Count("pk"),
        length=Sum("characters", default=0),
        stock=Count("pk", filter=Q(issue=None)),
        stock_length=Sum("characters", filter=Q(issue=None), default=0),
    )
    context = {
        "row": row,
        "page": found_rows,
        "sums": sums,
        "worded": in_ten_thousands(sums["length"]),
        "history": history_of("publications.publication", row.pk),
        "may_keep": bool(rules.may_keep(request.actor)),
        "refusal": refusal,
        "values": request.POST if refusal else {},
    }
    status = refusal.status if refusal else 200
    return render(request, "publications/publication.html", context, status=status)


@require_POST
def plan(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Plan the next issue."""
    row = showing.seen(request, Publication.objects.all(), pk)

    def act() -> str:
        made = plan_issue(
            publication=row,
            theme=text(request.POST, "theme"),
            planned_on=a_date(request.POST.get("planned_on", ""), "planned_on"),
            actor=request.actor,
            at=request.now,
        )
        return reverse("publications:issue", args=[made.pk])

    try:
        return act_once(request, "publications:plan", act)
    except Invalid as wrong:
        return shown(request, row, wrong)


def worded(number: int) -> str:
    """The worded value beside an exact one; nothing where it would say the same again."""
    return in_ten_thousands(number) if number >= TEN_THOUSAND else ""


@require_safe
def figures(request: OfficeRequest) -> HttpResponse:
    """The year for the review: issues, items, characters, press items."""
    ensure(rules.may_see(request.actor))
    year = a_year(request)
    lines = numbers.by_publication(request.actor, year)
    levels = numbers.by_level(request.actor, year)
    total = numbers.totals(lines)
    shown = numbers.with_subtotals(lines)
    for line in shown:
        line["worded"] = worded(line["ever_characters"])
    context = {
        "lines": shown,
        "total": {
            **total,
            "narrow": "",
            "worded_printed": worded(total["printed_characters"]),
            "worded": worded(total["ever_characters"]),
        },
        "levels": levels,
        "press": sum(count for _key, _label, count in levels),
        "year": year,
        "years": years(request),
    }
    return render(request, "publications/figures.html", context)
