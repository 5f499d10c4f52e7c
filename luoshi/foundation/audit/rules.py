"""Who may do what with the trail. Roles are named here by their word: offices lie a floor above."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden


@rule
def may_read(actor: Actor) -> Decision:
    """The auditor alone reads the trail (security.md 4)."""
    if actor.role == "auditor" and actor.is_person:
        return ALLOWED
    return Denied(
        Forbidden(_("Not shown."), _("Only the auditor reads the trail."), code="auditor")
    )


@rule
def may_erase(actor: Actor) -> Decision:
    """The security administrator erases, never the one who reads (security.md 4, 6)."""
    if actor.role == "security_admin" and actor.is_person:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not erased."), _("Only the security administrator erases."), code="security-admin"
        )
    )
