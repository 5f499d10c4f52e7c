"""Edges: run an act once per form, whatever is clicked twice."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.domain.submissions import once
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest


def act_once(request: OfficeRequest, route: str, act: Callable[[], str]) -> HttpResponse:
    """Redirect to where the act leads; the second POST of the same form leads there too."""
    raw = request.POST.get("submission_key", "")
    try:
        key = UUID(raw)
    except ValueError as error:
        raise Invalid(
            _("Not sent: the form is incomplete."), {"": [_("Open the page again and resend.")]}
        ) from error
    return redirect(once(key=key, user=request.user, route=route, at=request.now, act=act))
