"""What the trail calls the acts upon the calendar."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register


def register_actions() -> None:
    """Called once when the app is ready."""
    register(action="deadlines.edition_added", label=_("Calendar edition entered"))
