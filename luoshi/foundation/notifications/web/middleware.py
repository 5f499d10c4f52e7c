"""The unread count behind the bell."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from luoshi.foundation.notifications.domain.marking import unread


class UnreadMiddleware:
    """One small query for a signed-in person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.unread = unread(request.user.pk, request.now)  # type: ignore[attr-defined]
        return self.get_response(request)
