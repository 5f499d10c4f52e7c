"""Open, activate and suspend accounts: two officers for every new one (security.md 4)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

from luoshi.foundation.accounts import rules
from luoshi.foundation.accounts.domain.sessions import end_sessions
from luoshi.foundation.accounts.enums import AccountState
from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid


def create_account(
    *, username: str, full_name: str, actor: Actor, at: datetime, phone: str = ""
) -> User:
    """Create an inactive account. Refused: a user name that is taken or not plain."""
    ensure(rules.may_create(actor))
    name = username.strip()
    if not (name.isascii() and name.replace(".", "").replace("-", "").isalnum()) or len(name) > 40:
        raise Invalid(
            _("Not created."), {"username": [_("Use letters, digits, dot and hyphen only.")]}
        )
    if not full_name.strip():
        raise Invalid(_("Not created."), {"full_name": [_("Give the person's name.")]})
    if not set(phone) <= set("0123456789+-() "):
        raise Invalid(_("Not created."), {"phone": [_("Use digits, spaces, + and - only.")]})
    errors = too_long(User, {"full_name": full_name.strip(), "phone": phone.strip()})
    if errors:
        raise Invalid(_("Not created."), errors)
    if User.objects.filter(username=name).exists():
        raise Invalid(_("Not created."), {"username": [_("This user name is taken.")]})
    with acting(actor=actor, at=at):
        user = User(
            username=name,
            full_name=full_name.strip(),
            sort_key=" ".join(lazy_pinyin(full_name.strip())),
            phone=phone.strip(),
            created_at=at,
        )
        user.set_unusable_password()
        user.save()
        record("accounts.created", actor=actor, at=at, obj=user, after={"username": name})
    return user


def activate(*, user: User, actor: Actor, at: datetime) -> User:
    """Make an account usable."""
    ensure(rules.may_activate(actor, user))
    with acting(actor=actor, at=at):
        user.state = AccountState.ACTIVE
        user.save(update_fields=("state",))
        record("accounts.activated", actor=actor, at=at, obj=user)
    return user


def suspend(*, user: User, reason: str, actor: Actor, at: datetime) -> User:
    """Close an account to sign-in and end its sessions at once (security row 5)."""
    ensure(rules.may_activate(actor, user))
    if not reason.strip():
        raise Invalid(_("Not suspended."), {"reason": [_("Give the reason.")]})
    with acting(actor=actor, at=at):
        user.state = AccountState.SUSPENDED
        user.save(update_fields=("state",))
        end_sessions(user)
        record("accounts.suspended", actor=actor, at=at, obj=user, after={"reason": reason})
    return user
