"""An empty site has no sign-in yet: its door leads to the six steps."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from luoshi.site.domain.installing import open_installation


class SetupMiddleware:
    """Sends whoever opens the sign-in page of a site under installation to the setup page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at_door = request.method == "GET" and request.path == reverse("accounts:sign-in")
        if at_door and open_installation() is not None:
            return redirect("site:setup")
        return self.get_response(request)
