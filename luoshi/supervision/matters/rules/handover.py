"""Who may object to an assignment, answer, reassign, advise the lead unit: predicates with
reasons."""

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.foundation.core.time import date_text, last_day
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, Answer, Part, ReportState
from luoshi.supervision.matters.models import Assignment, Objection
from luoshi.supervision.matters.rules.changes import of_office
from luoshi.supervision.matters.rules.reasons import already, not_your_office, person_needed


@rule
def may_object(
    actor: Actor, share: Assignment, *, window_ends_at: datetime, at: datetime
) -> Decision:
    """Object to an assignment: a person of the unit, once, inside its window, before it has
    reported (R-PRO-5)."""
    if actor.role not in HANDLING_ROLES or actor.unit_id != share.unit_id:
        return Denied(
            Forbidden(
                _("No objection made."),
                _("Only the unit named on the slip objects to it."),
                source="R-PRO-5",
                code="not-your-slip",
            )
        )
    if not actor.is_person:
        return person_needed(_("No objection made."))
    if share.state not in ASSIGNMENT_OPEN:
        return Denied(already(share.matter))
    if at >= window_ends_at:
        last = date_text(last_day(window_ends_at), get_language() or "zh-hans")
        return Denied(
            Refused(
                _("No objection made: the window has closed."),
                _("Objections were possible until %(day)s.") % {"day": last},
                next_steps=(_("Handle the share, or ask the assigning office to reassign it."),),
                source="R-PRO-5",
                code="window-closed",
            )
        )
    if Objection.objects.filter(assignment=share).exists():
        return Denied(
            Refused(
                _("No second objection."),
                _("A unit objects to an assignment once; the answer stands."),
                source="R-PRO-5",
                code="objected-once",
            )
        )
    if share.reports.exclude(state=ReportState.DRAFT).exists():
        return Denied(
            Refused(
                _("No objection made: the unit has reported already."),
                next_steps=(_("Ask the assigning office to reassign it."),),
                source="R-PRO-5",
                code="reported-already",
            )
        )
    return ALLOWED


@rule
def may_answer_objection(actor: Actor, objection: Objection) -> Decision:
    """Answer an objection: a person of the assigning office, once."""
    if not of_office(actor, objection.assignment.matter):
        return not_your_office(_("Not answered."))
    if not actor.is_person:
        return person_needed(_("Not answered."))
    if objection.state != Answer.PENDING:
        return Denied(
            Refused(
                _("Not answered again."),
                _("%(name)s has answered: %(state)s.")
                % {
                    "name": objection.answered_by_name,
                    "state": objection.get_state_display(),
                },
                code="answered-already",
            )
        )
    return ALLOWED


@rule
def may_reassign(actor: Actor, share: Assignment) -> Decision:
    """Reassign (改派): the assigning office alone; a unit does not pass a share on by itself, and
    reports in review are decided first (R-PRO-5)."""
    if actor.unit_id == share.unit_id and actor.role in HANDLING_ROLES:
        return Denied(
            Forbidden(
                _("Not passed on."),
                _("A unit does not pass its share on to another by itself."),
                next_steps=(_("Object to the assignment, or ask the assigning office."),),
                source="R-PRO-5",
                code="no-passing-on",
            )
        )
    if not of_office(actor, share.matter):
        return not_your_office(_("Not reassigned."))
    if share.state not in ASSIGNMENT_OPEN:
        return Denied(already(share.matter))
    if share.reports.filter(state=ReportState.SUBMITTED).exists():
        return Denied(
            Refused(
                _("Not reassigned: a report waits for review."),
                next_steps=(_("Review it first."),),
                source="S2-92",
                code="reports-in-review",
            )
        )
    return ALLOWED


@rule
def may_advise(actor: Actor, share: Assignment) -> Decision:
    """Give an opinion to the lead unit (会办意见): the joint unit, after signing for (R-PRO-5)."""
    if actor.role not in HANDLING_ROLES or actor.unit_id != share.unit_id:
        return Denied(
            Forbidden(
                _("No opinion given."),
                _("Only the joint unit itself gives its opinion."),
                source="R-PRO-5",
                code="not-your-share",
            )
        )
    if share.part != Part.JOINT:
        return Denied(
            Refused(
                _("No opinion given: this unit is not a joint unit."),
                next_steps=(_("Send a report to the assigning office."),),
                source="R-PRO-5",
                code="not-joint",
            )
        )
    if share.state not in ASSIGNMENT_OPEN:
        return Denied(already(share.matter))
    if share.signed_at is None:
        return Denied(
            Refused(
                _("No opinion given: the slip is not signed for."),
                next_steps=(_("Sign for the slip first."),),
                source="R-PRO-5",
                code="sign-first",
            )
        )
    return ALLOWED
