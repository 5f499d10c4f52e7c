"""Who may do what to a problem: the office raises and strikes off, the unit rectifies."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.supervision.inspections.enums import (
    AWAITING_UNIT,
    PROBLEM_ENDED,
    ProblemState,
)
from luoshi.supervision.inspections.models import Problem
from luoshi.supervision.inspections.rules.reasons import (
    not_the_unit,
    not_your_inspection,
    other_state,
)
from luoshi.supervision.matters import rules as matter_rules


@rule
def may_raise(actor: Actor) -> Decision:
    """List a problem: officers and the secretary-general of an office."""
    if actor.role not in matter_rules.REGISTERING_ROLES or actor.unit_id is None:
        return not_your_inspection(_("Not listed."))
    return ALLOWED


@rule
def may_rectify(actor: Actor, problem: Problem) -> Decision:
    """State root cause and measures, add evidence: the responsible unit, while it is its turn."""
    if actor.role not in HANDLING_ROLES or actor.unit_id != problem.unit_id:
        return not_the_unit(_("Not saved."))
    if problem.state not in AWAITING_UNIT:
        return other_state(problem, _("Not saved."))
    return ALLOWED


@rule
def may_report_rectification(actor: Actor, problem: Problem) -> Decision:
    """Report the rectification: the unit, once its cause and measures are stated."""
    allowed = may_rectify(actor, problem)
    if allowed and problem.state == ProblemState.OPEN:
        return other_state(problem, _("Not sent: state root cause and measures first."))
    return allowed


@rule
def may_check(actor: Actor, problem: Problem) -> Decision:
    """Check and strike off: a person of the office, never the unit itself (S3-61)."""
    inside = actor.role in matter_rules.REGISTERING_ROLES and actor.unit_id == problem.office_id
    if not inside or actor.unit_id == problem.unit_id:
        return Denied(
            Forbidden(
                _("The responsible unit cannot strike off its own problem."),
                _("The office that raised it checks the rectification and strikes it off."),
                next_steps=(_("Report the rectification with its evidence."),),
                source="S3-61",
                code="responder-cannot-strike-off",
            )
        )
    if not actor.is_person:
        return matter_rules.person_needed(_("Not struck off."))
    if problem.state != ProblemState.REPORTED:
        return other_state(problem, _("Not checked: no report waits."))
    return ALLOWED


@rule
def may_withdraw(actor: Actor, problem: Problem) -> Decision:
    """Withdraw a problem that was none: a person of the office."""
    inside = actor.role in matter_rules.REGISTERING_ROLES and actor.unit_id == problem.office_id
    if not inside:
        return not_your_inspection(_("Not withdrawn."))
    if not actor.is_person:
        return matter_rules.person_needed(_("Not withdrawn."))
    if problem.state in PROBLEM_ENDED:
        return other_state(problem, _("Not withdrawn."))
    return ALLOWED
