"""Whom an inspection group may take from the office itself."""

from datetime import date
from uuid import UUID

from luoshi.foundation.organizations.domain.queries.holders import current
from luoshi.foundation.organizations.enums import OFFICER_CLASS


def people_of(office_id: UUID, on: date) -> dict[str, UUID]:
    """Name → account of who holds a post of the office on a day; not those who administer the
    system and see no work of the office."""
    held = current(on).filter(post__unit_id=office_id).exclude(post__role__in=list(OFFICER_CLASS))
    return {one.person.full_name: one.person_id for one in held}
