"""What the trail calls the acts of this room; acts of units and offices keep their own names."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ACTIONS = {
    "mirrors.adopted": _("Update from the leading office received"),
    "mirrors.heard": _("Update from a unit on another node received"),
    "mirrors.settled": _("Crossing acts settled by rule"),
    "mirrors.reentered": _("Lost word entered again"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label, link="mirrors:matter", erasure="detail")
