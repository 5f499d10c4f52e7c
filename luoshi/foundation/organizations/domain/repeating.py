"""Once per key: a request of a token acts once, its repetition gets the first answer.

Kept seven days; the same key with another body is refused (security.md 5, rule 8).
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.retrying import whole_verb
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.organizations.models import IdempotencyKey

KEPT = timedelta(days=7)
Answer = tuple[int, Any]


def once_by_key(
    *, key: str, route: str, body: bytes, actor: Actor, at: datetime, act: Callable[[], Answer]
) -> Answer:
    """Run `act`, which returns (status, JSON-ready answer), in one transaction with its key. A
    failed act leaves the key free. Refused: the key was used for another request."""
    digest = hashlib.sha256(route.encode() + b"\n" + body).hexdigest()

    def first_time() -> Answer:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(
                token_id=actor.token_id, key=key, request_hash=digest, made_at=at
            )
            status, answer = act()
            IdempotencyKey.objects.filter(pk=row.pk).update(status=status, answer=answer)
            return status, answer

    try:
        return whole_verb(first_time)
    except IntegrityError:
        first = IdempotencyKey.objects.filter(token_id=actor.token_id, key=key).first()
        if first is None:
            raise
    if first.made_at < at - KEPT:
        forget_old(at=at)
        return once_by_key(key=key, route=route, body=body, actor=actor, at=at, act=act)
    if first.request_hash != digest:
        raise Refused(
            _("Not done: this Idempotency-Key belongs to another request."),
            _("A key names one request for seven days."),
            next_steps=(_("Send the request again with a new key."),),
            code="key-reused",
        )
    return first.status, first.answer


def forget_old(*, at: datetime) -> int:
    """Forget the keys that are older than seven days; returns how many (daily)."""
    return IdempotencyKey.objects.filter(made_at__lt=at - KEPT).delete()[0]
