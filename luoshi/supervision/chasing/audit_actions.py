"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import name_values, register
from luoshi.supervision.chasing.enums import Level

ACTIONS = {
    "chasing.reminded": _("Ladder level reached"),
    "chasing.urged": _("Nudged by hand"),
    "chasing.held": _("Nudge held"),
    "chasing.exception_asked": _("Exception asked for a held nudge"),
    "chasing.exception_granted": _("Exception granted"),
    "chasing.exception_refused": _("Exception refused"),
    "chasing.leader_named": _("Leader in charge named for this matter"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label, link="matters:matter", erasure="detail")
    name_values("level", {level.value: level.label for level in Level})
    register(action="chasing.ladder_set", label=_("Ladder of notices changed"))
    register(action="chasing.charge_given", label=_("Leader in charge of a unit named"))
