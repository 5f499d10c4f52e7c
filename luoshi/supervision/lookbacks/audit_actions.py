"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ROUND = {
    "lookbacks.opened": _("Look-back round opened"),
    "lookbacks.share_changed": _("Random share changed"),
    "lookbacks.fixed": _("Look-back sample fixed"),
}
MATTER = {
    "lookbacks.checker_named": _("Checker of the look-back named"),
    "lookbacks.checked": _("Looked back on"),
    "lookbacks.promise_settled": _("Promised date settled"),
    "lookbacks.marked_key": _("Marked as key item"),
    "lookbacks.key_lifted": _("No longer a key item"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ROUND.items():
        register(action=action, label=label, link="lookbacks:round")
    for action, label in MATTER.items():
        register(action=action, label=label, link="matters:matter", erasure="detail")
