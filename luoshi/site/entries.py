"""The left bar's entries of the officers, the auditor and the secretary-general."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.foundation.core.navigation import Entry, register
from luoshi.foundation.organizations.enums import Role
from luoshi.site.trials.drill import act

OFFICERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
register(Entry(pgettext_lazy("site", "State"), "site:state", "layout-dashboard", 10, OFFICERS))
register(Entry(_("Process map"), "site:processes", "split", 90, tuple(Role.values)))
register(Entry(_("Calendar"), "site:calendars", "calendar-days", 20, (Role.SYSTEM_ADMIN,)))
register(Entry(_("Trail"), "site:trail", "shield", 10, (Role.AUDITOR,)))
register(Entry(_("Overview"), "site:overview", "layout-dashboard", 5, (Role.SECRETARY_GENERAL,)))

act.register()
