"""Hand out and change passwords; a handed-out one must be changed at first use (row 2)."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts import rules
from luoshi.foundation.accounts.models import FormerPassword, User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid


def hand_out(*, user: User, password: str, actor: Actor, at: datetime, once: bool = True) -> None:
    """Set a password for somebody; `once` makes it good for one sign-in only."""
    ensure(rules.may_activate(actor, user))
    with acting(actor=actor, at=at):
        user.set_password(password)
        user.must_change_password, user.password_changed_at = once, at
        user.save(update_fields=("password", "must_change_password", "password_changed_at"))
        record("accounts.password_handed_out", actor=actor, at=at, obj=user)


def change(*, user: User, old: str, new: str, actor: Actor, at: datetime) -> None:
    """Change one's own password. Refused: a wrong old one, a new one against the rules."""
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
        record("accounts.password_changed", actor=actor, at=at, obj=user)
