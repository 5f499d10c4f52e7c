"""A refused form comes back: the page it stood on, as it is now, with the reason at the form and
what was typed in it. A form whose address takes nothing but forms needs no page of its own for
that. Where the page cannot be shown again, the caller's own page tells the refusal."""

import copy
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import resolve

from luoshi.foundation.core.refusals import Invalid, Refusal, Refused
from luoshi.foundation.core.web.filling import Form, Refill, filled, form_sent
from luoshi.foundation.core.web.typed_texts import typed_texts

HTML = "text/html"
AT_THE_DOOR = "accounts"  # its forms are open to who may not see anything else yet


def page_again(request: HttpRequest, refusal: Refusal) -> HttpResponse | None:
    """The page the form was sent from; None where it is not known or cannot be shown."""
    if request.method != "POST" or not isinstance(refusal, Invalid | Refused):
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
    summary = told(request, refusal, sent[1] if sent else None, errors)
    place = sent[0] if sent else None
    response.content = filled(page, Refill(place, address, typed, errors, summary)).encode()
    response.status_code = refusal.status
    return response


def came_from(request: HttpRequest) -> str:
    """The local address of the page with the form: as the form carries it after a first refusal,
    else as the browser tells it; "" where neither does."""
    parts = urlsplit(request.POST.get("came_from", "") or request.headers.get("Referer", ""))
    if parts.netloc not in {"", request.get_host()} or not parts.path.startswith("/"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def shown_again(request: HttpRequest, address: str) -> HttpResponse | None:
    """The page as the same reader would open it now, by its own view with its own checks."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Http404:
        return None
    page: Any = copy.copy(request)
    page.method, page.path, page.path_info = "GET", parts.path, parts.path
    page.GET, page.POST = QueryDict(parts.query), QueryDict()
    page.META = request.META | {"REQUEST_METHOD": "GET", "QUERY_STRING": parts.query}
    page.resolver_match = match
    try:
        response: HttpResponse = match.func(page, *match.args, **match.kwargs)
    except (Refusal, Http404):
        return None
    plain = response.status_code == 200 and not response.streaming
    if not plain or not response.headers.get("Content-Type", "").startswith(HTML):
        file = getattr(response, "file_to_stream", None)
        if file is not None:
            file.close()  # closing the answer itself would end the request
        return None
    return response


def told(
    request: HttpRequest, refusal: Refusal, form: Form | None, errors: dict[str, list[str]]
) -> str:
    """The refusal as it stands above the form; without the form with the words to copy."""
    ids = form.ids if form else {}
    texts = [(ids.get(name, ""), text) for name, found in errors.items() for text in found]
    context = {
        "refusal": refusal,
        "texts": texts,
        "typed": [] if form else typed_texts(request),
    }
    return render_to_string("core/came_back.html", context, request)
