"""One handler for every refusal: page, or JSON problem for the API; ids only, no internals."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from luoshi.foundation.core.refusals import Invalid, Refusal, TooMany, Unavailable
from luoshi.foundation.core.web.typed_texts import typed_texts

logger = logging.getLogger(__name__)
API = "/api/"


def problem(refusal: Refusal) -> dict[str, Any]:
    """A refusal as RFC 9457 problem details."""
    body: dict[str, Any] = {
        "type": f"luoshi:{refusal.code}",
        "title": str(refusal.what),
        "status": refusal.status,
        "detail": str(refusal.why),
        "next": [str(step) for step in refusal.next_steps],
    }
    if refusal.source:
        body["source"] = str(refusal.source)
    if isinstance(refusal, Invalid):
        body["errors"] = {f: [str(t) for t in texts] for f, texts in refusal.errors.items()}
    return body


def safe_back(request: HttpRequest) -> str:
    """Where "Back" leads: the page itself for a POST, else home."""
    return request.path if request.method == "GET" else request.headers.get("Referer", "/")


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer to a refused request."""
    if request.path.startswith(API):
        response: HttpResponse = JsonResponse(
            problem(refusal),
            status=refusal.status,
            content_type="application/problem+json",
            json_dumps_params={"ensure_ascii": False},
        )
    else:
        context = {
            "refusal": refusal,
            "errors": getattr(refusal, "errors", {}),
            "back": safe_back(request),
            "typed": typed_texts(request),
            "request_id": getattr(request, "request_id", ""),
        }
        response = render(request, "core/refusal.html", context, status=refusal.status)
    if isinstance(refusal, TooMany):
        response["Retry-After"] = str(refusal.wait_seconds)
    if isinstance(refusal, Unavailable):
        response["Retry-After"] = str(refusal.retry_seconds)
    return response


class RefusalMiddleware:
    """Turn refusals raised by views into answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal becomes its page; anything else is Django's to handle."""
        if isinstance(exception, Refusal):
            return refusal_response(request, exception)
        return None
