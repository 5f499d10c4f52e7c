"""A refused form comes back: the page it stood on, as it is now, with the reason at the form and
what was typed in it. A form whose address takes nothing but forms needs no page of its own for
that. Where the page cannot be shown again, the caller's own page tells the refusal."""

import copy
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils.module_loading import import_string

from luoshi.foundation.core.refusals import Invalid, Refusal, Refused
from luoshi.foundation.core.web.filling import Form, Refill, filled, form_sent, outdated
from luoshi.foundation.core.web.typed_texts import typed_texts

HTML = "text/html"
AT_THE_DOOR = "accounts"  # its forms are open to who may not see anything else yet
SCRIPTS = ("X-Part", "X-Autosave", "HX-Request")  # a script reads the refusal, not a page


def page_again(request: HttpRequest, refusal: Refusal) -> HttpResponse | None:
    """The page the form was sent from; None where it is not known or cannot be shown, and where a
    script sent the form."""
    if request.method != "POST" or not isinstance(refusal, Invalid | Refused):
        return None
    if any(name in request.headers for name in SCRIPTS):
        return None
    match = request.resolver_match
    if not request.user.is_authenticated or match is None or match.namespace == AT_THE_DOOR:
        return None
    address = came_from(request)
    response = shown_again(request, address) if address else None
    if response is None:
        return None
    page = response.content.decode()
    typed = dict(request.POST.lists())
    sent = form_sent(page, address, request.get_full_path(), typed)
    errors = {
        name: [str(text) for text in texts]
        for name, texts in getattr(refusal, "errors", {}).items()
    }
    place, form = sent or (None, None)
    stale = form is not None and outdated(form, typed)
    summary = told(request, refusal, form, errors, stale=stale)
    put_back = {} if stale else typed
    response.content = filled(page, Refill(place, address, put_back, errors, summary)).encode()
    response.status_code = refusal.status
    return response


def came_from(request: HttpRequest) -> str:
    """The local address of the page with the form: as the form carries it after a first refusal,
    else as the browser tells it; "" where neither does."""
    said = request.POST.get("came_from", "") or request.headers.get("Referer", "")
    try:
        parts = urlsplit(said)
    except ValueError:
        return ""
    own = parts.netloc in {"", request.get_host()}
    if not own or not parts.path.startswith("/") or parts.path.startswith("//"):
        return ""  # a path of two slashes is another site's address
    return parts.path + (f"?{parts.query}" if parts.query else "")


@cache
def doors() -> list[Callable[..., HttpResponse | None]]:
    """What looks at a request before its view: the middleware that may turn it away there."""
    kinds = [import_string(path) for path in settings.MIDDLEWARE]
    looking = [kind for kind in kinds if hasattr(kind, "process_view")]
    return [kind(lambda _request: HttpResponse()).process_view for kind in looking]


def shown_again(request: HttpRequest, address: str) -> HttpResponse | None:
    """The page as the same reader would open it now, through the same doors, by its own view with
    its own checks."""
    parts = urlsplit(address)
    page: Any = copy.copy(request)
    page.method, page.path = "GET", unquote(parts.path)
    page.path_info = page.path
    page.META = request.META | {"REQUEST_METHOD": "GET", "QUERY_STRING": parts.query}
    try:
        page.GET, page.POST = QueryDict(parts.query), QueryDict()
        match = page.resolver_match = resolve(page.path)
        asked = (match.func, match.args, match.kwargs)
        if any(door(page, *asked) is not None for door in doors()):
            return None
        response: HttpResponse = match.func(page, *match.args, **match.kwargs)
    except (Refusal, Http404, SuspiciousOperation, BadRequest):
        return None
    plain = response.status_code == 200 and not response.streaming
    if not plain or not response.headers.get("Content-Type", "").startswith(HTML):
        file = getattr(response, "file_to_stream", None)
        if file is not None:
            file.close()  # closing the answer itself would end the request
        return None
    return response


def told(
    request: HttpRequest,
    refusal: Refusal,
    form: Form | None,
    errors: dict[str, list[str]],
    *,
    stale: bool,
) -> str:
    """The refusal as it stands above the form; with the words to copy where the form is gone or
    shows what somebody else saved meanwhile (`stale`). Files are never put back."""
    ids = form.ids if form else {}
    texts = [(ids.get(name, ""), text) for name, found in errors.items() for text in found]
    context = {
        "refusal": refusal,
        "texts": texts,
        "stale": stale,
        "files": form is not None and bool(request.FILES),
        "typed": [] if form and not stale else typed_texts(request),
    }
    return render_to_string("core/came_back.html", context, request)
