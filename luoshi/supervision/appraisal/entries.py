"""The left bar's entries of the appraisal."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.navigation import Entry, register
from luoshi.foundation.organizations.enums import HANDLING_ROLES, SUPERVISING_ROLES

register(Entry(_("Appraisal"), "appraisal:rankings", "flag", 56, SUPERVISING_ROLES))
register(Entry(_("Our appraisal"), "appraisal:rankings", "flag", 56, HANDLING_ROLES))
