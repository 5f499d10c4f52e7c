"""Who may upload."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden
from luoshi.foundation.organizations.enums import OFFICER_CLASS


@rule
def may_upload(actor: Actor) -> Decision:
    """Everyone with a business post; the three officers hold no business files."""
    if actor.kind == "system" or (actor.unit_id and actor.role not in OFFICER_CLASS):
        return ALLOWED
    return Denied(Forbidden(_("Not uploaded."), _("Your post has no business files.")))
