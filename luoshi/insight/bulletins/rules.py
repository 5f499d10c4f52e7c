"""Who makes and who reads bulletins."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden
from luoshi.foundation.organizations.enums import SUPERVISING_ROLES, Role


@rule
def may_freeze(actor: Actor) -> Decision:
    """The supervision officer and the secretary-general of an office."""
    if actor.role in {Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL} and actor.is_person:
        return ALLOWED
    return Denied(Forbidden(_("Not frozen."), _("The supervision office makes the bulletin.")))


@rule
def may_read(actor: Actor) -> Decision:
    """Supervising posts of the office."""
    if actor.role in SUPERVISING_ROLES:
        return ALLOWED
    return Denied(Forbidden(_("Not shown."), _("The supervision office keeps the bulletins.")))
