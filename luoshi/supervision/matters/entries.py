"""Who may open a report's files: whoever may read the report."""

from uuid import UUID

from luoshi.foundation.attachments.owners import register
from luoshi.foundation.core.actors import Actor
from luoshi.supervision.matters.models import Report


def report_visible(actor: Actor, owner_id: UUID) -> bool:
    """Through the same scope as the report's page."""
    return Report.objects.visible_to(actor).filter(pk=owner_id).exists()


register("report", report_visible)
