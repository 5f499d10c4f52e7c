"""Health."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.site.domain.starting import BEHIND, clock_behind
from luoshi.site.domain.watching import disk, pending_migrations


@login_not_required
@require_safe
def live(request: OfficeRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"live": True})


@login_not_required
@require_safe
def ready(request: OfficeRequest) -> HttpResponse:
    """Database, schema, disk and clock, each by itself; 503 as long as one is not in order."""
    found = {
        "database": True,  # or the next question is answered by `errors.server_error`
        "migrations": not pending_migrations(),
        "disk": disk().light != "red",
        "clock": clock_behind(request.now) <= BEHIND,
    }
    good = all(found.values())
    return JsonResponse({"ready": good} | found, status=200 if good else 503)
