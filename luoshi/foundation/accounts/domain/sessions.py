"""Open sessions: at most two per person, one for the three officers; each can be ended (row 5)."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.models import SignIn, User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import NotVisible

MOST, MOST_OFFICER = 2, 1


def opened(*, user: User, session_key: str, address: str, officer: bool, at: datetime) -> int:
    """Note a new session and end the oldest ones above the limit; returns how many ended."""
    SignIn.objects.update_or_create(
        session_key=session_key, defaults={"user": user, "began_at": at, "address": address}
    )
    living = Session.objects.filter(expire_date__gt=at).values("session_key")
    SignIn.objects.filter(user=user).exclude(session_key__in=living).delete()
    keys = list(SignIn.objects.filter(user=user).values_list("session_key", flat=True))
    others = [key for key in keys if key != session_key]
    return end(others[(MOST_OFFICER if officer else MOST) - 1 :])


def end(keys: list[str]) -> int:
    """Delete these sessions; whoever holds their cookie is signed out."""
    Session.objects.filter(session_key__in=keys).delete()
    return SignIn.objects.filter(session_key__in=keys).delete()[0]


def end_sessions(user: User, *, but: str = "") -> int:
    """Delete every session of the person except one; returns how many."""
    keys = SignIn.objects.filter(user=user).values_list("session_key", flat=True)
    return end([key for key in keys if key != but])


def end_own(*, user: User, session_key: str, actor: Actor, at: datetime) -> None:
    """End one of one's own other sessions. Refused: a session that is not one's own."""
    if not SignIn.objects.filter(user=user, session_key=session_key).exists():
        raise NotVisible(_("This session has ended already."), code="no-session")
    with acting(actor=actor, at=at):
        end([session_key])
        record("accounts.session_ended", actor=actor, at=at, obj=user)
