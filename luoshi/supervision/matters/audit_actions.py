"""What the trail calls the acts of this room, and how each is erased (security.md 6)."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ACTIONS = {
    "matters.drafted": _("Matter drafted"),
    "matters.planned": _("Plan changed"),
    "matters.proposed": _("Proposed for registration"),
    "matters.registered": _("Registered"),
    "matters.assigned": _("Assigned"),
    "matters.signed_for": _("Signed for"),
    "matters.draft_saved": _("Report draft saved"),
    "matters.reported": _("Report sent"),
    "matters.put_forward": _("Report put before the principal"),
    "matters.given_back": _("Report given back by the principal"),
    "matters.taken_back": _("Report taken back before signing"),
    "matters.composed": _("Reports of units below put together"),
    "matters.corrected": _("Accepted report corrected"),
    "matters.outdated": _("Report out of date: a unit below corrected a figure"),
    "matters.measured": _("Figures and evidence asked for"),
    "matters.staged": _("Planned progress set"),
    "matters.combined": _("Requests merged into the quarterly report"),
    "matters.struck_off": _("Struck off the list"),
    "matters.archived": _("Archived"),
    "matters.accepted": _("Report accepted"),
    "matters.returned": _("Report returned for redo"),
    "matters.concluded": _("Concluded"),
    "matters.reopened": _("Reopened"),
    "matters.revoked": _("Revoked"),
    "matters.extension_asked": _("Extension asked for"),
    "matters.extension_granted": _("Extension granted"),
    "matters.extension_refused": _("Extension refused"),
    "matters.extension_withdrawn": _("Request for an extension withdrawn"),
    "matters.redated": _("Limits computed again"),
    "matters.limit_set": _("Limit set by the office"),
    "matters.instructed": _("A leader's instruction added"),
    "matters.scheduled": _("Report duties made"),
    "matters.event_noted": _("Event noted that limits count from"),
    "matters.proposal_refused": _("Registration refused"),
    "matters.similar_known": _("Registered beside a similar matter"),
    "matters.decomposed": _("Divided into sub-matters"),
    "matters.merged": _("Merged into another matter"),
    "matters.absorbed": _("Another matter merged into this"),
    "matters.stop_asked": _("Clock stop asked for"),
    "matters.stopped": _("Clock stopped"),
    "matters.stop_refused": _("Clock stop refused"),
    "matters.resumed": _("Clock runs again"),
    "matters.objected": _("Objection to the assignment"),
    "matters.objection_rejected": _("Objection rejected"),
    "matters.inherited": _("Handed to the successor of the unit"),
    "matters.readdressed": _("Addressees follow a unit to its successor"),
    "matters.reassigned": _("Assigned to another unit"),
    "matters.advised": _("Opinion given to the lead unit"),
    "matters.supplement_asked": _("Asked to supplement the report"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label, link="matters:matter", erasure="detail")
