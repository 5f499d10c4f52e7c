"""The left bar's entry of the points lists."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.navigation import Entry, register
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role

SUPERVISING = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)
label = _("Points lists")
register(Entry(label, "lists:lists", "calendar-days", 42, SUPERVISING, _("Supervision")))
register(Entry(label, "lists:lists", "calendar-days", 42, (*HANDLING_ROLES, Role.LEADER)))
