"""What costs the office's machine much, counted per account and minute: searches, files made, files
sent (row 26). Calls of a token are counted at the API's door, tries to sign in at that door."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from luoshi.foundation.accounts.domain.throttling import count_use
from luoshi.foundation.core.refusals import TooMany
from luoshi.foundation.core.web.refusal_pages import refusal_response

MAKES_A_FILE = ("export", "xlsx", "pdf", "docx", "slip", "limit", "package")
SEARCHES = "search:"
SENDS_FILES = "multipart/form-data"


def kind_of(request: HttpRequest, route: str) -> str | None:
    """search, export, upload, or None: by the route's name and the form's kind."""
    if route.startswith(SEARCHES):
        return "search"
    if route.rsplit(":", 1)[-1].rsplit("-", 1)[-1] in MAKES_A_FILE:
        return "export"
    if request.method == "POST" and request.content_type == SENDS_FILES:
        return "upload"
    return None


class MeteringMiddleware:
    """Answers 429 with the seconds to wait, before the view, above the account's allowance."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Two processes share the count; a restart keeps it."""
        match = request.resolver_match
        if match is None or not request.user.is_authenticated:
            return None
        kind = kind_of(request, match.view_name)
        if kind is None:
            return None
        limit = getattr(settings.CONFIG, f"{kind}_per_minute")
        try:
            count_use(kind, request.user.pk, limit=limit, at=request.now)  # type: ignore[attr-defined]
        except TooMany as refusal:
            return refusal_response(request, refusal)
        return None
