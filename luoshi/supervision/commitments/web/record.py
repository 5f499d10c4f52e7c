"""The record: a year by month, and the occurrences every number of it opens."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.commitments import rules
from luoshi.supervision.commitments.domain.queries import record as numbers
from luoshi.supervision.commitments.domain.queries.listing import ORDER, Filters
from luoshi.supervision.commitments.domain.queries.listing import occurrences as narrowed
from luoshi.supervision.commitments.enums import Outcome
from luoshi.supervision.commitments.models import Commitment
from luoshi.supervision.commitments.web import showing


def years(request: OfficeRequest) -> list[int]:
    """The years there is a record of, the newest first."""
    this = office_date(request.now).year
    return list(range(this, numbers.first_year(request.actor, request.now) - 1, -1))


@require_safe
def year(request: OfficeRequest) -> HttpResponse:
    """Kept, late, missed and excused by month, over all commitments of the office."""
    ensure(rules.may_see(request.actor))
    known = years(request)
    given = request.GET.get("year", "")
    chosen = int(given) if given in map(str, known) else known[0]
    months = numbers.by_month(request.actor, chosen, request.now)
    context = {
        "months": months,
        "total": numbers.totals(months),
        "year": chosen,
        "years": known,
    }
    return render(request, "commitments/record.html", context)


@require_safe
def occurrences(request: OfficeRequest) -> HttpResponse:
    """Occurrences as the address narrows them, the latest limit first."""
    ensure(rules.may_see(request.actor))
    filters, at = Filters.of(request.GET), request.now
    rows = narrowed(request.actor, filters, at)
    found = page(rows, order=ORDER, cursor=request.GET.get("cursor", ""))
    showing.dress(found.rows, at)
    known = Commitment.objects.visible_to(request.actor).order_by("title", "pk")
    context = {
        "page": found,
        "filters": filters,
        "hows": Outcome.choices,
        "years": years(request),
        "months": range(1, 13),
        "commitments": known.values_list("pk", "title")[:200],
    }
    return render(request, "commitments/occurrences.html", context)
