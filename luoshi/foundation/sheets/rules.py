"""Who sets the columns of an office's exports."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden
from luoshi.foundation.organizations.enums import Role

SETTING = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)


@rule
def may_set_columns(actor: Actor) -> Decision:
    """The office's supervision officers and secretary-general, for their whole office."""
    if actor.role in SETTING and actor.unit_id is not None:
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not set."),
            _("The supervision officers of an office set the columns of its exports."),
            code="not-your-columns",
        )
    )
