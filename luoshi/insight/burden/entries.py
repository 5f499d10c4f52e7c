"""The left bar's entries: the office's ledger, the unit's own load."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.navigation import Entry, register
from luoshi.foundation.organizations.enums import HANDLING_ROLES, SUPERVISING_ROLES, Role

OFFICE = tuple(role for role in SUPERVISING_ROLES if role != Role.LEADER)
register(Entry(_("Burden ledger"), "burden:ledger", "list-checks", 58, OFFICE))
register(Entry(_("Our load"), "burden:ledger", "list-checks", 58, HANDLING_ROLES))
