"""Who may plan, file and approve."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.inspections.enums import PlanState
from luoshi.supervision.inspections.models import InspectionPlan
from luoshi.supervision.inspections.rules.reasons import not_your_inspection, other_state
from luoshi.supervision.matters import rules as matter_rules


@rule
def may_plan(actor: Actor) -> Decision:
    """Draft an inspection: officers and the secretary-general of an office, in person."""
    if actor.role not in matter_rules.REGISTERING_ROLES or actor.unit_id is None:
        return not_your_inspection(_("Not planned."))
    if not actor.is_person:
        return matter_rules.person_needed(_("Not planned."))
    return ALLOWED


@rule
def may_file_plan(actor: Actor, plan: InspectionPlan) -> Decision:
    """File the plan of the year for approval (R-CUT-6)."""
    if actor.role not in matter_rules.REGISTERING_ROLES or actor.unit_id != plan.office_id:
        return not_your_inspection(_("Not filed."))
    if not actor.is_person:
        return matter_rules.person_needed(_("Not filed."))
    if plan.state != PlanState.DRAFTED:
        return other_state(plan, _("Not filed."))
    return ALLOWED


@rule
def may_approve_plan(actor: Actor, plan: InspectionPlan) -> Decision:
    """Approve, or return, a filed plan: the secretary-general who did not file it."""
    if actor.unit_id != plan.office_id or actor.role not in matter_rules.REGISTERING_ROLES:
        return not_your_inspection(_("Not approved."))
    if actor.role != Role.SECRETARY_GENERAL or actor.person_id == plan.filed_by_id:
        return Denied(
            Forbidden(
                _("Not approved."),
                _("A secretary-general who did not file the plan approves it."),
                next_steps=(_("It waits for approval on this page."),),
                source="R-CUT-6",
                code="approval-needed",
            )
        )
    if not actor.is_person:
        return matter_rules.person_needed(_("Not approved."))
    if plan.state != PlanState.FILED:
        return other_state(plan, _("Not approved."))
    return ALLOWED
