"""The last handler: what nobody refused. It says nothing of the inside, only the request's id.

A database that is gone, full of connections or restarting is no error of the page: 503 with a
time to try again (security.md 8), nothing was written because the transaction is not there.
"""

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import NotVisible, Refusal, Unavailable
from luoshi.foundation.core.web.refusal_pages import API, problem, refusal_response

RETRY_SECONDS = 10


class Broken(Refusal):
    """Our own mistake."""

    status = 500


def refusal_of(error: BaseException | None) -> Refusal:
    """What a person is told."""
    if isinstance(error, (OperationalError, InterfaceError)):
        return Unavailable(
            _("Not done: the database does not answer at the moment."),
            _("Nothing of this was written."),
            next_steps=(_("Send it again in a few seconds; sending twice acts once."),),
            code="database",
            retry_seconds=RETRY_SECONDS,
        )
    return Broken(
        _("Not done: something went wrong here."),
        _("Nothing of this was written."),
        next_steps=(_("Try again; if it happens again, tell the administrator the number below."),),
        code="broken",
    )


def no_such_address(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to an address that leads nowhere: the same words as for what the reader may not
    see, so that nothing is told apart."""
    refusal = NotVisible(
        _("Not found, or outside your scope."),
        _("This address leads to no page, or to one you may not see."),
        next_steps=(_("Check the address, or start from the home page."),),
        code="not-visible",
    )
    return refusal_response(request, refusal)


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer to an exception nobody handled; asks no database."""
    refusal = refusal_of(sys.exc_info()[1])
    if request.path.startswith(API):
        response: HttpResponse = JsonResponse(
            problem(refusal),
            status=refusal.status,
            content_type="application/problem+json",
            json_dumps_params={"ensure_ascii": False},
        )
    else:
        number = getattr(request, "request_id", "")
        context: dict[str, Any] = {
            "refusal": refusal,
            "errors": {},
            "back": request.path,
            "request_id": number,
        }
        response = HttpResponse(
            render_to_string("core/refusal.html", context), status=refusal.status
        )
    if isinstance(refusal, Unavailable):
        response["Retry-After"] = str(refusal.retry_seconds)
    return response
