"""The left bar's entry, the matter page's tab, the list that is written out."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.navigation import Entry, Reader, register, sections
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing
from luoshi.supervision.chasing.domain.queries.exporting import (
    COLUMNS,
    LEADERS,
    leaders_of,
    rows_of,
)
from luoshi.supervision.chasing.domain.queries.nudges import exceptions_asked
from luoshi.supervision.matters.enums import MATTER_BEFORE_ASSIGNING
from luoshi.supervision.matters.models import Matter


def to_decide(reader: Reader) -> "QuerySet[Any]":
    """Exceptions that wait for the second person."""
    return exceptions_asked(reader.unit_id)


def assigned_once(actor: Actor, matter: Matter) -> bool:
    """Nobody is nudged before a matter is assigned."""
    return matter.state not in MATTER_BEFORE_ASSIGNING


label, group = _("Urging"), _("Supervision")
register(Entry(label, "chasing:nudges", "bell", 37, (Role.SUPERVISION_OFFICER,), group))
register(Entry(label, "chasing:nudges", "bell", 37, (Role.SECRETARY_GENERAL,), group, to_decide))
sections.register(sections.Section("matter", _("Urging"), "chasing:matter", 20, assigned_once))
register_listing(Listing("nudges", label, "chasing:nudges", COLUMNS, rows_of))
register_listing(
    Listing("leaders-in-charge", _("Leaders in charge"), "chasing:leaders", LEADERS, leaders_of)
)
