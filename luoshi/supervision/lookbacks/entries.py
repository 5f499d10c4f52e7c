"""The left bar's entry, the tab on a matter's page, and who may open a look-back's files."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.attachments.owners import register as register_owner
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.navigation import Entry, register, sections
from luoshi.foundation.organizations.enums import SUPERVISING_ROLES
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing
from luoshi.supervision.lookbacks.domain.queries.exporting import (
    COLUMNS,
    DRAWN,
    PROMISES,
    ROUNDS,
    drawn_of,
    every_round,
    promise_rows,
    rows_of,
)
from luoshi.supervision.lookbacks.models import LookBackItem
from luoshi.supervision.matters.enums import MATTER_BEFORE_ASSIGNING
from luoshi.supervision.matters.models import Matter


def item_visible(actor: Actor, owner_id: UUID) -> bool:
    """Whoever sees the matter sees the evidence of its look-back."""
    matters = Matter.objects.visible_to(actor)
    return LookBackItem.objects.filter(pk=owner_id, matter__in=matters).exists()


def assigned_once(actor: Actor, matter: Matter) -> bool:
    """Nothing to look back on before a matter is assigned."""
    return matter.state not in MATTER_BEFORE_ASSIGNING


register_owner("lookback", item_visible)
register(Entry(_("Look-back"), "lookbacks:rounds", "rotate-ccw", 54, SUPERVISING_ROLES))
sections.register(sections.Section("matter", _("Look-back"), "lookbacks:matter", 60, assigned_once))
label = _("Rounds of the look-back")
register_listing(Listing("lookback-rounds", label, "lookbacks:rounds", ROUNDS, every_round))
register_listing(Listing("lookback", _("Look-back"), "lookbacks:rounds", COLUMNS, rows_of))
label = _("Sample not fixed yet")
register_listing(Listing("lookback-preview", label, "lookbacks:rounds", DRAWN, drawn_of))
label, page = _("Promised dates"), "lookbacks:promises"
register_listing(Listing("promises", label, page, PROMISES, promise_rows))
