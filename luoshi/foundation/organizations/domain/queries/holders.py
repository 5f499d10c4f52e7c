"""Who holds which posts on a date."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from luoshi.foundation.accounts.enums import AccountState, FactorFrom, PasswordProfile
from luoshi.foundation.accounts.models import AccessPolicy, User
from luoshi.foundation.core.rows.questions import Question
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Appointment, Unit

UNREAD_OF_A_PERSON = (
    *("password", "last_login", "phone", "must_change_password", "password_changed_at"),
    *("factor_since", "language", "theme", "single_keys", "created_at", "sort_key", "state"),
)
SOMEBODY = UUID(int=2)  # stands in for a person
# written out: two subqueries of Django's cost more than the whole rest of the query
POLICY = f"COALESCE((SELECT {{}} FROM {AccessPolicy._meta.db_table} LIMIT 1), %s)"  # noqa: S608 - our own table


def current(on: date) -> "QuerySet[Appointment]":
    """Appointments in force on a date, of active accounts; a delegation ends at the latest with
    the post it was given from, and posts of a closed unit give nothing."""
    return Appointment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on),
        Q(delegated_from__ends_on=None) | Q(delegated_from__ends_on__gte=on),
        starts_on__lte=on,
        person__state=AccountState.ACTIVE,
        post__unit__is_active=True,
    ).select_related("person", "post__unit")


def appointments_of(person_id: UUID, on: date) -> list[Any]:
    """A person's appointments in force in order of taking office, own posts before delegated ones;
    each carries the access policy in force, so that a page needs no query for it."""
    return sorted(posts_held(on).ask({SOMEBODY: person_id}), key=own_first)


@lru_cache(maxsize=4)
def posts_held(on: date) -> Question:
    """The question of `appointments_of` about somebody: every page asks it."""
    rows = (
        current(on)
        .filter(person_id=SOMEBODY)
        .select_related(None)
        .select_related("post__unit", "delegated_from__person")
    )
    rows = rows.defer(*(f"delegated_from__person__{name}" for name in UNREAD_OF_A_PERSON))
    rows = rows.annotate(
        factor_from=RawSQL(POLICY.format("second_factor_from"), (FactorFrom.CITY.value,)),  # noqa: S611 - our own column
        profile=RawSQL(POLICY.format("password_profile"), (PasswordProfile.DENGBAO3.value,)),  # noqa: S611 - as above
    )
    return Question(rows.order_by())


def own_first(held: Appointment) -> tuple[str, date, str]:
    """Own posts, then delegated ones by where they come from, each by the day it began."""
    return str(held.delegated_from_id or ""), held.starts_on, str(held.pk)


def people_in(unit_id: UUID, roles: Iterable[str], on: date) -> list[User]:
    """The people holding one of these roles in a unit, without repetition."""
    rows = current(on).filter(post__unit_id=unit_id, post__role__in=list(roles))
    return list({row.person_id: row.person for row in rows.order_by("person__sort_key")}.values())


def leaders_over(unit_id: UUID | None, on: date) -> "QuerySet[Appointment]":
    """Leading posts in force at a unit's seat and at the seats above it."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        return current(on).none()
    steps = unit.seat_path.rstrip("/").split("/")
    seats = ["/".join(steps[: end + 1]) + "/" for end in range(len(steps))]
    rows = current(on).filter(post__role=Role.LEADER, post__unit__seat_path__in=seats)
    return rows.order_by("post__unit__path", "person__sort_key", "pk")
