"""Who may open a source document's file: people of its office who may draft; the list that is
written out."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.desks.meetings.domain.queries.exporting import COLUMNS, rows_of
from luoshi.desks.meetings.models import SourceDocument
from luoshi.desks.meetings.rules import may_check
from luoshi.foundation.attachments.owners import register
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing


def source_visible(actor: Actor, owner_id: UUID) -> bool:
    """Through the same rule as the drafting page."""
    found = SourceDocument.objects.filter(pk=owner_id).first()
    return found is not None and bool(may_check(actor, found))


register("source", source_visible)
register_listing(Listing("sources", _("Drafting"), "meetings:documents", COLUMNS, rows_of))
