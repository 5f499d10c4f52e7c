"""Who is on duty at an instant: the own office's roster, and what is known of units elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from luoshi.desks.duty.models import KnownShift, Shift
from luoshi.foundation.organizations.models import Unit


@dataclass(frozen=True)
class There:
    """Somebody on duty in a unit, from when to when. `shift`: the row here, None = elsewhere."""

    unit_id: UUID
    post: str
    name: str
    title: str
    phone: str
    starts_at: datetime
    ends_at: datetime
    shift: Any = None


def as_there(row: Shift) -> There:
    """A shift of a roster here, with the person on it."""
    who = row.person
    said = ("", "", "") if who is None else (who.name, who.title, who.phone)
    return There(row.office_id, row.post, *said, row.starts_at, row.ends_at, row)


def as_known(row: KnownShift) -> There:
    """A shift of a roster elsewhere."""
    return There(row.unit_id, row.post, row.name, row.title, row.phone, row.starts_at, row.ends_at)


def on_duty_in(units: Iterable[UUID], at: datetime) -> dict[UUID, list[There]]:
    """By unit, leader first; two queries whatever their number."""
    keys = list(units)
    found: dict[UUID, list[There]] = {}
    rows = Shift.objects.in_force().filter(office__in=keys, starts_at__lte=at, ends_at__gt=at)
    for row in rows.select_related("person"):
        found.setdefault(row.office_id, []).append(as_there(row))
    for one in KnownShift.objects.filter(unit__in=keys, starts_at__lte=at, ends_at__gt=at):
        found.setdefault(one.unit_id, []).append(as_known(one))
    for several in found.values():
        several.sort(key=lambda one: (one.post != "leader", one.starts_at))
    return found


def on_duty_at(unit: Unit, at: datetime) -> list[There]:
    """One unit's, leader first."""
    return on_duty_in([unit.pk], at).get(unit.pk, [])
