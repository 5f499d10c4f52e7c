"""A line per request; the door of an empty site; a fresh proof before dangerous acts."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from luoshi.foundation.accounts.domain.proving import FRESH
from luoshi.foundation.core.web.coming_back import came_from
from luoshi.site.domain.installing import open_installation
from luoshi.site.web.dangerous import DANGEROUS

logger = logging.getLogger("luoshi.access")


class AccessLogMiddleware:
    """One line per request: ids, route name, status, milliseconds; nothing that was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        actor, match = getattr(request, "actor", None), request.resolver_match
        logger.info(
            "request",
            extra={
                "request": getattr(request, "request_id", ""),
                "actor": str(actor.person_id) if actor else "",
                "route": match.view_name if match else "",
                "status": response.status_code,
                "ms": round((time.perf_counter() - began) * 1000, 1),
            },
        )
        return response


class SetupMiddleware:
    """Sends whoever opens the sign-in page of a site under installation to the setup page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at_door = request.method == "GET" and request.path == reverse("accounts:sign-in")
        if at_door and open_installation() is not None:
            return redirect("site:setup")
        return self.get_response(request)


class FreshProofMiddleware:
    """Sends to the proof page, with nothing done, whoever asks for a dangerous act with a proof
    older than ten minutes (row 6)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Before the view: the list is data."""
        match = request.resolver_match
        applies = DANGEROUS.get(match.view_name) if match else None
        if applies is None or not request.user.is_authenticated or not applies(request):
            return None
        proved = request.session.get("proved")
        if proved and datetime.fromisoformat(proved) + FRESH > timezone.now():
            return None
        back = request.get_full_path() if request.method == "GET" else came_from(request) or "/"
        return redirect(f"{reverse('accounts:proof')}?{urlencode({'next': back})}")
