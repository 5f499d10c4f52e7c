"""What is watched, for a program on this machine (security.md 10, "Watching")."""

import secrets
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.site.domain.watching import gauges

LIGHTS = {"green": 0, "yellow": 1, "red": 2}


@login_not_required
@require_safe
def metrics(request: OfficeRequest) -> HttpResponse:
    """Every gauge of the administrators' page with its light, in the text form Prometheus reads.
    Nobody but a program on this machine that sends the token of `LUOSHI_METRICS_TOKEN` finds this
    page; without the setting there is none (404)."""
    if not admitted(request):
        raise Http404
    registry = CollectorRegistry()
    lights = Gauge("luoshi_light", "0 green, 1 yellow, 2 red", ["gauge"], registry=registry)
    for one in gauges(request.now):
        Gauge(f"luoshi_{one.key}", one.key.replace("_", " "), registry=registry).set(one.value)
        lights.labels(one.key).set(LIGHTS[one.light])
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def admitted(request: OfficeRequest) -> bool:
    """Whether the request comes from this machine and knows the token."""
    wanted = settings.CONFIG.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    near = ip_address(request.META.get("REMOTE_ADDR") or "0.0.0.0").is_loopback  # noqa: S104 - no binding
    return bool(wanted) and near and secrets.compare_digest(given.encode(), wanted.encode())
