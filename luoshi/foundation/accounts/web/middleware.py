"""Per request: language, request id, session age; what a person must do before anything else."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation

from luoshi.foundation.accounts.domain.clock import now
from luoshi.foundation.accounts.domain.passwords import due_for_change
from luoshi.foundation.accounts.enums import AccountState
from luoshi.foundation.deadlines.domain.queries.current import one_calendar

Handler = Callable[[HttpRequest], HttpResponse]
COOKIE = "luoshi_language"
LANGUAGES = ("zh-hans", "en")
ABSOLUTE = timedelta(hours=10)
NOTED_EVERY = 60  # seconds
ALWAYS_OPEN = (
    "/api/",
    "/sign-in/",
    "/sign-out/",
    "/password/",
    "/static/",
    "/language/",
    "/healthz/",
)

FIRST_OPEN = tuple(path for path in ALWAYS_OPEN if path != "/password/")


class LanguageMiddleware:
    """The person's language, else the device's choice on the sign-in page, else the site's."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "") or request.COOKIES.get(COOKIE, "")
        if request.path.startswith("/api/"):
            chosen = translation.get_language_from_request(request)
        language = chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
            response.headers["Content-Language"] = language
        return response


class ClockMiddleware:
    """The only place where pages read the clock; every request gets an id and one calendar."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]
        request.now, request.demo = now()  # type: ignore[attr-defined]
        with one_calendar():
            return self.get_response(request)


class SessionAgeMiddleware:
    """Ends sessions of suspended people and those older than ten hours (security row 5)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and not request.path.startswith(ALWAYS_OPEN):
            began = request.session.get("began")
            self.touch(request)
            old = began and datetime.fromisoformat(began) + ABSOLUTE < request.now  # type: ignore[attr-defined]
            if old or user.state != AccountState.ACTIVE:
                logout(request)
                return redirect("accounts:sign-in")
        return self.get_response(request)

    def touch(self, request: HttpRequest) -> None:
        """Move the idle limit on, a minute after it was last moved: pages only read otherwise."""
        second = int(timezone.now().timestamp())
        if not 0 <= second - int(request.session.get("touched", 0)) < NOTED_EVERY:
            request.session["touched"] = second


class FirstThingsMiddleware:
    """Nothing else opens until a handed-out or aged password is changed and a required second
    factor is enrolled; a session that never showed an enrolled factor ends (rows 2 and 4).

    `request.access` is (password profile, whether a factor is required), set with the actor."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and not request.path.startswith(FIRST_OPEN):
            profile, required = request.access  # type: ignore[attr-defined]
            if user.factor_since and not request.session.get("factor"):
                logout(request)
                return redirect("accounts:sign-in")
            first = None
            if due_for_change(user, timezone.now(), profile):
                first = reverse("accounts:password")
            elif required and not user.factor_since:
                first = reverse("accounts:factor")
            if first is not None and request.path != first:
                return redirect(first)
        return self.get_response(request)
