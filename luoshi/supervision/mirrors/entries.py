"""What this room registers: the kinds that travel, the follower of the trail, a matter's tab."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.following import register as register_follower
from luoshi.foundation.core.navigation import sections
from luoshi.supervision.mirrors.domain.registering import register_kinds
from luoshi.supervision.mirrors.domain.telling import follow


def between_levels(actor: Any, matter: Any) -> bool:
    """Whether the matter is shared with another node."""
    return bool(matter.home or matter.mirrored)


register_kinds()
register_follower(follow)
sections.register(
    sections.Section("matter", _("Between levels"), "mirrors:matter", 35, between_levels)
)
