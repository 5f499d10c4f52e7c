"""The administrators' entries of the left bar."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.navigation import Entry, register
from luoshi.foundation.organizations.enums import Role

OFFICERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
register(Entry(_("People and posts"), "organizations:people", "users", 20, OFFICERS))
register(Entry(_("Units"), "organizations:units", "layout-dashboard", 30, (Role.SYSTEM_ADMIN,)))
register(Entry(_("Access policy"), "accounts:policy", "list-checks", 50, (Role.SECURITY_ADMIN,)))
register(Entry(_("API tokens"), "organizations:tokens", "shield", 40, (Role.SECURITY_ADMIN,)))
