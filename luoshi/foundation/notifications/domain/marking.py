"""Mark notices read; only one's own, and only what has been delivered."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from luoshi.foundation.core.time import at_clock, office_date
from luoshi.foundation.notifications.models import Notice


def inbox(person_id: UUID, at: datetime) -> "QuerySet[Notice]":
    """Delivered notices of a person, newest first."""
    return Notice.objects.filter(recipient_id=person_id, deliver_at__lte=at)


def unread_rows(person_id: UUID, at: datetime) -> "QuerySet[Notice]":
    """Delivered notices that are unread."""
    return Notice.objects.filter(recipient_id=person_id, deliver_at__lte=at, read_at=None)


def mark_read(*, person_id: UUID, notice_id: UUID | None, at: datetime) -> int:
    """Mark one notice, or all delivered ones, read; returns how many changed."""
    rows = unread_rows(person_id, at)
    if notice_id is not None:
        rows = rows.filter(pk=notice_id)
    return rows.update(read_at=at)


def week_start(at: datetime) -> datetime:
    """00:00 of this week's Monday at the office."""
    today = office_date(at)
    return at_clock(today - timedelta(days=today.weekday()), time(0))
