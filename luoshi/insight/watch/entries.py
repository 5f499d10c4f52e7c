"""The left bar's entry."""

from django.utils.translation import gettext_lazy as _

from luoshi.desks.duty.rules import BOOK_ROLES
from luoshi.foundation.core.navigation import Entry, register

register(Entry(_("Watch room"), "watch:room", "layout-dashboard", 10, BOOK_ROLES))
