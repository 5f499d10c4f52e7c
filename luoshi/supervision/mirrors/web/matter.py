"""How a matter stands between levels: what was said and heard, and what crossed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.mirrors.domain.queries.standing import crossings, levels
from luoshi.supervision.mirrors.enums import Outcome, rules_in_order


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The tab "Between levels" of a matter."""
    ensure(may_see_business(request.actor))
    matter = visible(Matter.objects.select_related("office"), request.actor, pk)
    context = {
        "matter": matter,
        "levels": levels(matter),
        "crossings": crossings(matter, request.actor),
        "rules": [(one, Outcome(one.outcome).label) for one in rules_in_order()],
    }
    return render(request, "mirrors/matter.html", context)
