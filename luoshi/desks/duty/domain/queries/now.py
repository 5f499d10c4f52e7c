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


def on_duty_in(units: Iterable[UUID], at: datetime) -> dict[UUID, list[There]]:
    """By unit, leader first; two queries whatever their number."""
    keys = list(units)
    found: dict[UUID, list[There]] = {}
    rows = Shift.objects.in_force().filter(office__in=keys, starts_at__lte=at, ends_at__gt=at)
    for row in rows.select_related("person"):
        person = row.person
        found.setdefault(row.office_id, []).append(
            There(
                row.office_id,
                row.post,
                person.name,
                person.title,
                person.phone,
                row.starts_at,
                row.ends_at,
                row,
            )
        )
    for one in KnownShift.objects.filter(unit__in=keys, starts_at__lte=at, ends_at__gt=at):
        found.setdefault(one.unit_id, []).append(
            There(one.unit_id, one.post, one.name, one.title, one.phone, one.starts_at, one.ends_at)
        )
    for several in found.values():
        several.sort(key=lambda one: (one.post != "leader", one.starts_at))
    return found


def on_duty_at(unit: Unit, at: datetime) -> list[There]:
    """One unit's, leader first."""
    return on_duty_in([unit.pk], at).get(unit.pk, [])
