"""Surprise checks: write one down, the list, the year by unit."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.figures import checks_by_unit
from luoshi.desks.duty.domain.queries.listing import CHECK_ORDER, CheckFilters
from luoshi.desks.duty.domain.queries.listing import checks as checked
from luoshi.desks.duty.domain.watch.checking import NOT_NOTED, Call, check, refuse_wrong
from luoshi.desks.duty.enums import CheckResult
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.moments import instant
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import Fields, text, whole
from luoshi.foundation.organizations.domain.queries.names import expand
from luoshi.foundation.organizations.models import Unit

YEARS = 3


@require_http_methods(["GET", "POST"])
def index(request: OfficeRequest) -> HttpResponse:
    """Checks, the newest first, with the year's figures; a new one."""
    ensure(rules.may_see_books(request.actor, request.now))
    refusal = None
    if request.method == "POST":
        try:
            return act_once(request, "duty:checks", lambda: called(request))
        except (Invalid, Refused) as found:
            refusal = found
    filters = CheckFilters.of(request.GET)
    this_year = office_date(request.now).year
    year = filters.year or this_year
    rows = page(
        checked(request.actor, filters), order=CHECK_ORDER, cursor=request.GET.get("cursor", "")
    )
    context = {
        "page": rows,
        "filters": filters,
        "year": year,
        "years": range(this_year, this_year - YEARS, -1),
        "results": CheckResult.choices,
        "figures": checks_by_unit(request.actor, year),
        "may_write": bool(rules.may_write_books(request.actor, request.now)),
        "refusal": refusal,
        "values": request.POST if refusal else {"unit": request.GET.get("call", "")[:40]},
    }
    return render(
        request, "duty/books/checks.html", context, status=refusal.status if refusal else 200
    )


def called(request: OfficeRequest) -> str:
    """Write the call down."""
    post, fields, at = request.POST, Fields(), request.now
    seconds, office = text(post, "seconds").strip(), Unit.objects.get(pk=request.actor.unit_id)
    unit = fields.read(called_unit, text(post, "unit").strip())
    call = Call(
        unit=unit or office,
        called_at=fields.read(instant, text(post, "called_at"), "called_at", at) or at,
        seconds=fields.read(whole, seconds, "seconds") if seconds else None,
        answered_by=text(post, "answered_by"),
        words=text(post, "words"),
    )
    fields.refuse(NOT_NOTED, lambda: refuse_wrong(call, office, at))
    check(call, actor=request.actor, at=request.now)
    return reverse("duty:checks")


def called_unit(name: str) -> Unit:
    """The one unit that was called."""
    units = expand(name) if name else []
    if len(units) != 1:
        why = _("No unit is called “%(name)s”.") % {"name": name[:40]}
        raise Invalid(NOT_NOTED, {"unit": [why if name else _("Name the unit.")]})
    return units[0]
