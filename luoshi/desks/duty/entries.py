"""The left bar's entry, lists that are written out, kinds that travel."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.desks.duty.domain.periods.spreading import PERIOD, take_period
from luoshi.desks.duty.domain.queries.listing import (
    CHECK_COLUMNS,
    HANDOVER_COLUMNS,
    LOG_COLUMNS,
    SWAP_COLUMNS,
    check_rows,
    handover_rows,
    log_rows,
    swap_rows,
)
from luoshi.desks.duty.domain.roster.telling import ROSTER, take_roster
from luoshi.desks.duty.domain.watch.reporting import DAILY, DAYS, take_daily
from luoshi.desks.duty.enums import SwapState
from luoshi.desks.duty.models import Swap
from luoshi.desks.duty.rules import READING_ROLES
from luoshi.foundation.core.navigation import Entry, Reader, register
from luoshi.foundation.exchange.enums import Way
from luoshi.foundation.exchange.kinds import Kind
from luoshi.foundation.exchange.kinds import register as register_kind
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing
from luoshi.supervision.commitments import kinds as commitments


def swaps_waiting(reader: Reader) -> "QuerySet[Any]":
    """Swaps the reader is asked for."""
    return Swap.objects.filter(
        Q(taker__account_id=reader.person_id), state=SwapState.ASKED
    ).order_by()


label = _("Duty")
register(Entry(label, "duty:month", "calendar-days", 12, READING_ROLES, "", swaps_waiting))
register_listing(Listing("duty-log", _("Duty log"), "duty:log", LOG_COLUMNS, log_rows))
register_listing(Listing("duty-checks", _("Duty checks"), "duty:checks", CHECK_COLUMNS, check_rows))
label, url = _("Hand-overs"), "duty:handovers"
register_listing(Listing("duty-handovers", label, url, HANDOVER_COLUMNS, handover_rows))
register_listing(Listing("duty-swaps", _("Swaps"), "duty:swaps", SWAP_COLUMNS, swap_rows))
register_kind(Kind(PERIOD, 1, _("Sensitive period"), take_period, ways=frozenset({Way.DOWN})))
register_kind(Kind(ROSTER, 1, _("Roster"), take_roster, ways=frozenset({Way.UP})))
register_kind(
    Kind(DAILY, 1, _("Daily report of a sensitive period"), take_daily, ways=frozenset({Way.UP}))
)
commitments.register(DAYS, _("Daily report of a sensitive period"))
