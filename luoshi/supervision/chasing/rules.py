"""Who may run the sweep."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden


@rule
def may_sweep(actor: Actor) -> Decision:
    """Only the product itself."""
    if actor.kind == "system":
        return ALLOWED
    return Denied(Forbidden(_("Not done."), _("The sweep runs by itself.")))
