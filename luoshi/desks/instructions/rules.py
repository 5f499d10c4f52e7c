"""Who writes instructions down, and who says what becomes of them: predicates with reasons."""

from django.utils.translation import gettext_lazy as _

from luoshi.desks.instructions.enums import InstructionState
from luoshi.desks.instructions.models import OFFICE_ROLES, Instruction
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.matters import rules as matter_rules


@rule
def may_note(actor: Actor) -> Decision:
    """A leader in person notes the leader's own; the office's officers, clerk and
    secretary-general note for a leader they name."""
    if actor.unit_id is None or actor.role not in {*OFFICE_ROLES, Role.LEADER}:
        return Denied(
            Forbidden(
                _("Not noted."),
                _("Leaders write instructions; their office writes them down for them."),
                next_steps=(_("Ask the supervision office to note it."),),
                source="S3-61",
                code="not-a-leader",
            )
        )
    if actor.role == Role.LEADER and not actor.is_person:
        return matter_rules.person_needed(_("Not noted."))
    return ALLOWED


@rule
def may_file(actor: Actor, instruction: Instruction) -> Decision:
    """Register, link, or keep for information: the office that keeps the instruction, once."""
    inside = actor.unit_id is not None and actor.unit_id == instruction.office_id
    if not inside or actor.role not in matter_rules.REGISTERING_ROLES:
        return matter_rules.not_your_office(_("Not registered."))
    if instruction.state != InstructionState.NOTED:
        return Denied(
            Refused(
                _("Not registered again."),
                _("%(name)s has done it: it is now “%(state)s”.")
                % {"name": instruction.filed_by_name, "state": instruction.get_state_display()},
                next_steps=(_("Reload the page to see what happened."),),
                code="already-filed",
            )
        )
    return ALLOWED


@rule
def may_decide(actor: Actor, instruction: Instruction) -> Decision:
    """That nothing has to be done is a person's decision, never a token's (R-SUP-2)."""
    if not actor.is_person:
        return matter_rules.person_needed(_("Not kept."))
    return may_file(actor, instruction)


@rule
def may_see_leaders(actor: Actor) -> Decision:
    """The view of all leaders' instructions: the office that keeps them."""
    if actor.role in OFFICE_ROLES and actor.unit_id is not None:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not shown."),
            _("A leader sees the leader's own instructions; their office sees all of them."),
            code="own-only",
        )
    )
