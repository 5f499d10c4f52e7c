"""The left bar's entry, who may open a document's files, the lists that are written out, and the
kinds that travel."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.desks.documents.domain.queries import exporting
from luoshi.desks.documents.domain.receiving import take_document
from luoshi.desks.documents.domain.sending import ARRIVED, KIND, OWNER
from luoshi.desks.documents.domain.urging import KIND as URGE
from luoshi.desks.documents.domain.urging import take_urge
from luoshi.foundation.attachments.owners import register as register_owner
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.navigation import Entry, Reader, register
from luoshi.foundation.exchange.enums import NOT_SIGNED, Handling
from luoshi.foundation.exchange.kinds import Kind
from luoshi.foundation.exchange.kinds import register as register_kind
from luoshi.foundation.exchange.models import Arrival, Dispatch
from luoshi.foundation.exchange.rules import RECEIVING_ROLES
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing


def to_sign(reader: Reader) -> "QuerySet[Any]":
    """What came for the reader's unit and was not signed for."""
    return Arrival.objects.filter(unit_id=reader.unit_id, state__in=NOT_SIGNED)


def sent_visible(actor: Actor, owner_id: UUID) -> bool:
    """Files of a dispatch: its sender's unit."""
    return Dispatch.objects.visible_to(actor).filter(pk=owner_id).exists()


def arrived_visible(actor: Actor, owner_id: UUID) -> bool:
    """Files of an envelope: a unit it was laid before, once opened and while not recalled."""
    rows = Arrival.objects.visible_to(actor).filter(incoming_id=owner_id)
    return rows.filter(opened_at__isnull=False).exclude(state=Handling.RECALLED).exists()


register(
    Entry(_("Official documents"), "documents:arrivals", "send", 12, RECEIVING_ROLES, "", to_sign)
)
register_owner(OWNER, sent_visible)
register_owner(ARRIVED, arrived_visible)
register_kind(Kind(KIND, 1, _("Document"), take_document, handled=True))
register_kind(Kind(URGE, 1, _("Urge to sign for a document"), take_urge))
for key, label, page, columns, rows in (
    (
        "documents-received",
        _("Documents received"),
        "documents:arrivals",
        exporting.RECEIVED,
        exporting.received,
    ),
    ("documents-sent", _("Documents sent"), "documents:dispatches", exporting.SENT, exporting.sent),
    ("receipts", _("Receipts"), "documents:board", exporting.RECEIPTS, exporting.receipts),
    (
        "standing-orders",
        _("Standing orders"),
        "documents:orders",
        exporting.ORDERS,
        exporting.orders,
    ),
):
    register_listing(Listing(key, label, page, columns, rows))
