"""Who may review a report: predicates with reasons."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    ReportState,
)
from luoshi.supervision.matters.models import Report
from luoshi.supervision.matters.rules.reasons import (
    REGISTERING_ROLES,
    co_owns,
    not_your_office,
    person_needed,
    reviewed_already,
)


@rule
def may_review(actor: Actor, report: Report) -> Decision:
    """Review: a person of the assigning or the joint office (S3-55) who did not write the report
    (decision 5)."""
    if actor.role not in REGISTERING_ROLES or not co_owns(actor, report.assignment.matter):
        return not_your_office(_("Not reviewed."))
    if not actor.is_person:
        return person_needed(_("Not reviewed."))
    if actor.person_id == report.written_by_id or actor.unit_id == report.assignment.unit_id:
        return Denied(
            Forbidden(
                _("Not reviewed."),
                _("Your own unit's report is reviewed by somebody else."),
                source="S3-61",
                code="own-report",
            )
        )
    if report.state != ReportState.SUBMITTED:
        return Denied(reviewed_already(report))
    if report.assignment.state not in ASSIGNMENT_OPEN:
        return Denied(
            Refused(
                _("Not reviewed."),
                _("The matter was closed or revoked meanwhile."),
                code="share-ended",
            )
        )
    return ALLOWED
