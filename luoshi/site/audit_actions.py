"""What the trail calls the acts of the site."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ACTIONS = {
    "site.installed": _("Site set up"),
    "site.backed_up": _("Backup made"),
    "site.restored": _("Restored from a backup"),
    "site.clock_confirmed": _("Clock confirmed"),
    "site.drilled": _("Restore drill"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label)
