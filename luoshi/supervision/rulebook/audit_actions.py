"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register


def register_actions() -> None:
    """Called once when the app is ready."""
    register(action="rulebook.loaded", label=_("Rule catalogue loaded"), erasure="keep")
    register(action="rulebook.settled", label=_("Office settings changed"), erasure="keep")
