"""Who may open a source document's file: people of its office who may draft."""

from uuid import UUID

from luoshi.desks.meetings.models import SourceDocument
from luoshi.desks.meetings.rules import may_check
from luoshi.foundation.attachments.owners import register
from luoshi.foundation.core.actors import Actor


def source_visible(actor: Actor, owner_id: UUID) -> bool:
    """Through the same rule as the drafting page."""
    found = SourceDocument.objects.filter(pk=owner_id).first()
    return found is not None and bool(may_check(actor, found))


register("source", source_visible)
