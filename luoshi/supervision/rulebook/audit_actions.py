"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register


def register_actions() -> None:
    """Called once when the app is ready."""
    register(action="rulebook.loaded", label=_("Rule catalogue loaded"), erasure="keep")
    register(action="rulebook.settled", label=_("Office settings changed"), erasure="keep")
    register(action="rulebook.proposed", label=_("Change of a rule drafted"), erasure="detail")
    register(action="rulebook.withdrawn", label=_("Draft of a rule withdrawn"), erasure="detail")
    register(action="rulebook.adopted", label=_("Rule adopted"), erasure="detail")
    register(action="rulebook.refused", label=_("Change of a rule not adopted"), erasure="detail")
