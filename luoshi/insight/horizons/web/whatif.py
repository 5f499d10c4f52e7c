"""What if: the whole portfolio under another reading, calendar or rule; one limit tried out."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.keyset import cut, page
from luoshi.foundation.core.time import instant_text
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.sheets import xlsx_answer
from luoshi.insight.horizons.domain import asking, running, trying
from luoshi.insight.horizons.domain.asking import AT_ONCE, Question
from luoshi.insight.horizons.domain.moments import day_of
from luoshi.insight.horizons.models import Trial
from luoshi.supervision.matters.domain.duty.recomputing import totals
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.queries.moving import lines_of, sheet, tabs
from luoshi.supervision.matters.domain.queries.showing import explanation
from luoshi.supervision.matters.models import ReportDuty
from luoshi.supervision.rulebook import rules
from luoshi.supervision.rulebook.models import ReportingRule


@require_http_methods(["GET", "POST"])
def whatif(request: OfficeRequest) -> HttpResponse:
    """The question and its answer; POST hands a large one to the job."""
    ensure(rules.may_read_rules(request.actor))
    given = request.POST if request.method == "POST" else request.GET
    question = Question.of(given)
    context: dict[str, Any] = form(request, question)
    status = 200
    try:
        if request.method == "POST":

            def act() -> str:
                made = running.ask(question=question, actor=request.actor, at=request.now)
                return reverse("horizons:run", args=[made.pk])

            return act_once(request, "horizons:whatif", act)
        if question.kind:
            context |= answered(request, question, context["size"])
    except Invalid as refused:
        context["refusal"], status = refused, 422
    return render(request, "horizons/whatif.html", context, status=status)


def form(request: OfficeRequest, question: Question) -> dict[str, Any]:
    """What the form shows."""
    office = request.actor.unit_id
    return {
        "question": question,
        "refusal": None,
        "calendars": asking.calendars(),
        "rules": ReportingRule.objects.all(),
        "size": asking.size(office, request.now) if office else 0,
        "runs": Trial.objects.filter(office_id=office).order_by("-asked_at")[:5],
    }


def answered(request: OfficeRequest, question: Question, size: int) -> dict[str, Any]:
    """The answer, or that it takes the job."""
    office = request.actor.unit_id
    found = asking.answer(question, office, request.now)  # type: ignore[arg-type]
    if size > AT_ONCE:
        return {"large": True}
    moved = list(found)
    counted, only = totals(moved), request.GET.get("only", "")[:10]
    lines = lines_of(moved, only)
    return {
        "answered": True,
        "totals": counted,
        "tabs": tabs(counted.__dict__),
        "only": only,
        "page": cut(lines, key=lambda row: row.key, cursor=request.GET.get("cursor", "")),
        "export": reverse("horizons:whatif-export"),
    }


@require_safe
def export(request: OfficeRequest) -> HttpResponse:
    """The answer as XLSX."""
    ensure(rules.may_read_rules(request.actor))
    question = Question.of(request.GET)
    found = asking.answer(question, request.actor.unit_id, request.now)  # type: ignore[arg-type]
    about = {
        _("What if"): request.GET.urlencode(),
        _("As of"): instant_text(request.now, get_language() or "zh-hans"),
        _("Made by"): f"{request.actor.person_name} · {request.actor.unit_name}",
    }
    body = sheet(lines_of(found, request.GET.get("only", "")[:10]), about=about)
    return xlsx_answer(body, "what-if.xlsx")


@require_safe
def run(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A large answer: its progress, then its rows."""
    ensure(rules.may_read_rules(request.actor))
    found = Trial.objects.filter(pk=pk, office_id=request.actor.unit_id).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    context: dict[str, Any] = {"trial": found, "question": Question(**found.question)}
    if found.finished_at:
        only = request.GET.get("only", "")[:10]
        rows = found.moves.all()
        if only:
            rows = rows.filter(overdue=True) if only == "overdue" else rows.filter(change=only)
        shown = page(rows, order=("key", "id"), cursor=request.GET.get("cursor", ""))
        shown.rows[:] = [running.line_again(row) for row in shown.rows]
        context |= {
            "totals": found.totals,
            "tabs": tabs(found.totals),
            "only": only,
            "page": shown,
        }
    return render(request, "horizons/run.html", context)


@require_safe
def trial(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One limit tried out beside the one that stands."""
    rows = ReportDuty.objects.select_related("assignment__matter", "assignment__unit")
    duty = visible(rows, request.actor, pk)
    if not duty.trace:
        raise NotVisible(_("This report has no computed date yet."), code="no-limit")
    language = get_language() or "zh-hans"
    refusal, result, tried_at, wanted = None, None, None, trying.as_it_stands(duty)
    try:
        if "limit" in request.GET:
            wanted = trying.Trying(
                limit=request.GET["limit"][:120],
                grace=request.GET.get("grace", "")[:4],
                roll=bool(request.GET.get("roll")),
                calendar=request.GET.get("calendar", "")[:12],
                start=day_of(request.GET, "start"),
            )
            found = trying.tried(duty, wanted)
            result, tried_at = trying.told(duty, found, language), found.at
    except Invalid as refused:
        refusal = refused
    context = {
        "duty": duty,
        "matter": duty.assignment.matter,
        "stands": explanation(duty, language),
        "result": result,
        "tried_at": tried_at,
        "wanted": wanted,
        "calendars": [one for one in asking.calendars() if one[0] != asking.TYPED],
        "refusal": refusal,
    }
    return render(request, "horizons/trial.html", context, status=422 if refusal else 200)
