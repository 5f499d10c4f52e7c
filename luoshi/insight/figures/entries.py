"""The left bar's entries of ledger, board and their neighbours."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.navigation import Entry, register
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.enums import HANDLING_ROLES, OFFICER_CLASS, Role
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing
from luoshi.insight.figures.domain.exporting import BOARD, COLUMNS, board_rows, rows_of
from luoshi.insight.figures.domain.filtering import Filters
from luoshi.insight.figures.domain.queues import (
    extensions_waiting,
    proposals_waiting,
    reviews_waiting,
    signatures_waiting,
)
from luoshi.insight.figures.web.menus import menus, sentence

SUPERVISING = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL)
OTHERS = (*OFFICER_CLASS, Role.LEADER, Role.SECRETARY_GENERAL)
ALL = tuple(role for role in Role.values if role not in OTHERS)

group = _("Supervision")
register(Entry(_("Today"), "figures:home", "inbox", 10, ALL))
register(Entry(_("For my decision"), "figures:today", "inbox", 10, (Role.SECRETARY_GENERAL,)))
register(Entry(_("One minute"), "figures:home", "clock", 10, (Role.LEADER,)))
register(Entry(_("Ledger"), "figures:ledger", "list-checks", 20, SUPERVISING, group))
register(Entry(_("Our matters"), "figures:ledger", "list-checks", 20, HANDLING_ROLES))
register(
    Entry(
        _("Report review"),
        "matters:reviews",
        "file-check",
        30,
        SUPERVISING,
        group,
        reviews_waiting,
    )
)
register(
    Entry(
        _("Approval to register"),
        "matters:proposals",
        "check",
        25,
        SUPERVISING,
        group,
        proposals_waiting,
    )
)
register(
    Entry(
        _("Extensions"),
        "matters:extension-queue",
        "clock",
        35,
        SUPERVISING,
        group,
        extensions_waiting,
    )
)
register(
    Entry(
        _("To sign"),
        "matters:signings",
        "file-check",
        30,
        (Role.PRINCIPAL,),
        "",
        signatures_waiting,
    )
)
register(Entry(_("Reports sent"), "matters:sent-list", "file-text", 32, HANDLING_ROLES))
register(Entry(_("Archive"), "matters:archive", "paperclip", 55, SUPERVISING))
register(Entry(_("Drafting"), "meetings:documents", "split", 40, SUPERVISING, group))
register(Entry(_("Units' board"), "figures:board", "layout-dashboard", 50, SUPERVISING))
register(Entry(_("Bulletins"), "bulletins:list", "megaphone", 60, (*SUPERVISING, Role.LEADER)))


def about_ledger(request: OfficeRequest) -> str:
    """The ledger's filter in words."""
    filters = Filters.of(request.GET)
    return sentence(menus(request.GET, filters, request.now), filters)


register_listing(Listing("ledger", _("Ledger"), "figures:ledger", COLUMNS, rows_of, about_ledger))
register_listing(Listing("board", _("Units' board"), "figures:board", BOARD, board_rows))
