"""The list of this room that is written out."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing
from luoshi.supervision.rulebook.domain.exporting import COLUMNS, rows_of

register_listing(Listing("rules", _("Rule catalogue"), "rulebook:catalogue", COLUMNS, rows_of))
