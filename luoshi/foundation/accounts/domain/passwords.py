"""Hand out and change passwords; a handed-out one must be changed at first use (row 2)."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts import rules
from luoshi.foundation.accounts.domain.sessions import end_sessions
from luoshi.foundation.accounts.enums import PasswordProfile
from luoshi.foundation.accounts.models import FormerPassword, User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid

HANDED_OUT_HOURS, LONGEST_DAYS = 24, 90
ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"


def generated() -> str:
    """A password to hand out: letters and digits that are not mistaken for one another."""
    return "-".join("".join(secrets.choice(ALPHABET) for _n in range(5)) for _part in range(3))


def expired(user: User, at: datetime) -> bool:
    """Whether the password is too old to sign in with: a handed-out one after 24 hours."""
    if not user.must_change_password or user.password_changed_at is None:
        return False
    return user.password_changed_at + timedelta(hours=HANDED_OUT_HOURS) < at


def due_for_change(user: User, at: datetime, profile: str) -> bool:
    """Whether the person must choose a new password now: handed out, or older than 90 days where
    the profile asks for that (ASVS 6.2.10 forbids it)."""
    old = user.password_changed_at
    aged = bool(old and old + timedelta(days=LONGEST_DAYS) < at)
    return user.must_change_password or (aged and profile == PasswordProfile.DENGBAO3)


def hand_out(*, user: User, password: str, actor: Actor, at: datetime, once: bool = True) -> None:
    """Set a password for somebody and end their sessions; `once` makes it good for one sign-in
    within 24 hours."""
    ensure(rules.may_activate(actor, user))
    with acting(actor=actor, at=at):
        user.set_password(password)
        user.must_change_password, user.password_changed_at = once, at
        user.save(update_fields=("password", "must_change_password", "password_changed_at"))
        end_sessions(user)
        record("accounts.password_handed_out", actor=actor, at=at, obj=user)


def change(
    *, user: User, old: str, new: str, actor: Actor, at: datetime, session_key: str = ""
) -> None:
    """Change one's own password and end all other sessions. Refused: a wrong old one, a new one
    against the rules."""
    ensure(rules.may_change_password(actor, user))
    if not user.check_password(old):
        raise Invalid(_("Not changed."), {"old": [_("The present password is not right.")]})
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise Invalid(_("Not changed."), {"new": list(error.messages)}) from error
    with acting(actor=actor, at=at):
        FormerPassword.objects.create(user=user, hash=user.password, replaced_at=at)
        user.set_password(new)
        user.must_change_password, user.password_changed_at = False, at
        user.save(update_fields=("password", "must_change_password", "password_changed_at"))
        end_sessions(user, but=session_key)
        record("accounts.password_changed", actor=actor, at=at, obj=user)
