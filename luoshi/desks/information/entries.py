"""The left bar's entry, the way from a matter to its event, the list that is written out, the
kinds that travel."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.desks.information.domain.queries.listing import COLUMNS, rows_of
from luoshi.desks.information.domain.urgent.instructing import KIND
from luoshi.desks.information.domain.urgent.receiving import URGENT, take_event
from luoshi.desks.information.domain.urgent.spreading import PASSAGES, take_passages
from luoshi.desks.information.models import TAKING_ROLES, Event
from luoshi.foundation.core.navigation import Entry, Reader, register, sections
from luoshi.foundation.core.navigation.handing import Open, register_open
from luoshi.foundation.exchange.enums import Way
from luoshi.foundation.exchange.kinds import Kind
from luoshi.foundation.exchange.kinds import register as register_kind
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing


def under_clock(reader: Reader) -> "QuerySet[Any]":
    """Running events of the office that still owe somebody a word."""
    rows = Event.objects.filter(office_id=reader.unit_id).running()
    return rows.filter(next_due_at__isnull=False)


def running(reader: Reader) -> "QuerySet[Any]":
    """Events of the office that go on: whoever comes on duty has to know them."""
    return Event.objects.filter(office_id=reader.unit_id).running().order_by("-happened_at", "id")


def from_an_event(_actor: Any, matter: Any) -> bool:
    """Whether the matter came from a leader's words on an event; no query."""
    return bool(matter.origin_kind == KIND)


label, url = _("Urgent information"), "information:events"
ROLES = TAKING_ROLES
register(Entry(label, url, "bell", 11, ROLES, "", under_clock))
sections.register(sections.Section("matter", label, "information:matter", 27, from_an_event))
register_listing(Listing("events", label, url, COLUMNS, rows_of))
register_open(Open(label, url, running))
UP = frozenset({Way.UP})
register_kind(Kind(URGENT, 1, label, take_event, ways=UP, information=True))
register_kind(Kind(PASSAGES, 1, _("Way of urgent information"), take_passages, information=True))
