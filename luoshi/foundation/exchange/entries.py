"""The administrators' entry of the left bar, and the exchange's own kinds of payload."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.elsewhere import register as register_source
from luoshi.foundation.core.navigation import Entry, register
from luoshi.foundation.exchange.domain.anchoring.asking import heads_of_superior
from luoshi.foundation.exchange.domain.mail.registering import register_control
from luoshi.foundation.organizations.enums import Role

register_control()
register_source("superior", heads_of_superior)
OFFICERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
register(Entry(_("Nodes"), "exchange:nodes", "split", 35, OFFICERS))
register(Entry(_("Exchange"), "exchange:mail", "send", 36, OFFICERS))
