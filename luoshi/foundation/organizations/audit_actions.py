"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ACTIONS = {
    "organizations.imported": _("Unit tree imported"),
    "organizations.appointed": _("Appointed"),
    "organizations.appointment_ended": _("Appointment ended"),
    "organizations.related": _("Authority relation set"),
    "organizations.unrelated": _("Authority relation removed"),
    "organizations.merged": _("Unit merged into its successor"),
    "organizations.token_issued": _("Token issued"),
    "organizations.token_revoked": _("Token revoked"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label, erasure="detail")
