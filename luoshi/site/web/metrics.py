"""What is watched, for a program on this machine (security.md 10, "Watching")."""

import secrets
from datetime import datetime
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.exchange.domain.queries.health import Health, health
from luoshi.site.domain.watching import gauges

LIGHTS = {"green": 0, "yellow": 1, "red": 2}


@login_not_required
@require_safe
def metrics(request: OfficeRequest) -> HttpResponse:
    """Every gauge of the administrators' page with its light, and what is known of the neighbours
    of the exchange, in the text form Prometheus reads.
    Nobody but a program on this machine that sends the token of `LUOSHI_METRICS_TOKEN` finds this
    page; without the setting there is none (404)."""
    if not admitted(request):
        raise Http404
    registry = CollectorRegistry()
    lights = Gauge("luoshi_light", "0 green, 1 yellow, 2 red", ["gauge"], registry=registry)
    for one in gauges(request.now):
        Gauge(f"luoshi_{one.key}", one.key.replace("_", " "), registry=registry).set(one.value)
        lights.labels(one.key).set(LIGHTS[one.light])
    tell_nodes(registry, health(request.now))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def tell_nodes(registry: CollectorRegistry, found: Health) -> None:
    """The neighbours: what is open and stuck for each, the times of the line in the last day, when
    it was last heard; the regions at each milestone of connection (features row 54)."""
    waiting = Gauge("luoshi_exchange_open", "open envelopes", ["node"], registry=registry)
    stuck = Gauge("luoshi_exchange_stuck", "stuck envelopes", ["node"], registry=registry)
    answered = Gauge("luoshi_exchange_answered", "answered in a day", ["node"], registry=registry)
    heard = Gauge("luoshi_exchange_heard_timestamp_seconds", "heard", ["node"], registry=registry)
    legs = Gauge(
        "luoshi_exchange_leg_seconds",
        "legs of the way in the last day",
        ["node", "leg", "share"],
        registry=registry,
    )
    for node in found.nodes:
        waiting.labels(node.code).set(node.open)
        stuck.labels(node.code).set(node.stuck)
        answered.labels(node.code).set(node.answered)
        if node.heard_at:
            heard.labels(node.code).set(datetime.fromisoformat(node.heard_at).timestamp())
        for leg, shares in node.hops.items():
            for share, seconds in shares.items():
                if seconds is not None:
                    legs.labels(node.code, leg, share).set(seconds)
    regions = Gauge("luoshi_exchange_regions", "regions", ["milestone"], registry=registry)
    for milestone, count in found.regions.items():
        regions.labels(milestone).set(count)


def admitted(request: OfficeRequest) -> bool:
    """Whether the request comes from this machine and knows the token."""
    wanted = settings.CONFIG.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    near = ip_address(request.META.get("REMOTE_ADDR") or "0.0.0.0").is_loopback  # noqa: S104 - no binding
    return bool(wanted) and near and secrets.compare_digest(given.encode(), wanted.encode())
