"""Who holds which posts on a date."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.foundation.accounts.enums import AccountState
from luoshi.foundation.accounts.models import User
from luoshi.foundation.organizations.models import Appointment


def current(on: date) -> "QuerySet[Appointment]":
    """Appointments in force on a date, of active accounts."""
    return Appointment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on),
        starts_on__lte=on,
        person__state=AccountState.ACTIVE,
    ).select_related("person", "post__unit")


def appointments_of(person_id: UUID, on: date) -> list[Appointment]:
    """A person's appointments in force, business ones first in order of taking office."""
    return list(current(on).filter(person_id=person_id).order_by("starts_on", "id"))


def people_in(unit_id: UUID, roles: Iterable[str], on: date) -> list[User]:
    """The people holding one of these roles in a unit, without repetition."""
    rows = current(on).filter(post__unit_id=unit_id, post__role__in=list(roles))
    return list({row.person_id: row.person for row in rows.order_by("person__sort_key")}.values())
