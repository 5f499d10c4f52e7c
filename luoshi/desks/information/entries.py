"""The left bar's entry, the way from a matter to its event, the lists that are written out, the
kinds that travel."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.information.domain.fate.evidence import OWNER
from luoshi.desks.information.domain.fate.handing import KIND as FROM_ITEM
from luoshi.desks.information.domain.queries import items
from luoshi.desks.information.domain.queries.lineage import fate_visible
from luoshi.desks.information.domain.queries.listing import COLUMNS, rows_of
from luoshi.desks.information.domain.running import exporting
from luoshi.desks.information.domain.running.scoring import SHEETS
from luoshi.desks.information.domain.urgent.instructing import KIND
from luoshi.desks.information.domain.urgent.receiving import URGENT, take_event
from luoshi.desks.information.domain.urgent.spreading import PASSAGES, take_passages
from luoshi.desks.information.enums import Channel, ItemState
from luoshi.desks.information.models import (
    BOOK_ROLES,
    EDITING_ROLES,
    SENDING_ROLES,
    TAKING_ROLES,
    EngagedOfficer,
    Event,
    Item,
)
from luoshi.foundation.attachments.owners import register as register_owner
from luoshi.foundation.core.navigation import Entry, Reader, register, sections
from luoshi.foundation.core.navigation.handing import Open, register_open
from luoshi.foundation.exchange.enums import Way
from luoshi.foundation.exchange.kinds import Kind
from luoshi.foundation.exchange.kinds import register as register_kind
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing
from luoshi.supervision.commitments import kinds as commitments


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


def from_an_item(_actor: Any, matter: Any) -> bool:
    """Whether the matter came from an item; no query."""
    return bool(matter.origin_kind == FROM_ITEM)


def to_review(reader: Reader) -> "QuerySet[Any]":
    """Items of the office that nobody has judged yet."""
    return Item.objects.filter(office_id=reader.unit_id, state=ItemState.SUBMITTED)


def came_back(reader: Reader) -> "QuerySet[Any]":
    """Items of the unit that were sent back; a member's own stand with the member (S3-99)."""
    rows = Item.objects.filter(unit_id=reader.unit_id, officer=None, state=ItemState.RETURNED)
    return rows.exclude(channel=Channel.MEMBER)


def own_back(reader: Reader) -> "QuerySet[Any]":
    """The reader's own items that were sent back."""
    return Item.objects.filter(author_id=reader.person_id, state=ItemState.RETURNED)


def engaged_here(reader: Reader) -> "QuerySet[Any]":
    """What makes a person without a post an engaged officer."""
    return EngagedOfficer.objects.filter(person_id=reader.person_id)


label, url = _("Urgent information"), "information:events"
ROLES = TAKING_ROLES
MEMBER = Role.CPPCC_MEMBER
register(Entry(label, url, "bell", 11, ROLES, "", under_clock))
sections.register(sections.Section("matter", label, "information:matter", 27, from_an_event))
register_listing(Listing("events", label, url, COLUMNS, rows_of))
register_open(Open(label, url, running))
UP = frozenset({Way.UP})
register_kind(Kind(URGENT, 1, label, take_event, ways=UP, information=True))
register_kind(
    Kind(PASSAGES, 1, _("Reporting path of urgent information"), take_passages, information=True)
)
item_label, item_url = pgettext_lazy("desk", "Information"), "information:items"
SENDERS = tuple(role for role in SENDING_ROLES if role not in BOOK_ROLES and role != MEMBER)
READERS = (Role.DUTY_OFFICER, Role.SUPERVISION_OFFICER)
register(Entry(item_label, item_url, "inbox", 12, EDITING_ROLES, "", to_review))
register(Entry(item_label, item_url, "inbox", 12, READERS))
register(Entry(item_label, item_url, "inbox", 12, SENDERS, "", came_back))
register(Entry(item_label, item_url, "inbox", 12, (MEMBER,), "", own_back))
register(Entry(item_label, item_url, "inbox", 12, ("",), "", own_back, engaged_here))
sections.register(
    sections.Section("matter", item_label, "information:item-of-matter", 28, from_an_item)
)
register_owner(OWNER, fate_visible)
register_listing(Listing("items", item_label, item_url, items.COLUMNS, items.rows_of))
register_listing(
    Listing(
        "information-year",
        _("Scores of a year"),
        "information:scores-year",
        exporting.YEAR_SCORES,
        exporting.year_scores,
    )
)
commitments.register(SHEETS, _("Score sheet of a month"))
for key, label, page, columns, rows in (
    (
        "engaged-officers",
        _("Engaged officers"),
        "information:officers",
        exporting.OFFICERS,
        exporting.officers,
    ),
    ("topics", _("Topics asked for"), "information:topics", exporting.TOPICS, exporting.topics),
    ("issues", _("Issues"), "information:issues", exporting.ISSUES, exporting.issues),
    (
        "information-figures",
        _("Figures of information"),
        "information:item-figures",
        exporting.FIGURES,
        exporting.figures,
    ),
    (
        "urgent-figures",
        _("Figures of urgent information"),
        "information:figures",
        exporting.URGENT_FIGURES,
        exporting.urgent_figures,
    ),
    (
        "month-scores",
        _("Score sheet of a month"),
        "information:scores",
        exporting.MONTH_SCORES,
        exporting.month_scores,
    ),
    (
        "month-facts",
        _("What was counted"),
        "information:scores",
        exporting.MONTH_FACTS,
        exporting.month_facts,
    ),
):
    register_listing(Listing(key, label, page, columns, rows))
