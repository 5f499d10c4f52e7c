"""The administrators' page: the six steps until they are done, then how the site is."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from luoshi.foundation.audit.domain.queries.head import newest_head
from luoshi.foundation.core.refusals import Forbidden
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.organizations.enums import Role
from luoshi.site.domain.installing import steps
from luoshi.site.domain.watching import gauges

OFFICERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


@require_safe
def state(request: OfficeRequest) -> HttpResponse:
    """Steps, calendar, disk, backup, last sweep; each with a light and its limit."""
    if request.actor.role not in OFFICERS:
        raise Forbidden(_("Not shown."), _("This page belongs to the administrators."))
    today = office_date(request.now)
    todo = steps(today)
    editions = current_calendar().editions
    years = [{"year": year, "edition": editions.get(year)} for year in (today.year, today.year + 1)]
    context = {
        "steps": [] if request.demo or all(step.done for step in todo) else todo,
        "years": years,
        "gauges": gauges(request.now),
        "head": newest_head(),
    }
    return render(request, "site/state.html", context)
