"""Who may do what to a share: predicates with reasons."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    AWAITING_UNIT,
    AssignmentState,
    Part,
)
from luoshi.supervision.matters.models import Assignment
from luoshi.supervision.matters.rules.reasons import (
    REGISTERING_ROLES,
    not_your_office,
    person_needed,
    stands_still,
)


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
    if assignment.stopped_at is not None:
        return Denied(stands_still(_("Not signed for."), office_date(assignment.stopped_at)))
    return ALLOWED


@rule
def may_stage(actor: Actor, share: Assignment) -> Decision:
    """State planned progress of a share: the assigning office; the unit itself where neither the
    office nor it has stated any, so that nobody moves a plan it is behind (R-SUP-5)."""
    what = _("Planned progress not saved.")
    if share.state not in ASSIGNMENT_OPEN or share.part == Part.JOINT:
        return Denied(
            Refused(
                what,
                _("Planned progress belongs to an open share that reports to the office."),
                source="R-SUP-5",
                code="no-plan-here",
            )
        )
    if actor.role in REGISTERING_ROLES and actor.unit_id == share.matter.office_id:
        return ALLOWED
    if actor.role not in HANDLING_ROLES or actor.unit_id != share.unit_id:
        return not_your_office(what)
    if share.stages or share.matter.stages or share.matter.home:
        return Denied(
            Refused(
                what,
                _("There is a plan already; the unit that is held against it does not move it."),
                next_steps=(_("Ask the assigning office, with the reason."),),
                source="R-SUP-5",
                code="planned-already",
            )
        )
    return ALLOWED


@rule
def may_report(actor: Actor, assignment: Assignment) -> Decision:
    """Write and send a report: the handling unit, after signing for, while it is its turn; also
    while an earlier one is in review, if another dated report runs meanwhile (TR-05)."""
    if actor.role not in HANDLING_ROLES or actor.unit_id != assignment.unit_id:
        return Denied(
            Forbidden(
                _("Not sent."),
                _("Reports are written by the handling unit itself."),
                code="not-your-share",
            )
        )
    if assignment.part == Part.JOINT:
        return Denied(
            Refused(
                _("Not sent: a joint unit does not report to the assigning office."),
                _("It gives its opinion to the lead unit, which reports for all."),
                next_steps=(_("Give your opinion to the lead unit."),),
                source="R-PRO-5",
                code="joint-unit",
            )
        )
    if assignment.stopped_at is not None:
        return Denied(stands_still(_("Not sent."), office_date(assignment.stopped_at)))
    if assignment.state == AssignmentState.UNSIGNED:
        return Denied(
            Refused(
                _("Not sent: the slip is not signed for."),
                next_steps=(_("Sign for the slip first; the limit counts from there."),),
                source="TR-06",
                code="sign-first",
            )
        )
    another = assignment.state == AssignmentState.UNDER_REVIEW and assignment.on_clock
    if assignment.state not in AWAITING_UNIT and not another:
        return Denied(
            Refused(
                _("Not sent: it is not this unit's turn."),
                _("The state is now “%(state)s”.") % {"state": assignment.get_state_display()},
                code="not-your-turn",
            )
        )
    return ALLOWED
