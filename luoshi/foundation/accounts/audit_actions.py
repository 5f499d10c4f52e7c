"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ACTIONS = {
    "accounts.created": _("Account created"),
    "accounts.activated": _("Account activated"),
    "accounts.suspended": _("Account suspended"),
    "accounts.password_handed_out": _("Password handed out"),
    "accounts.password_changed": _("Password changed"),
    "accounts.unlocked": _("Account unlocked"),
    "accounts.factor_begun": _("Authenticator set up begun"),
    "accounts.factor_enrolled": _("Second factor enrolled"),
    "accounts.factor_reset": _("Second factor reset"),
    "accounts.recovery_code_used": _("Recovery code used"),
    "accounts.proved": _("Identity confirmed again"),
    "accounts.policy_changed": _("Access policy changed"),
    "accounts.phone_revealed": _("Telephone number revealed"),
    "accounts.fields_resealed": _("Fields sealed with a new key"),
    "accounts.session_ended": _("Session ended"),
    "accounts.signed_in": _("Signed in"),
    "accounts.signed_out": _("Signed out"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label, erasure="detail")
