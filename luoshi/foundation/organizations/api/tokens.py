"""The API's door: a bearer token becomes an actor; scopes are checked by name."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer

from luoshi.foundation.accounts.domain.throttling import count_use
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.domain.tokens import actor_for


class TokenAuth(HttpBearer):
    """`Authorization: Bearer luoshi_…`; sets `request.actor`, counts the use."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The actor, or None for a token that is unknown, expired, revoked or without post."""
        office: Any = request
        actor = actor_for(
            token,
            at=office.now,
            address=request.META.get("REMOTE_ADDR", ""),
            request=getattr(request, "request_id", ""),
        )
        office.actor = actor
        if actor is not None:
            limit = settings.CONFIG.api_per_minute
            count_use("api", actor.token_id, limit=limit, at=office.now)
        return actor


def scoped(request: OfficeRequest, scope: str) -> Actor:
    """The request's actor if its token carries the scope; refused with the scope's name."""
    if scope not in request.actor.scopes:
        raise Forbidden(
            _("Not done: this token may not do that."),
            _("The scope “%(scope)s” is missing.") % {"scope": scope},
            next_steps=(_("Ask the security administrator for a token with that scope."),),
            code="scope-missing",
        )
    return request.actor


def making_a_file(request: OfficeRequest) -> None:
    """Count a paper that is set for a token among its exports, as a page's are (row 26): one costs
    the machine far more than a call that reads rows."""
    limit = settings.CONFIG.export_per_minute
    count_use("export", request.actor.token_id, limit=limit, at=request.now)
