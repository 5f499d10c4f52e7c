"""Suspend a person: refused for the last security administrator and the last auditor. Accounts
unused for 90 days are suspended by the nightly job (row 1)."""

from datetime import datetime, timedelta

from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.domain import opening
from luoshi.foundation.accounts.enums import AccountState
from luoshi.foundation.accounts.models import User
from luoshi.foundation.accounts.rules import may_activate
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.domain.appointing import KEPT, lock_kept_posts
from luoshi.foundation.organizations.domain.queries.holders import current

UNUSED = timedelta(days=90)


def suspend_person(*, user: User, reason: str, actor: Actor, at: datetime) -> User:
    """Close the account and end its sessions, unless nobody would hold its officer's post."""
    ensure(may_activate(actor, user))
    with acting(actor=actor, at=at):
        lock_kept_posts()
        holders = current(office_date(at))
        for held in holders.filter(person=user, post__role__in=KEPT):
            if not holders.filter(post__role=held.post.role).exclude(person=user).exists():
                raise Refused(
                    _("Not suspended."),
                    _("This is the last holder of the post; appoint another one first."),
                    source="GB/T 22239 5.1",
                    code="last-officer",
                )
        return opening.suspend(user=user, reason=reason, actor=actor, at=at)


def suspend_unused(*, actor: Actor, at: datetime) -> int:
    """Suspend active accounts that nobody used for 90 days, counted from the last sign-in, the last
    password or the creation; the last officers stay. Running twice changes nothing more."""
    since = Greatest("last_login", "password_changed_at", "created_at")
    idle = User.objects.filter(state=AccountState.ACTIVE).annotate(since=since)
    count = 0
    for user in idle.filter(since__lt=at - UNUSED):
        try:
            suspend_person(user=user, reason=str(_("Unused for 90 days")), actor=actor, at=at)
        except Refused:
            continue
        count += 1
    return count
