"""Who may do what to the list of the year: predicates with reasons."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.organizations.enums import SUPERVISING_ROLES, Role
from luoshi.supervision.lists.enums import ListState, SummaryState
from luoshi.supervision.lists.models import ListSummary, SupervisionPointsList
from luoshi.supervision.matters import rules as matter_rules


def other_state(found: SupervisionPointsList, what: object) -> Denied:
    """The act does not fit the state of the list."""
    return Denied(
        Refused(
            str(what),
            _("Its state is now “%(state)s”.") % {"state": found.get_state_display()},
            next_steps=(_("Reload the page to see what happened."),),
            code="wrong-state",
        )
    )


def of_the_two(actor: Actor, found: SupervisionPointsList) -> bool:
    """Whether the actor works in the issuing or the joint office, in a registering post; a list led
    on another node is only read here."""
    if found.home:
        return False
    offices = {found.office_id, found.joint_office_id}
    return actor.role in matter_rules.REGISTERING_ROLES and actor.unit_id in offices


def not_an_issuer(what: object) -> Denied:
    """Somebody outside the issuing offices tried an act of theirs."""
    return Denied(
        Forbidden(
            str(what),
            _("Only the offices that issue the list do this."),
            source="S3-55",
            code="not-your-list",
        )
    )


@rule
def may_start(actor: Actor) -> Decision:
    """Draft a list: whoever may draft a matter in an office."""
    return matter_rules.may_draft(actor)


@rule
def may_edit(actor: Actor, found: SupervisionPointsList) -> Decision:
    """Change a drafted list: both issuing offices co-own it (S3-55)."""
    if not of_the_two(actor, found):
        return not_an_issuer(_("Not changed."))
    if found.state != ListState.DRAFTED:
        return other_state(found, _("Not changed: the list is issued."))
    return ALLOWED


@rule
def may_agree(actor: Actor, found: SupervisionPointsList) -> Decision:
    """Agree to the joint issue: a person of the second office (S3-55)."""
    inside = actor.unit_id is not None and actor.unit_id == found.joint_office_id
    inside = inside and not found.home
    if actor.role not in matter_rules.REGISTERING_ROLES or not inside:
        return not_an_issuer(_("Not agreed."))
    if not actor.is_person:
        return matter_rules.person_needed(_("Not agreed."))
    if found.state != ListState.DRAFTED:
        return other_state(found, _("Not agreed."))
    return ALLOWED


@rule
def may_issue(actor: Actor, found: SupervisionPointsList, *, officer_registers: bool) -> Decision:
    """Issue: the lead office's secretary-general, or its officer where the office's setting lets
    the officer register (R-SUP-1)."""
    if not of_the_two(actor, found) or actor.unit_id != found.office_id:
        return not_an_issuer(_("Not issued."))
    if not actor.is_person:
        return matter_rules.person_needed(_("Not issued."))
    if found.state != ListState.DRAFTED:
        return other_state(found, _("Not issued again."))
    if actor.role == Role.SECRETARY_GENERAL or officer_registers:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not issued yet."),
            _("In this office the secretary-general approves registration."),
            next_steps=(_("Ask the secretary-general to issue the list."),),
            source="R-SUP-1",
            code="approval-needed",
        )
    )


@rule
def may_write_summary(actor: Actor, summary: ListSummary) -> Decision:
    """Write a summary: the two offices, until it is sent."""
    if not of_the_two(actor, summary.points_list):
        return not_an_issuer(_("Not saved."))
    if summary.state != SummaryState.OPEN:
        return Denied(
            Refused(
                _("Not saved: the summary has been sent."),
                _("%(name)s sent it; a sent report is never changed.")
                % {"name": summary.sent_by_name},
                code="already-sent",
            )
        )
    return ALLOWED


@rule
def may_send_summary(actor: Actor, summary: ListSummary) -> Decision:
    """Send: signed by a secretary-general of the two offices in person (R-SUP-6)."""
    allowed = may_write_summary(actor, summary)
    if not allowed:
        return allowed
    if not actor.is_person:
        return matter_rules.person_needed(_("Not sent."))
    if actor.role != Role.SECRETARY_GENERAL:
        return Denied(
            Forbidden(
                _("Not sent: the secretary-general signs it."),
                _("A summary goes to the superior under the principal's signature."),
                next_steps=(_("Save it; the secretary-general finds it on this page."),),
                source="R-SUP-6",
                code="signature-needed",
            )
        )
    return ALLOWED


@rule
def may_close(actor: Actor, found: SupervisionPointsList) -> Decision:
    """Close: a person of the lead office, once issued."""
    if not of_the_two(actor, found) or actor.unit_id != found.office_id:
        return not_an_issuer(_("Not closed."))
    if not actor.is_person:
        return matter_rules.person_needed(_("Not closed."))
    if found.state != ListState.ISSUED:
        return other_state(found, _("Not closed."))
    return ALLOWED


@rule
def may_see_all_points(actor: Actor) -> Decision:
    """The whole list with its progress: supervising posts; a unit sees its own points."""
    if actor.kind == "system" or actor.role in SUPERVISING_ROLES:
        return ALLOWED
    return Denied(Forbidden(_("Not shown."), _("A unit sees the points it takes part in.")))
