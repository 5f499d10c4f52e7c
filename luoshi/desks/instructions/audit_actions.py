"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ACTIONS = {
    "instructions.noted": _("Written instruction noted"),
    "instructions.registered": _("Written instruction registered as a matter"),
    "instructions.linked": _("Written instruction added to a matter"),
    "instructions.kept": _("Written instruction kept for information"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label, link="instructions:instruction", erasure="detail")
