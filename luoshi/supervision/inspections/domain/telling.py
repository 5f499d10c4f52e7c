"""Notices of this room: to a unit's liaisons and principals, or to an office's officers."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.supervision.matters.rules import REGISTERING_ROLES


def tell_unit(unit_id: UUID, message: Message, *, at: datetime) -> None:
    """One notice to everybody who handles things in the unit."""
    tell(unit_id, HANDLING_ROLES, message, at)


def tell_office(unit_id: UUID, message: Message, *, at: datetime) -> None:
    """One notice to the officers and the secretary-general of the office."""
    tell(unit_id, REGISTERING_ROLES, message, at)


def tell(unit_id: UUID, roles: Iterable[str], message: Message, at: datetime) -> None:
    """To the people of a unit in these roles."""
    people = people_in(unit_id, roles, office_date(at))
    send(message, to=people, unit_id=unit_id, at=at)
