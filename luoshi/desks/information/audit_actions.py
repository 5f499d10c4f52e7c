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


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label, link="information:event", erasure="detail")
    name_values("step", dict(Step.choices))
    register(action="information.limits_set", label=_("Limits of urgent information changed"))
    register(action="information.line_set", label=_("Line of reporting changed"))
