"""Registrations of this room: who may open a report's files; what happens when units move; the
first tab of a matter's page."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.attachments.owners import register
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.navigation import sections
from luoshi.foundation.organizations.signals import tree_changed
from luoshi.supervision.matters.domain.share.summarising import renew_marks
from luoshi.supervision.matters.models import Report


def report_visible(actor: Actor, owner_id: UUID) -> bool:
    """Through the same scope as the report's page."""
    return Report.objects.visible_to(actor).filter(pk=owner_id).exists()


register("report", report_visible)
tree_changed.connect(renew_marks)
sections.register(sections.Section("matter", _("Matter"), "matters:matter", 10))
