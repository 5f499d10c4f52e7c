"""The secretary-general's overview and the rows behind its times."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from luoshi.foundation.core.navigation import ENTRIES, waiting
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.rules import may_overlook
from luoshi.insight.figures.web.rows import dress
from luoshi.site.domain.overview import overview
from luoshi.site.domain.steps import step_named
from luoshi.supervision.matters.domain.queries.burden import Span
from luoshi.supervision.rulebook.domain.queries.settings import settings_of


@require_safe
def show(request: OfficeRequest) -> HttpResponse:
    """Four questions, each a sentence with its numbers and one short list."""
    ensure(may_overlook(request.actor))
    cap = settings_of(request.actor.unit_id).report_cap  # type: ignore[arg-type]
    found = overview(request.actor, request.now, cap)
    dress(found.late, request.now, get_language() or "zh-hans")
    context = {
        "over": found,
        "slowest": found.steps[0] if found.steps else None,
        "queues": waiting_queues(request),
    }
    return render(request, "site/overview.html", context)


def waiting_queues(request: OfficeRequest) -> list[tuple[Any, str, int]]:
    """The reader's own queues that are not empty, as the left bar counts them."""
    counts = waiting(request)
    own = [entry for entry in ENTRIES if request.actor.role in entry.roles and entry.waiting]
    found = [(entry.label, entry.url_name, counts.get(entry.url_name, 0)) for entry in own]
    return [one for one in found if one[2]]


@require_safe
def step(request: OfficeRequest) -> HttpResponse:
    """The rows a step's numbers count, the longest first."""
    ensure(may_overlook(request.actor))
    chosen = step_named(request.GET.get("step", ""))
    if chosen is None:
        raise NotVisible(_("There is no such step."), code="not-visible")
    span = span_asked(request)
    rows = chosen.rows(request.actor, span)
    context = {
        "step": chosen,
        "span": span,
        "page": page(rows, order=("-took", "id"), cursor=request.GET.get("cursor", "")),
    }
    return render(request, "site/step_rows.html", context)


def span_asked(request: OfficeRequest) -> Span:
    """The quarter of the address (2026-Q4), else the running one."""
    year, _dash, quarter = request.GET.get("span", "").partition("-Q")
    if year.isascii() and year.isdigit() and len(year) == 4 and quarter in {"1", "2", "3", "4"}:
        return Span(min(max(int(year), 2000), 2090), int(quarter))
    return Span.around(office_date(request.now))
