"""The watch room, and the part of it that is asked for again every half minute."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.desks.duty import rules
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.models import Unit
from luoshi.insight.watch.domain.seeing import room


@require_safe
def room_page(request: OfficeRequest) -> HttpResponse:
    """The whole page."""
    return render(request, "watch/room.html", seen(request))


@require_safe
def now(request: OfficeRequest) -> HttpResponse:
    """What changes by itself."""
    return render(request, "watch/now.html", seen(request))


def seen(request: OfficeRequest) -> dict[str, Any]:
    """What the reader's office sees; those on duty and those who answer for it."""
    ensure(rules.may_see_books(request.actor, request.now))
    office = Unit.objects.get(pk=request.actor.unit_id)
    found = room(office, request.now)
    spans = [
        {
            "clock": one,
            "span": f"{abs(one.left) // 60}:{abs(one.left) % 60:02}",
            "over": one.left < 0,
        }
        if one.left is not None
        else {"clock": one, "span": "", "over": False}
        for one in found.events
    ]
    return {"room": found, "office": office, "events": spans}
