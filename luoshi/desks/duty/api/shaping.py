"""Rows of duty as JSON objects."""

from datetime import date
from typing import Any

from luoshi.desks.duty.domain.queries.between import Placed
from luoshi.desks.duty.enums import Post
from luoshi.desks.duty.models import (
    DailyReport,
    DutyCheck,
    DutyPerson,
    Leave,
    LogNote,
    Roster,
    SensitivePeriod,
    Shift,
    Swap,
)
from luoshi.supervision.matters.api.shaping import instant, unit


def person(row: DutyPerson, today: date) -> dict[str, Any]:
    """Somebody on the list; their leaves are read with them."""
    names = ("name", "title", "phone", "nights", "weekdays_off", "most", "revision")
    return {name: getattr(row, name) for name in names} | {
        "id": str(row.pk),
        "account": str(row.account_id) if row.account_id else None,
        "posts": [post for post in row.posts if post in Post.values],
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat() if row.ends_on else None,
        "leaves": [leave(one) for one in row.leaves.all() if one.ends_on >= today],
    }


def leave(row: Leave) -> dict[str, Any]:
    """Leave."""
    return {
        "id": str(row.pk),
        "kind": row.kind,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
    }


def roster(row: Roster) -> dict[str, Any]:
    """A roster as a list shows it."""
    return {
        "id": str(row.pk),
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "state": row.state,
        "progress": row.progress,
        "outcome": row.outcome,
        "drafted_by": row.drafted_by_name,
        "drafted_at": instant(row.drafted_at),
        "approved_by": row.approved_by_name if row.approved_at else "",
        "approved_at": instant(row.approved_at),
        "published_at": instant(row.published_at),
    }


def shift(row: Shift) -> dict[str, Any]:
    """A shift; its person is read with it."""
    names = ("post", "day_class", "sensitive", "night", "weight", "fixed", "changed_reason")
    return {name: getattr(row, name) for name in names} | {
        "id": str(row.pk),
        "day": row.day.isoformat(),
        "starts_at": instant(row.starts_at),
        "ends_at": instant(row.ends_at),
        "person_id": str(row.person_id) if row.person_id else None,
        "person": row.person.name if row.person else None,
    }


def there(row: Placed, *, phones: bool) -> dict[str, Any]:
    """Somebody on duty in a unit."""
    one = row.there
    return {
        "unit": unit(row.unit),
        "post": one.post,
        "name": one.name,
        "title": one.title,
        "phone": one.phone if phones else None,
        "starts_at": instant(one.starts_at),
        "ends_at": instant(one.ends_at),
        "shift_id": str(one.shift.pk) if one.shift else None,
    }


def swap(row: Swap) -> dict[str, Any]:
    """A swap; shifts and people are read with it."""
    return {
        "id": str(row.pk),
        "shift_id": str(row.shift_id),
        "day": row.shift.day.isoformat(),
        "post": row.shift.post,
        "other_id": str(row.other_id) if row.other_id else None,
        "other_day": row.other.day.isoformat() if row.other else None,
        "asker_id": str(row.asker_id),
        "asker": row.asker.name,
        "taker_id": str(row.taker_id),
        "taker": row.taker.name,
        "state": row.state,
        "reason": row.reason,
        "answer": row.answer,
        "asked_at": instant(row.asked_at),
        "agreed_at": instant(row.agreed_at),
        "decided_by": row.decided_by_name,
        "decided_at": instant(row.decided_at),
    }


def note(row: LogNote) -> dict[str, Any]:
    """A line of the log; the number only while something is open about it, as this shift's page
    shows it."""
    names = ("kind", "who", "text", "given_to", "pending", "outcome")
    open_line = row.pending and row.settled_at is None
    return {name: getattr(row, name) for name in names} | {
        "id": str(row.pk),
        "at": instant(row.at),
        "phone": row.phone if open_line else None,
        "settled_at": instant(row.settled_at),
        "settled_by": row.settled_by_name,
        "noted_by": row.noted_by_name,
        "noted_at": instant(row.noted_at),
    }


def period(row: SensitivePeriod) -> dict[str, Any]:
    """A sensitive period."""
    above = {"code": row.from_code, "name": row.from_name} if row.from_code else None
    return {
        "id": str(row.pk),
        "title": row.title,
        "basis": row.basis,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "daily": row.daily,
        "from_unit": above,
        "declared_by": row.declared_by_name,
        "declared_at": instant(row.declared_at),
        "revoked_at": instant(row.revoked_at),
        "revoked_reason": row.revoked_reason,
    }


def daily(row: DailyReport) -> dict[str, Any]:
    """A daily report."""
    return {
        "id": str(row.pk),
        "unit": {"code": row.unit_code, "name": row.unit_name},
        "day": row.day.isoformat(),
        "nothing": row.nothing,
        "text": row.text,
        "due_at": instant(row.due_at),
        "sent_at": instant(row.sent_at),
        "late": row.late,
        "sent_by": row.by_name,
    }


def check(row: DutyCheck) -> dict[str, Any]:
    """A surprise check; both units are read with it."""
    names = ("seconds", "allowed", "expected", "answered_by", "result", "words")
    return {name: getattr(row, name) for name in names} | {
        "id": str(row.pk),
        "office": unit(row.office),
        "unit": unit(row.unit),
        "called_at": instant(row.called_at),
        "checked_by": row.checked_by_name,
    }
