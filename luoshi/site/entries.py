"""The left bar: entries of the officers, the auditor and the secretary-general; what stands first
in the bars that would be too long to read (ui.md 2)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.foundation.core.navigation import Entry, put_first, register
from luoshi.foundation.organizations.enums import Role
from luoshi.site.trials.drill import act

OFFICERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
register(Entry(pgettext_lazy("site", "State"), "site:state", "layout-dashboard", 10, OFFICERS))
register(Entry(_("Process map"), "site:processes", "split", 90, tuple(Role.values)))
register(Entry(_("Calendar"), "site:calendars", "calendar-days", 20, (Role.SYSTEM_ADMIN,)))
register(Entry(_("Trail"), "site:trail", "shield", 10, (Role.AUDITOR,)))
register(Entry(_("Overview"), "site:overview", "layout-dashboard", 5, (Role.SECRETARY_GENERAL,)))

put_first(
    Role.SUPERVISION_OFFICER,
    "figures:home",
    "figures:ledger",
    "matters:proposals",
    "instructions:instructions",
    "matters:reviews",
    "matters:extension-queue",
    "chasing:nudges",
    "meetings:documents",
    "lookbacks:rounds",
    "inspections:inspections",
    "lists:lists",
    "bulletins:list",
    "figures:board",
    "rulebook:catalogue",
)
put_first(
    Role.SECRETARY_GENERAL,
    "site:overview",
    "figures:ledger",
    "figures:today",
    "watch:room",
    "information:events",
    "documents:arrivals",
    "instructions:instructions",
    "matters:proposals",
    "matters:extension-queue",
    "lists:lists",
    "figures:board",
    "appraisal:rankings",
    "bulletins:list",
)
put_first(Role.LEADER, "figures:home", "instructions:instructions", "bulletins:list")

act.register()
