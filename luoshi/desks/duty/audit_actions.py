"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ACTIONS = {
    "duty.scheme_set": _("Way of being on duty changed"),
    "duty.person_added": _("Put on the list of duty"),
    "duty.person_changed": _("Entry of the list of duty changed"),
    "duty.leave_noted": _("Leave noted"),
    "duty.leave_removed": _("Leave taken out"),
    "duty.period_declared": _("Sensitive period declared"),
    "duty.period_revoked": _("Sensitive period revoked"),
    "duty.period_arrived": _("Sensitive period of the superior arrived"),
    "duty.roster_drafted": _("Roster begun"),
    "duty.roster_asked": _("Roster given to the solver"),
    "duty.roster_solved": _("Roster worked out"),
    "duty.roster_approved": _("Roster approved"),
    "duty.roster_published": _("Roster published"),
    "duty.roster_taken_back": _("Roster taken back to draft"),
    "duty.roster_arrived": _("Roster of another level arrived"),
    "duty.shift_set": _("Shift set by hand"),
    "duty.swap_asked": _("Swap asked"),
    "duty.swap_agreed": _("Swap agreed to"),
    "duty.swap_declined": _("Swap declined"),
    "duty.swap_withdrawn": _("Swap withdrawn"),
    "duty.swap_approved": _("Swap approved"),
    "duty.noted": _("Line of the duty log written"),
    "duty.settled": _("Line of the duty log settled"),
    "duty.handed_over": _("Duty handed over"),
    "duty.handover_changed": _("Hand-over changed before it was signed for"),
    "duty.taken_over": _("Duty taken over"),
    "duty.checked": _("Duty checked by surprise"),
    "duty.daily_sent": _("Daily report of a sensitive period"),
    "duty.daily_arrived": _("Daily report of a unit below arrived"),
    "duty.feed_made": _("Calendar address made"),
    "duty.feed_ended": _("Calendar address ended"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label)
