"""The left bar's entry of the points lists."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.navigation import Entry, register
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing
from luoshi.supervision.lists.domain.queries.exporting import COLUMNS, rows_of

SUPERVISING = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)
label = _("Points lists")
register(Entry(label, "lists:lists", "calendar-days", 42, SUPERVISING, _("Supervision")))
register(Entry(label, "lists:lists", "calendar-days", 42, (*HANDLING_ROLES, Role.LEADER)))
register_listing(Listing("points", label, "lists:lists", COLUMNS, rows_of))
