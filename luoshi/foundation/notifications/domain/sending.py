"""Send notices: idempotent by key, held in quiet hours, delivered at the next open minute.

Quiet: 18:00–08:30, 12:00–14:00, rest days (rules.md 2.11); hour rules are exempt.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from luoshi.foundation.accounts.models import User
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.open_hours import next_open
from luoshi.foundation.notifications.models import Notice

MANY = 1000


@dataclass(frozen=True)
class Message:
    """What to say, in both languages, and about what."""

    kind: str
    title_zh: str
    title_en: str
    url: str
    key: str
    level: str = ""
    urgent: bool = False


def notices(
    message: Message, *, to: Iterable[User], unit_id: UUID | None, at: datetime
) -> list[Notice]:
    """One notice per recipient, not sent yet."""
    deliver_at = at if message.urgent else next_open(at, current_calendar())
    held = deliver_at > at
    return [
        Notice(
            recipient=person,
            unit_id=unit_id,
            kind=message.kind,
            level=message.level,
            title_zh=message.title_zh[:200],
            title_en=message.title_en[:240],
            url=message.url,
            dedup_key=f"{message.key}|{person.pk}",
            created_at=at,
            deliver_at=deliver_at,
            held_reason_zh="非工作时间，顺延至下一办公时段送达" if held else "",
            held_reason_en="Outside office hours: delivered at the next open minute"
            if held
            else "",
        )
        for person in to
    ]


def send_all(rows: Iterable[Notice]) -> None:
    """Send many at once; a key that was used already adds nothing. Runs inside the caller's
    transaction: work is rows."""
    Notice.objects.bulk_create(rows, batch_size=MANY, ignore_conflicts=True)


def send(message: Message, *, to: Iterable[User], unit_id: UUID | None, at: datetime) -> int:
    """One notice per recipient; returns how many are new."""
    known = Notice.objects.filter(dedup_key__startswith=f"{message.key}|")
    before = known.count()
    send_all(notices(message, to=to, unit_id=unit_id, at=at))
    return known.count() - before
