"""The API's root: routers of the apps, one face for every refusal, OpenAPI 3.1 without pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from luoshi.desks.duty.api import books, handovers, people, periods, rosters, shifts, swaps
from luoshi.desks.information.api import desk, events, fate, issues, items, scores
from luoshi.desks.instructions.api import instructions
from luoshi.desks.ledgers.api import correcting, imports
from luoshi.desks.publications.api import founding
from luoshi.foundation.audit.domain.recording import record_denied
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refusal
from luoshi.foundation.core.web.refusal_pages import refusal_response
from luoshi.foundation.organizations.api.tokens import TokenAuth
from luoshi.foundation.sheets import api as sheets
from luoshi.insight.burden import api as burden
from luoshi.insight.watch import api as watch
from luoshi.site.web import calendar_api
from luoshi.supervision.appraisal.api import deciding as scoring
from luoshi.supervision.chasing.api import leaders, nudges
from luoshi.supervision.commitments.api import commitments
from luoshi.supervision.inspections.api import deciding
from luoshi.supervision.lists.api import changing
from luoshi.supervision.lookbacks.api import acts
from luoshi.supervision.matters.api import (
    answers,
    endings,
    extensions,
    matters,
    reports,
    ruling,
    settling,
    shares,
)

PROBLEM = "application/problem+json"


class Unauthorized(Refusal):
    """No valid token."""

    status = 401


class OfficeAPI(NinjaAPI):
    """Refusals are declared as what they are: RFC 9457 problems."""

    drawn: OpenAPISchema | None = None

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The schema of the one prefix the site has; drawn once, for it takes seconds."""
        if self.drawn is None:
            self.drawn = self.draw(**kwargs)
        return self.drawn

    def draw(self, **kwargs: Any) -> OpenAPISchema:
        """The schema as Ninja makes it, the media types changed."""
        schema = super().get_openapi_schema(**kwargs)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in answer.get("content", {}):
                        answer["content"][PROBLEM] = answer["content"].pop("application/json")
        return schema


api = OfficeAPI(
    title="Luoshi 落实",
    version="1",
    description="Matters, assignments, duties and reports: the verbs of the pages, by token.",
    urls_namespace="api",
    auth=TokenAuth(),
    docs_url=None,
)
ROUTERS = (
    matters,
    shares,
    reports,
    answers,  # adds to the router of its room, as some below do
    extensions,
    endings,
    ruling,
    settling,
    nudges,
    leaders,
    changing,
    deciding,
    acts,
    scoring,
    instructions,
    items,
    fate,
    issues,
    desk,
    scores,
    events,
    imports,
    correcting,
    commitments,
    rosters,
    shifts,
    swaps,
    people,
    periods,
    handovers,
    books,
    calendar_api,
    founding,  # as above
    watch,
    burden,
    sheets,
)
for router in (room.router for room in ROUTERS):
    api.add_router("", router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal of a verb; a denied one is kept in the trail."""
    actor = getattr(request, "actor", None)
    if isinstance(refusal, Forbidden) and actor is not None:
        route = request.resolver_match.view_name if request.resolver_match else request.path
        record_denied(refusal, actor=actor, at=request.now, route=route)  # type: ignore[attr-defined]
    return refusal_response(request, refusal)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """No token, or one that is not valid (any more)."""
    why = _("The token is missing, unknown, expired or revoked, or its holder has left the post.")
    steps = (_("Ask the security administrator for a token."),)
    refusal = Unauthorized(_("Not signed in."), why, next_steps=steps, code="token")
    response = refusal_response(request, refusal)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A body or parameter that does not fit its schema, field by field."""
    errors: dict[str, list[str]] = {}
    for one in error.errors:
        place = ".".join(str(part) for part in one["loc"][1:] if part != "body")
        errors.setdefault(place, []).append(str(one["msg"]))
    return refusal_response(request, Invalid(_("The request does not fit its schema."), errors))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON."""
    refusal = Invalid(_("The request does not fit its schema."), {"body": [str(error)]})
    return refusal_response(request, refusal)


def open_urls() -> tuple[Any, ...]:
    """The API's URLs; Ninja asks for the token itself, so the sign-in page is not in the way."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        view: Any = pattern.callback
        if getattr(pattern, "name", "") == "openapi-json":
            view = require_safe(view)
        view.login_required = False
        pattern.callback = view
    return patterns, app, namespace
