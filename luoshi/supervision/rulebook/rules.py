"""Who drafts a change of a rule, and who decides on it: predicates with reasons."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.rulebook.enums import ProposalState
from luoshi.supervision.rulebook.models import RuleProposal

DRAFTING_ROLES = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)
READING_ROLES = (*DRAFTING_ROLES, Role.LEADER)


@rule
def may_read_rules(actor: Actor) -> Decision:
    """The catalogue: the supervising posts of an office."""
    if actor.role in READING_ROLES and actor.unit_id is not None:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not shown."),
            _("The catalogue of rules belongs to the supervision office."),
            next_steps=(_("The rule behind a limit is explained on the page of the matter."),),
            code="not-your-office",
        )
    )


@rule
def may_draft_rule(actor: Actor) -> Decision:
    """Draft a change: supervision officers and the secretary-general of an office."""
    if actor.role in DRAFTING_ROLES and actor.unit_id is not None:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not drafted."),
            _("Supervision officers draft changes of a rule; the secretary-general decides."),
            code="not-your-office",
        )
    )


@rule
def may_decide_rule(actor: Actor, proposal: RuleProposal) -> Decision:
    """Adopt or refuse: the secretary-general of the office, in person (features row 14)."""
    if actor.role != Role.SECRETARY_GENERAL or actor.unit_id != proposal.office_id:
        return Denied(
            Forbidden(
                _("Not decided."),
                _("In this office the secretary-general decides on rules."),
                next_steps=(_("The draft waits for the decision."),),
                code="not-secretary-general",
            )
        )
    if not actor.is_person:
        return Denied(
            Forbidden(
                _("Not decided."),
                _("This decision needs a person signed in; a token cannot take it."),
                code="person-needed",
            )
        )
    return still_drafted(proposal)


@rule
def may_withdraw_rule(actor: Actor, proposal: RuleProposal) -> Decision:
    """Take a draft back: who may draft in this office."""
    if actor.role not in DRAFTING_ROLES or actor.unit_id != proposal.office_id:
        return may_draft_rule(Actor.system("nobody"))
    return still_drafted(proposal)


def still_drafted(proposal: RuleProposal) -> Decision:
    """Allowed while nobody has decided; else say who did."""
    if proposal.state == ProposalState.DRAFTED:
        return ALLOWED
    return Denied(
        Refused(
            _("Not decided again."),
            _("%(name)s decided “%(verdict)s” on it.")
            % {"name": proposal.decided_by_name, "verdict": proposal.get_state_display()},
            next_steps=(_("Reload the page to see the decision."),),
            code="already-decided",
        )
    )
