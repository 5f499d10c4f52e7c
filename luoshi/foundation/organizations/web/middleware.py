"""`request.actor`: the signed-in person in the post they chose, with address and request id."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from luoshi.foundation.accounts.domain.policing import policy
from luoshi.foundation.accounts.domain.sessions import opened
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.domain.queries.holders import appointments_of
from luoshi.foundation.organizations.domain.queries.sight import place
from luoshi.foundation.organizations.enums import OFFICER_CLASS, Role
from luoshi.foundation.organizations.models import Appointment
from luoshi.foundation.organizations.rules import needs_factor


def actor_of(request: HttpRequest, held: Appointment | None) -> Actor:
    """The actor for one appointment; without any, a person without a unit."""
    user: Any = request.user
    unit = held.post.unit if held else None
    return Actor(
        kind="person",
        person_id=user.pk,
        person_name=user.full_name,
        username=user.username,
        appointment_id=held.pk if held else None,
        role=held.post.role if held else "",
        unit_id=unit.pk if unit else None,
        unit_name=str(unit) if unit else "",
        place=place(unit) if unit else None,
        on_behalf_of=str(held.delegated_from.person) if held and held.delegated_from else "",
        address=request.META.get("REMOTE_ADDR", ""),
        request_id=getattr(request, "request_id", ""),
    )


def access_of(posts: list[Any]) -> tuple[Any, bool]:
    """(password profile, whether any of the posts needs a second factor). Of a person without a
    post the policy is asked for only where a password has come of age: then alone it counts."""
    if not posts:
        return SimpleLazyObject(lambda: policy().password_profile), False
    needed = any(
        needs_factor(role=held.post.role, level=held.post.unit.level, policy=held.factor_from)
        for held in posts
    )
    return posts[0].profile, needed


OFFICER_IDLE = 15 * 60


class ActorMiddleware:
    """Sets actor, posts and role label; one query for a signed-in person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            posts = appointments_of(request.user.pk, office_date(request.now))  # type: ignore[attr-defined]
            chosen = request.session.get("appointment")
            held = next((p for p in posts if str(p.pk) == chosen), posts[0] if posts else None)
            request.posts = posts  # type: ignore[attr-defined]
            request.actor = actor_of(request, held)  # type: ignore[attr-defined]
            request.role_label = Role(held.post.role).label if held else ""  # type: ignore[attr-defined]
            request.officer = bool(held and held.post.role in OFFICER_CLASS)  # type: ignore[attr-defined]
            request.held = held  # type: ignore[attr-defined]
            request.access = access_of(posts)  # type: ignore[attr-defined]
            self.note_session(request)
        return self.get_response(request)

    def note_session(self, request: Any) -> None:
        """Once per session: end what is above the limit; officers' sessions idle 15 minutes."""
        if request.session.get("noted"):
            return
        request.session["noted"] = True
        if request.officer:
            request.session.set_expiry(OFFICER_IDLE)
        request.session.save()
        opened(
            user=request.user,
            session_key=request.session.session_key,
            address=request.META.get("REMOTE_ADDR", ""),
            officer=request.officer,
            at=timezone.now(),
        )
