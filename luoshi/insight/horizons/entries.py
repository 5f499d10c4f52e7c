"""Ways into this room: the left bar's what-if and rules, and the matter's tab."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.navigation import Entry, register, sections
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing
from luoshi.insight.horizons.domain.exporting import COLUMNS, rows_of

SUPERVISING = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)

register(Entry(_("Rule catalogue"), "rulebook:catalogue", "calendar-days", 55, SUPERVISING))
register(Entry(_("What if"), "horizons:whatif", "rotate-ccw", 57, SUPERVISING))
sections.register(sections.Section("matter", _("As known on a date"), "horizons:matter", 90))
known = _("Ledger as known on a date")
register_listing(Listing("ledger-known", known, "horizons:ledger", COLUMNS, rows_of))
