"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register


def register_actions() -> None:
    """Called once when the app is ready."""
    register(action="burden.meeting_asked", label=_("Units asked to a meeting"))
    register(action="burden.meeting_called_off", label=_("Meeting called off"))
