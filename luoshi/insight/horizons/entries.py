"""Ways into this room: the left bar's what-if and rules, and the matter's tab."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.navigation import Entry, Reader, register, sections
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing
from luoshi.insight.horizons.domain.exporting import BOARD, COLUMNS, about, board_rows, rows_of
from luoshi.supervision.rulebook.enums import ProposalState
from luoshi.supervision.rulebook.models import RuleProposal


def changes_waiting(reader: Reader) -> "QuerySet[Any]":
    """Drafted changes of rules that wait for the reader's decision (features row 14)."""
    rows = RuleProposal.objects.filter(office_id=reader.unit_id, state=ProposalState.DRAFTED)
    return rows.exclude(drafted_by_id=reader.person_id)


SUPERVISING = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)

officers, deciding = (Role.SUPERVISION_OFFICER,), (Role.SECRETARY_GENERAL,)
rules = (_("Rule catalogue"), "rulebook:catalogue", "calendar-days", 55)
register(Entry(*rules, officers))
register(Entry(*rules, deciding, waiting=changes_waiting))
register(Entry(_("What if"), "horizons:whatif", "rotate-ccw", 57, SUPERVISING))
sections.register(sections.Section("matter", _("As known on a date"), "horizons:matter", 90))
known = _("Ledger as known on a date")
register_listing(Listing("ledger-known", known, "horizons:ledger", COLUMNS, rows_of, about))
known = _("Board as known on a date")
register_listing(Listing("board-known", known, "horizons:board", BOARD, board_rows, about))
