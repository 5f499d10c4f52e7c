"""Unlock an account after too many wrong tries: the security administrator (security row 3)."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from luoshi.foundation.accounts import rules
from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure


def locked_names(names: list[str], *, at: datetime | None = None) -> set[str]:
    """Which of these user names are locked out now; the lock counts real time."""
    cool: timedelta = settings.AXES_COOLOFF_TIME
    since = (at or timezone.now()) - cool
    tries = AccessAttempt.objects.filter(username__in=names, attempt_time__gt=since)
    sums = tries.order_by().values_list("username").annotate(n=Sum("failures_since_start"))
    return {name for name, wrong in sums if name and wrong >= settings.AXES_FAILURE_LIMIT}


def unlock(*, user: User, actor: Actor, at: datetime) -> None:
    """Forget the wrong tries; the person may sign in again at once."""
    ensure(rules.may_activate(actor, user))
    with acting(actor=actor, at=at):
        reset(username=user.username)
        record("accounts.unlocked", actor=actor, at=at, obj=user)
