"""The left bar's entries, the lists that are written out, who may open an occurrence's evidence."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.attachments.owners import register as register_owner
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.navigation import Entry, Reader, register
from luoshi.foundation.organizations.succession import register as register_heir
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing
from luoshi.supervision.commitments.domain.ending import end_with_unit
from luoshi.supervision.commitments.domain.keeping import OWNER
from luoshi.supervision.commitments.domain.queries import exporting
from luoshi.supervision.commitments.domain.queries.listing import COLUMNS, rows_of
from luoshi.supervision.commitments.models import OFFICE_ROLES, Occurrence


def waits_for(role: str, reader: Reader) -> "QuerySet[Any]":
    """What is near or over and the reader's: named in person or through the post."""
    rows = Occurrence.objects.filter(office_id=reader.unit_id).waiting(reader.now)
    mine = Q(version__person_id=reader.person_id) | Q(version__role=role)
    return rows.filter(mine, attention_at__lte=reader.now)


def evidence_visible(actor: Actor, owner_id: UUID) -> bool:
    """Through the same scope as the occurrence's page."""
    return Occurrence.objects.visible_to(actor).filter(pk=owner_id).exists()


label, url = _("Recurring commitments"), "commitments:commitments"
for role in OFFICE_ROLES:
    register(Entry(label, url, "rotate-ccw", 48, (role,), "", partial(waits_for, role)))
register_owner(OWNER, evidence_visible)
register_heir(end_with_unit)
register_listing(Listing("commitments", label, url, exporting.COLUMNS, exporting.rows_of))
address = "commitments:occurrences"
register_listing(Listing("occurrences", label, address, COLUMNS, rows_of))
