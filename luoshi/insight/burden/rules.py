"""Who reads the burden ledger."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden
from luoshi.foundation.organizations.enums import HANDLING_ROLES, SUPERVISING_ROLES
from luoshi.insight.burden.models import AskedMeeting
from luoshi.supervision.matters.rules import REGISTERING_ROLES, not_your_office


@rule
def may_see_burden(actor: Actor) -> Decision:
    """An office what it asks, a handling unit what it is asked."""
    if actor.unit_id and actor.role in (*SUPERVISING_ROLES, *HANDLING_ROLES):
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not shown."), _("The ledger belongs to those who ask and are asked."), code="burden"
        )
    )


@rule
def may_keep_burden(actor: Actor) -> Decision:
    """The settings are read by the supervising posts of the office."""
    if actor.unit_id and actor.role in SUPERVISING_ROLES:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not shown."), _("The settings belong to the supervision office."), code="burden"
        )
    )


@rule
def may_ask_to_meetings(actor: Actor) -> Decision:
    """Ask units to a meeting: the posts that assign work."""
    if actor.unit_id and actor.role in REGISTERING_ROLES:
        return ALLOWED
    return not_your_office(_("Units not asked."))


@rule
def may_call_off(actor: Actor, meeting: AskedMeeting) -> Decision:
    """Call a meeting off: the office that asked."""
    if actor.role in REGISTERING_ROLES and actor.unit_id == meeting.office_id:
        return ALLOWED
    return not_your_office(_("Not called off."))
