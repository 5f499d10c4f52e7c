"""The edge: what no text of an office holds is refused before any view sees it (row 13)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.refusal_pages import refusal_response

NUL = "\x00"


class EdgeMiddleware:
    """Refuses a NUL character, which the database cannot keep, in an address or a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Names the fields; nothing was done."""
        given = [*request.GET.lists(), *request.POST.lists()]
        found = {name: values for name, values in given if NUL in name + "".join(values)}
        if NUL not in request.path and not found:
            return None
        words = _("It holds a character that is no text (NUL). Type it again.")
        refusal = Invalid(
            _("Nothing was done."), {name.replace(NUL, ""): [words] for name in found}
        )
        return refusal_response(request, refusal)
