"""A denied act is kept in the trail: who tried which page, and the code of the refusal."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from luoshi.foundation.audit.domain.recording import record_denied
from luoshi.foundation.core.refusals import Forbidden


class DeniedMiddleware:
    """Records refusals of rights; rendering them is the next handler's work."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Keep a denial of a signed-in person; everything else passes by."""
        actor = getattr(request, "actor", None)
        if isinstance(exception, Forbidden) and actor is not None:
            route = request.resolver_match.view_name if request.resolver_match else request.path
            record_denied(exception, actor=actor, at=request.now, route=route)  # type: ignore[attr-defined]
