"""Keep what must not have come: once per sender, reason and content, with its bytes."""

import hashlib
from datetime import datetime
from typing import IO

from django.db.models import F

from luoshi.foundation.exchange.envelopes.refusing import Unacceptable
from luoshi.foundation.exchange.models import Alarm

KEPT = 256 * 1024


def alarm(*, sender: str, refused: Unacceptable, file: IO[bytes], at: datetime) -> bool:
    """Write an alarm; True when it is a new one. The sender is what the envelope claims."""
    file.seek(0)
    head = file.read(KEPT)
    state = hashlib.sha256(head)
    while block := file.read(KEPT):
        state.update(block)
    row, made = Alarm.objects.get_or_create(
        sender=sender[:24],
        reason=str(refused.reason),
        digest=state.hexdigest(),
        defaults={"detail": refused.detail[:200], "body": head, "first_at": at, "last_at": at},
    )
    if not made:
        Alarm.objects.filter(pk=row.pk).update(last_at=at, times=F("times") + 1)
    return made
