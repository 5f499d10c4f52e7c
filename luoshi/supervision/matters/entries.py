"""Registrations of this room: who may open a report's files; what happens when units move or are
merged; the first tabs of a matter's page."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.attachments.owners import register
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.navigation import sections
from luoshi.foundation.core.navigation.processes import Process
from luoshi.foundation.core.navigation.processes import register as register_process
from luoshi.foundation.organizations.signals import tree_changed
from luoshi.foundation.organizations.succession import register as register_heir
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing
from luoshi.supervision.matters.domain import steps
from luoshi.supervision.matters.domain.queries import exporting
from luoshi.supervision.matters.domain.share.inheriting import inherit
from luoshi.supervision.matters.domain.share.summarising import renew_marks
from luoshi.supervision.matters.enums import (
    AssignmentState,
    DutyState,
    ExtensionState,
    MatterState,
    ReportState,
    SigningState,
    StopState,
)
from luoshi.supervision.matters.models import Report


def report_visible(actor: Actor, owner_id: UUID) -> bool:
    """Through the same scope as the report's page."""
    return Report.objects.visible_to(actor).filter(pk=owner_id).exists()


register("report", report_visible)
for key, label, page, columns, rows in (
    ("reviews", _("Report review"), "matters:reviews", exporting.COLUMNS, exporting.rows_of),
    ("reports", _("Reports sent"), "matters:sent-list", exporting.SENT, exporting.sent_in_sight),
    (
        "extensions",
        _("Requests for an extension"),
        "matters:extension-queue",
        exporting.EXTENSIONS,
        exporting.extensions_asked,
    ),
    (
        "proposals",
        _("Approval to register"),
        "matters:proposals",
        exporting.PROPOSALS,
        exporting.proposals,
    ),
    (
        "redatings",
        _("Changed limits"),
        "matters:redatings",
        exporting.REDATINGS,
        exporting.redatings,
    ),
    ("archive", _("Archive"), "matters:archive", exporting.ARCHIVE, exporting.archived),
    (
        "archive-waiting",
        _("Ended and not archived yet"),
        "matters:archive",
        exporting.TO_ARCHIVE,
        exporting.to_archive,
    ),
):
    register_listing(Listing(key, label, page, columns, rows))
tree_changed.connect(renew_marks)
register_heir(inherit)
sections.register(sections.Section("matter", _("Matter"), "matters:matter", 10))
sections.register(sections.Section("matter", _("Reports"), "matters:matter-reports", 12))
sections.register(sections.Section("matter", _("Division and changes"), "matters:changes", 20))
for found in (
    Process("matter", _("Matter"), MatterState.choices, steps.MATTER_STEPS, "R-SUP-1"),
    Process(
        "share", _("Share of a unit"), AssignmentState.choices, steps.ASSIGNMENT_STEPS, "S3-61"
    ),
    Process("duty", _("Report duty"), DutyState.choices, steps.DUTY_STEPS, "S3-51"),
    Process("report", _("Report"), ReportState.choices, steps.REPORT_STEPS, "R-SUP-6"),
    Process(
        "signing",
        _("Signature of the principal"),
        SigningState.choices,
        steps.SIGNING_STEPS,
        "R-SUP-6",
    ),
    Process("stop", _("Clock stop"), StopState.choices, steps.STOP_STEPS, "20"),
    Process("extension", _("Extension"), ExtensionState.choices, steps.EXTENSION_STEPS, "R-SUP-4"),
):
    register_process(found)
