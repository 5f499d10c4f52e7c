"""Who may do what to a matter, a share, a report: predicates with reasons."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    AWAITING_UNIT,
    MATTER_ENDED,
    MATTER_OPEN,
    AssignmentState,
    MatterState,
    ReportState,
)
from luoshi.supervision.matters.models import Assignment, Matter, Report

REGISTERING_ROLES = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)
APPROVING_ROLES = (Role.SECRETARY_GENERAL,)


def person_needed(what: object) -> Denied:
    """A token or a job tried what needs a person's decision."""
    return Denied(
        Forbidden(
            str(what),
            _("This decision needs a person signed in; a token cannot take it."),
            next_steps=(_("Sign in and decide on the page of the matter."),),
            code="person-needed",
        )
    )


def not_your_office(what: object) -> Denied:
    """Somebody outside the assigning office tried an act of the assigning office."""
    return Denied(
        Forbidden(
            str(what),
            _("Only the supervision office that assigned the matter does this."),
            source="S3-61",
            code="not-your-office",
        )
    )


@rule
def may_draft(actor: Actor) -> Decision:
    """Drafting and registering: supervision officers and the secretary-general of an office."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id is None:
        return not_your_office(_("Not drafted."))
    return ALLOWED


@rule
def may_register(actor: Actor, matter: Matter) -> Decision:
    """Propose for registration, in one's own office, what is still drafted."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id != matter.office_id:
        return not_your_office(_("Not registered."))
    if matter.state != MatterState.DRAFTED:
        return Denied(already(matter))
    return ALLOWED


@rule
def may_approve(actor: Actor, matter: Matter, *, officer_registers: bool) -> Decision:
    """Approve for registration (立项): the secretary-general, or the officer where the office's
    setting says so (R-SUP-1)."""
    if actor.unit_id != matter.office_id:
        return not_your_office(_("Not registered."))
    if not actor.is_person:
        return person_needed(_("Not registered."))
    if matter.state not in {MatterState.DRAFTED, MatterState.PROPOSED}:
        return Denied(already(matter))
    approves = actor.role in APPROVING_ROLES
    if approves or (officer_registers and actor.role == Role.SUPERVISION_OFFICER):
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not registered yet."),
            _("In this office the secretary-general approves registration."),
            next_steps=(_("Propose it; it will wait for approval."),),
            source="R-SUP-1",
            code="approval-needed",
        )
    )


def already(matter: Matter) -> Refused:
    """The act does not fit the matter's state; say which state that is."""
    return Refused(
        _("Not done: the matter is in another state."),
        _("Its state is now “%(state)s”.") % {"state": matter.get_state_display()},
        next_steps=(_("Reload the page to see what happened."),),
        code="wrong-state",
    )


@rule
def may_edit(actor: Actor, matter: Matter) -> Decision:
    """Edit the plan: the assigning office, until the matter has ended."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id != matter.office_id:
        return not_your_office(_("Not changed."))
    if matter.state in MATTER_ENDED:
        return Denied(already(matter))
    return ALLOWED


@rule
def may_assign(actor: Actor, matter: Matter) -> Decision:
    """Assign: the assigning office, once registered, with a complete plan (S2-92)."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id != matter.office_id:
        return not_your_office(_("Not assigned."))
    if matter.state not in MATTER_OPEN:
        return Denied(already(matter))
    missing = missing_plan(matter)
    if missing:
        return Denied(
            Refused(
                _("Cannot assign yet: %(missing)s missing.")
                % {"missing": _(", ").join(str(name) for name in missing)},
                _("A plan comes first: content, method, purpose and end date."),
                next_steps=(_("Fill in the plan, then assign."),),
                source="S2-92",
                code="plan-missing",
            )
        )
    return ALLOWED


def missing_plan(matter: Matter) -> list[object]:
    """The plan fields that are still empty, as words (S2-92)."""
    fields = (
        (matter.content, _("content")),
        (matter.method, _("method")),
        (matter.purpose, _("purpose")),
        (matter.end_on or matter.task_rules, _("end date")),
    )
    return [word for value, word in fields if not value]


