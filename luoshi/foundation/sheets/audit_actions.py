"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register


def register_actions() -> None:
    """Called once when the app is ready."""
    label = _("Columns of an export set")
    register(action="sheets.columns_set", label=label, link="", erasure="detail")
    register(action="sheets.exported", label=_("List written out"), link="", erasure="detail")
