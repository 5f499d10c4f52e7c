"""Once per form: the first POST with a key acts, a second one gets the first one's result."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from luoshi.foundation.accounts.models import SubmissionKey, User
from luoshi.foundation.audit.domain.retrying import whole_verb


def once(*, key: UUID, user: User, route: str, at: datetime, act: Callable[[], str]) -> str:
    """Run `act` (which returns where to go next) at most once for this key; the key row and the
    act share one transaction, so a failed act leaves the key free and a deadlock
    is tried again."""

    def first_time() -> str:
        with transaction.atomic():
            row = SubmissionKey.objects.create(key=key, user=user, route=route, made_at=at)
            row.location = act()
            row.save(update_fields=("location",))
            return row.location

    try:
        return whole_verb(first_time)
    except IntegrityError:
        first = SubmissionKey.objects.filter(key=key, user=user, route=route).first()
        if first is None:
            raise
        return first.location