@rule
def may_sign_for(actor: Actor, assignment: Assignment) -> Decision:
    """Sign for the slip: a person of the handling unit, once."""
    if actor.role not in HANDLING_ROLES or actor.unit_id != assignment.unit_id:
        return Denied(
            Forbidden(
                _("Not signed for."),
                _("Only the unit named on the slip signs for it."),
                source="TR-06",
                code="not-your-slip",
            )
        )
    if not actor.is_person:
        return person_needed(_("Not signed for."))
    if assignment.state != AssignmentState.UNSIGNED:
        return Denied(
            Refused(
                _("Not signed for again."),
                _("%(name)s has already signed for it.") % {"name": assignment.signed_by_name},
                code="already-signed",
            )
        )
    return ALLOWED


@rule
def may_report(actor: Actor, assignment: Assignment) -> Decision:
    """Write and send a report: the handling unit, after signing for, while it is its turn."""
    if actor.role not in HANDLING_ROLES or actor.unit_id != assignment.unit_id:
        return Denied(
            Forbidden(
                _("Not sent."),
                _("Reports are written by the handling unit itself."),
                code="not-your-share",
            )
        )
    if assignment.state == AssignmentState.UNSIGNED:
        return Denied(
            Refused(
                _("Not sent: the slip is not signed for."),
                next_steps=(_("Sign for the slip first; the limit counts from there."),),
                source="TR-06",
                code="sign-first",
            )
        )
    if assignment.state not in AWAITING_UNIT:
        return Denied(
            Refused(
                _("Not sent: it is not this unit's turn."),
                _("The state is now “%(state)s”.") % {"state": assignment.get_state_display()},
                code="not-your-turn",
            )
        )
    return ALLOWED


@rule
def may_review(actor: Actor, report: Report) -> Decision:
    """Review: a person of the assigning office who did not write the report (decision 5)."""
    office = report.assignment.matter.office_id
    if actor.role not in REGISTERING_ROLES or actor.unit_id != office:
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


def reviewed_already(report: Report) -> Refused:
    """Two people acted at once: say who won and when."""
    review = getattr(report, "review", None)
    why: object = _("The report is in another state now.")
    if review is not None:
        why = _("%(name)s decided “%(verdict)s” on it.") % {
            "name": review.reviewer_name,
            "verdict": review.get_verdict_display(),
        }
    return Refused(
        _("Not reviewed again."),
        str(why),
        next_steps=(_("Reload the page to see the decision."),),
        code="already-reviewed",
    )


@rule
def may_conclude(actor: Actor, matter: Matter) -> Decision:
    """Conclude (办结): somebody else's act, never the responder's (S3-61, decision 5)."""
    if actor.unit_id != matter.office_id or actor.role not in REGISTERING_ROLES:
        return Denied(
            Forbidden(
                _("The handling unit cannot conclude this matter."),
                _("The assigning office concludes it after review."),
                next_steps=(_("You can send the final report."),),
                source="S3-61",
                code="responder-cannot-conclude",
            )
        )
    if not actor.is_person:
        return person_needed(_("Not concluded."))
    if matter.assignments.filter(unit_id=actor.unit_id).exists():
        return Denied(
            Forbidden(
                _("Not concluded."),
                _("Your own unit handles a share of this matter; another office concludes it."),
                source="S3-61",
                code="responder-cannot-conclude",
            )
        )
    if matter.state != MatterState.ASSIGNED:
        return Denied(already(matter))
    return ALLOWED


@rule
def may_revoke(actor: Actor, matter: Matter) -> Decision:
    """Revoke: a person of the assigning office, while the matter is open."""
    if actor.role not in REGISTERING_ROLES or actor.unit_id != matter.office_id:
        return not_your_office(_("Not revoked."))
    if not actor.is_person:
        return person_needed(_("Not revoked."))
    if matter.state in MATTER_ENDED:
        return Denied(already(matter))
    return ALLOWED
