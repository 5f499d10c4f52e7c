"""Who may enter a notice about a year's working days."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden


@rule
def may_add_edition(actor: Actor) -> Decision:
    """The system administrator, in person (ui.md 5.16; decision 4)."""
    if actor.role == "system_admin" and actor.is_person:
        return ALLOWED
    return Denied(
        Forbidden(_("Not shown."), _("Only the system administrator keeps the calendar."))
    )
