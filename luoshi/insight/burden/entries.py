"""The left bar's entries: the office's ledger, the unit's own load; the lists that are written
out."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.navigation import Entry, register
from luoshi.foundation.organizations.enums import HANDLING_ROLES, SUPERVISING_ROLES, Role
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing
from luoshi.insight.burden.domain import exporting

OFFICE = tuple(role for role in SUPERVISING_ROLES if role != Role.LEADER)
register(Entry(_("Burden ledger"), "burden:ledger", "list-checks", 58, OFFICE))
register(Entry(_("Our load"), "burden:ledger", "list-checks", 58, HANDLING_ROLES))
label, page = _("Burden ledger"), "burden:ledger"
register_listing(Listing("burden", label, page, exporting.UNITS, exporting.unit_rows))
label, page = _("Reports counted"), "burden:rows"
register_listing(Listing("burden-duties", label, page, exporting.DUTIES, exporting.duty_rows))
label = _("Reports sent")
register_listing(Listing("burden-reports", label, page, exporting.REPORTS, exporting.report_rows))
label, page = _("Meetings asked"), "burden:meetings"
register_listing(
    Listing("burden-meetings", label, page, exporting.MEETINGS, exporting.meeting_rows)
)
