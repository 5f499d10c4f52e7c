"""Pages of composed and corrected reports: put reports of units below together, correct one."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.report import composing
from luoshi.supervision.matters.domain.report.correcting import correct
from luoshi.supervision.matters.enums import REPORT_UNSENT
from luoshi.supervision.matters.models import Assignment, Report
from luoshi.supervision.matters.web.figuring import figure_rows, planned_words, previous_rows
from luoshi.supervision.matters.web.forms import ids_of, words_of


@require_http_methods(["GET", "POST"])
def roll_up(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The newest accepted reports of units below; POST puts the ticked ones into the draft."""
    share = visible(Assignment.objects.select_related("matter", "unit"), request.actor, pk)
    ensure(rules.may_report(request.actor, share))
    refusal = None
    if request.method == "POST":
        try:
            composing.compose(
                assignment=share,
                source_ids=ids_of(request.POST.getlist("sources")),
                actor=request.actor,
                at=request.now,
            )
            return redirect("matters:report", share.pk)
        except Invalid as found:
            refusal = found
    rows = composing.candidates(share, request.actor)
    used = set(rows_used(share))
    context = {
        "share": share,
        "matter": share.matter,
        "rows": [(row, not used or row.pk in used) for row in rows],
        "refusal": refusal,
    }
    return render(request, "matters/reports/roll_up.html", context, status=422 if refusal else 200)


def rows_used(share: Assignment) -> Any:
    """The sources of the present draft."""
    rows = Report.objects.filter(assignment=share, state__in=REPORT_UNSENT, rows__isnull=False)
    return rows.values_list("rows__source_id", flat=True)


@require_http_methods(["GET", "POST"])
def correction(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Correct an accepted report of one's own unit."""
    rows = Report.objects.select_related("assignment__matter", "assignment__unit")
    found = visible(rows.prefetch_related("figures"), request.actor, pk)
    ensure(rules.may_correct(request.actor, found))
    refusal = None
    if request.method == "POST":
        try:
            words = words_of(request.POST)

            def act() -> str:
                made = correct(
                    report=found,
                    words=words,
                    reason=request.POST.get("correction_reason", ""),
                    actor=request.actor,
                    at=request.now,
                )
                return reverse("matters:sent", args=[made.pk])

            return act_once(request, "matters:correction", act)
        except Invalid as problem:
            refusal = problem
    context = shown(request, found, refusal)
    status = 422 if refusal else 200
    return render(request, "matters/reports/correction.html", context, status=status)


def shown(request: OfficeRequest, found: Report, refusal: Invalid | None) -> dict[str, Any]:
    """The report as it was accepted, its figures brought up to date where units below corrected."""
    changed = composing.outdated(found)
    figures = figure_rows(request.POST if refusal else None, found, [], {})
    if changed and not refusal:
        newest = composing.summed(composing.renewed(found, request.actor, request.now))
        sums = {one.name: f"{one.value.normalize():f}" for one in newest}
        for row in figures:
            row["value"] = sums.get(row["name"], row["value"])
    earlier = previous_rows(found.assignment)
    for row in figures:
        stated = earlier.get(row["name"])
        row["last"] = f"{stated.value.normalize():f}" if stated else ""
    return {
        "report": found,
        "matter": found.assignment.matter,
        "refusal": refusal,
        "values": request.POST if refusal else found,
        "figures": figures,
        "outdated": changed,
        "planned": planned_words(found.assignment),
    }
