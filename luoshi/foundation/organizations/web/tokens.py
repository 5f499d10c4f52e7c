"""API tokens: the security administrator issues and revokes; the secret is shown once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations import rules
from luoshi.foundation.organizations.domain.queries.holders import current
from luoshi.foundation.organizations.domain.tokens import SCOPES, issue_token, revoke_token
from luoshi.foundation.organizations.models import ApiToken


@require_http_methods(["GET", "POST"])
def tokens(request: OfficeRequest) -> HttpResponse:
    """The tokens, the newest first; issue one."""
    ensure(rules.may_see_tokens(request.actor))
    refusal, secret = None, ""
    if request.method == "POST":
        try:
            secret = issued(request)
        except Invalid as found:
            refusal = found
    rows = ApiToken.objects.select_related("appointment__person", "appointment__post__unit")
    found = page(rows, order=("-made_at", "id"), cursor=request.GET.get("cursor", ""))
    context = {
        "page": found,
        "refusal": refusal,
        "secret": secret,
        "scopes": SCOPES,
        "values": request.POST if refusal else {},
    }
    return render(request, "organizations/tokens.html", context, status=422 if refusal else 200)


def issued(request: OfficeRequest) -> str:
    """Issue what the form asks for; returns the secret."""
    errors: dict[str, list[Any]] = {}
    name, days = request.POST.get("name", "").strip(), request.POST.get("days", "")
    held = current(office_date(request.now)).filter(person__username=request.POST.get("username"))
    found = held.filter(officer_class=0).first()
    if found is None:
        errors["username"] = [_("Nobody with this user name holds a business post.")]
    if not name:
        errors["name"] = [_("Name the system that will use it.")]
    if not (days.isascii() and days.isdigit() and 1 <= int(days) <= 366):
        errors["days"] = [_("From %(low)d to %(high)d.") % {"low": 1, "high": 366}]
    if found is None or errors:
        raise Invalid(_("Not issued."), errors)
    _token, secret = issue_token(
        appointment=found,
        name=name,
        scopes=request.POST.getlist("scopes"),
        expires_at=request.now + timedelta(days=int(days)),
        actor=request.actor,
        at=request.now,
    )
    return secret


@require_POST
def revocation(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """End a token at once."""
    rows = ApiToken.objects.select_related("appointment__person")
    token = get_object_or_404(rows, pk=pk)
    revoke_token(token=token, actor=request.actor, at=request.now)
    return redirect("organizations:tokens")
