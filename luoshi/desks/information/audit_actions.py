"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information.enums import Step
from luoshi.foundation.audit.registry import name_values, register

ACTIONS = {
    "information.taken_in": _("Event taken in"),
    "information.phoned": _("Told by telephone"),
    "information.reported": _("Event reported in writing"),
    "information.arrived": _("Report on an event arrived"),
    "information.corrected": _("Event corrected"),
    "information.merged": _("Event merged into another"),
    "information.found": _("Fault in reporting found"),
    "information.noted": _("Leader's instruction on an event noted"),
    "information.instructed": _("Leader's instruction on an event became a matter"),
}
ITEM_ACTIONS = {
    "information.submitted": _("Information submitted"),
    "information.resent": _("Information sent again"),
    "information.edited": _("Information edited"),
    "information.accepted": _("Information accepted for issuing"),
    "information.sent_back": _("Information sent back"),
    "information.joined": _("Information merged"),
    "information.likeness_known": _("Issued although it resembles another"),
    "information.placed": _("Placed in an issue"),
    "information.moved": _("Moved in an issue"),
    "information.taken_out": _("Taken out of an issue"),
    "information.item_issued": _("Information issued"),
    "information.adopted": _("Adopted by a higher level"),
    "information.written_on": _("Leader's instruction on information noted"),
    "information.words_registered": _("Leader's instruction on information became a matter"),
    "information.registered": _("Information became a matter"),
    "information.requested": _("Information handed to units"),
    "information.answered": _("Result of information noted"),
}
ISSUE_ACTIONS = {
    "information.issue_begun": _("Issue begun"),
    "information.issued": _("Issue sent out"),
}
DESK_ACTIONS = {
    "information.series_made": _("Bulletin made"),
    "information.engaged": _("Information officer engaged"),
    "information.disengaged": _("Engagement ended"),
    "information.quota_set": _("Quota of information changed"),
    "information.topic_asked": _("Information on a topic asked for"),
    "information.topic_closed": _("Topic closed"),
    "information.scores_published": _("Score sheet published"),
    "information.weights_set": _("Weights of information changed"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label, link="information:event", erasure="detail")
    name_values("step", dict(Step.choices))
    register(action="information.limits_set", label=_("Limits of urgent information changed"))
    register(action="information.line_set", label=_("Line of reporting changed"))
    for action, label in ITEM_ACTIONS.items():
        register(action=action, label=label, link="information:item", erasure="detail")
    for action, label in ISSUE_ACTIONS.items():
        register(action=action, label=label, link="information:issue")
    for action, label in DESK_ACTIONS.items():
        register(action=action, label=label, erasure="detail")
