"""One handler for every refusal: page, or JSON problem for the API; ids only, no internals."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid, Refusal, TooMany, Unavailable
from luoshi.foundation.core.web.coming_back import page_again
from luoshi.foundation.core.web.typed_texts import typed_texts

logger = logging.getLogger(__name__)
API = "/api/"


class NoPage(Refusal):
    """An address that only takes a form was opened as a page."""

    status = 405


def no_page() -> Refusal:
    """What a reader is told who opens or reloads the address a form was sent to."""
    return NoPage(
        _("This address takes a form; it has no page of its own."),
        _("It was opened again after a form had been sent to it. Nothing was done."),
        next_steps=(_("Go back to the page you came from, or start from the home page."),),
        code="no-page",
    )


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


def safe_back(request: HttpRequest, refusal: Refusal) -> str:
    """Where "Back" leads: the page itself where it is one, else where the reader came from."""
    if request.method == "GET" and refusal.status != NoPage.status:
        return request.path
    return request.headers.get("Referer", "/")


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
            "back": safe_back(request, refusal),
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
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and not response.content:
            told = refusal_response(request, no_page())
            told["Allow"] = response["Allow"]
            return told
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal becomes the page of its form, else a page of its own; anything else is
        Django's to handle."""
        if isinstance(exception, Refusal):
            again = None if request.path.startswith(API) else page_again(request, exception)
            return again or refusal_response(request, exception)
        return None
