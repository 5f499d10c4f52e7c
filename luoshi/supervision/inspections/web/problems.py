"""Pages of the problem list: list, new, one problem, the tab of a matter."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.domain.finding import OWNER as OF_FINDING
from luoshi.supervision.inspections.domain.problem.raising import raise_problem
from luoshi.supervision.inspections.domain.problem.rectifying import OWNER
from luoshi.supervision.inspections.domain.queries.problems import (
    ORDER,
    Filters,
    counts,
    problems,
)
from luoshi.supervision.inspections.enums import Category, CheckMethod, ProblemState
from luoshi.supervision.inspections.models import Problem
from luoshi.supervision.inspections.web.forms import raised_of, word
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.queries.showing import days_word, history_of
from luoshi.supervision.matters.models import Matter


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """The problem list as the URL narrows it."""
    ensure(may_see_business(request.actor))
    filters = Filters.of(request.GET)
    rows = problems(request.actor, filters, request.now)
    found = page(rows, order=ORDER, cursor=request.GET.get("cursor", ""))
    lit(request, found.rows)
    context = {
        "page": found,
        "filters": filters,
        "counts": counts(request.actor, filters, request.now),
        "categories": Category.choices,
        "may_raise": bool(rules.may_raise(request.actor)),
    }
    return render(request, "problems/problems.html", context)


def lit(request: OfficeRequest, rows: list[Problem]) -> None:
    """Give every row its light and the words of its limit."""
    calendar = current_calendar()
    for row in rows:
        row.shown = row.light(request.now)  # type: ignore[attr-defined]
        limit = row.overdue_at
        row.detail = days_word(limit, request.now, calendar) if limit else ""  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """List a problem, of a matter when the address names one."""
    ensure(rules.may_raise(request.actor))
    matter, refusal = named_matter(request), None
    if request.method == "POST":
        try:
            raised = raised_of(request.POST)

            def act() -> str:
                made = raise_problem(
                    raised=raised, matter=matter, actor=request.actor, at=request.now
                )
                return reverse("inspections:problem", args=[made.pk])

            return act_once(request, "inspections:new-problem", act)
        except Invalid as wrong:
            refusal = wrong
    names = ("unit", "description", "category", "requirement", "limit_on")
    values = {name: word(request.POST, name) for name in names}
    if not refusal and matter is not None:
        values["unit"] = str(matter.lead_unit or "")
    context = {
        "matter": matter,
        "values": values,
        "categories": Category.choices,
        "refusal": refusal,
    }
    return render(request, "problems/new.html", context, status=422 if refusal else 200)


def named_matter(request: OfficeRequest) -> Matter | None:
    """The matter of `?matter=`, through the reader's sight."""
    raw = request.GET.get("matter", "")
    if not raw:
        return None
    try:
        key = UUID(raw)
    except ValueError:
        key = UUID(int=0)
    found: Matter = visible(Matter.objects.select_related("lead_unit"), request.actor, key)
    return found


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One problem: whose turn, measures, evidence, reports with their check records, history."""
    rows = Problem.objects.select_related(
        "office", "unit", "matter", "finding__inspection", "withdrawal"
    )
    found = visible(rows, request.actor, pk)
    actor, at = request.actor, request.now
    files = Attachment.objects.filter(owner_kind=OWNER, owner_id=found.pk)
    taken = Attachment.objects.filter(owner_kind=OF_FINDING, owner_id=found.finding_id)
    limit = found.overdue_at
    context = {
        "problem": found,
        "light": found.light(at),
        "detail": days_word(limit, at, current_calendar()) if limit else "",
        "reports": found.reports.select_related("check_record").order_by("-round"),
        "files": files.select_related("file").order_by("created_at"),
        "found_files": list(taken.order_by("created_at")) if found.finding_id else [],
        "history": history_of("inspections.problem", found.pk),
        "hows": CheckMethod.choices,
        "may_rectify": bool(rules.may_rectify(actor, found)),
        "may_report": bool(rules.may_report_rectification(actor, found)),
        "may_check": found.state == ProblemState.REPORTED and bool(rules.may_check(actor, found)),
        "may_withdraw": bool(rules.may_withdraw(actor, found)),
    }
    return render(request, "problems/problem.html", context)


@require_safe
def of_matter(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The problems of one matter that the reader may see: a tab of its page."""
    matter = visible(Matter.objects, request.actor, pk)
    rows = Problem.objects.visible_to(request.actor).filter(matter=matter)
    rows = rows.select_related("unit", "finding__inspection", "matter")
    found = page(rows, order=ORDER, cursor=request.GET.get("cursor", ""))
    lit(request, found.rows)
    may_raise = bool(rules.may_raise(request.actor)) and matter.office_id == request.actor.unit_id
    context = {"matter": matter, "page": found, "may_raise": may_raise}
    return render(request, "problems/matter.html", context)
