"""Who may review a report: predicates with reasons."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, ReportState
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
    """Review: a person of the assigning or the joint office (S3-55) who had no hand in the report:
    neither its unit, nor its writer, nor anybody who edited a draft of it (decision 5)."""
    if actor.role not in REGISTERING_ROLES or not co_owns(actor, report.assignment.matter):
        return not_your_office(_("Not reviewed."))
    if not actor.is_person:
        return person_needed(_("Not reviewed."))
    if actor.unit_id == report.assignment.unit_id or had_a_hand(actor, report):
        return Denied(
            Forbidden(
                _("Not reviewed."),
                _("Who wrote or edited a report, or belongs to its unit, does not review it."),
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


def had_a_hand(actor: Actor, report: Report) -> bool:
    """Whether the actor wrote the report or saved a draft of it."""
    if actor.person_id == report.written_by_id:
        return True
    return report.editors.filter(person_id=actor.person_id).exists()


@rule
def may_sign_report(actor: Actor, report: Report) -> Decision:
    """Sign or give back: the principal of the unit, signed in (R-SUP-6)."""
    if actor.role != Role.PRINCIPAL or actor.unit_id != report.assignment.unit_id:
        return Denied(
            Forbidden(
                _("Not signed."),
                _("The principal of the handling unit signs its reports."),
                source="R-SUP-6",
                code="not-the-principal",
            )
        )
    if not actor.is_person:
        return person_needed(_("Not signed."))
    return still_before_principal(report)


@rule
def may_take_back(actor: Actor, report: Report) -> Decision:
    """Take back before the signature: the handling unit itself."""
    if actor.role not in HANDLING_ROLES or actor.unit_id != report.assignment.unit_id:
        return Denied(
            Forbidden(
                _("Not taken back."),
                _("Reports are written by the handling unit itself."),
                code="not-your-share",
            )
        )
    return still_before_principal(report)


@rule
def still_before_principal(report: Report) -> Decision:
    """Allowed while the report waits for its signature."""
    if report.state == ReportState.SIGNING:
        return ALLOWED
    return Denied(
        Refused(
            _("Not done: the report does not wait for a signature."),
            _("Its state is now “%(state)s”.") % {"state": report.get_state_display()},
            next_steps=(_("Reload the page to see what happened."),),
            code="not-before-principal",
        )
    )


@rule
def may_correct(actor: Actor, report: Report) -> Decision:
    """Correct an accepted report: its own unit, until the matter ends; where the principal signs
    reports, the principal."""
    share = report.assignment
    if actor.role not in HANDLING_ROLES or actor.unit_id != share.unit_id:
        return Denied(
            Forbidden(
                _("Not corrected."),
                _("Reports are written by the handling unit itself."),
                code="not-your-share",
            )
        )
    if report.state != ReportState.ACCEPTED or share.state not in ASSIGNMENT_OPEN:
        return Denied(
            Refused(
                _("Not corrected: only an accepted report of an open matter is corrected."),
                _("Its state is now “%(state)s”.") % {"state": report.get_state_display()},
                code="not-correctable",
            )
        )
    return ALLOWED
