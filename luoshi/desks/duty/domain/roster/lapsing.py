"""A roster moved: what was asked about its shifts and what was proved of it does not hold any more
(features row 63)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from luoshi.desks.duty.domain.roster.notifying import tell_people
from luoshi.desks.duty.enums import OPEN_SWAPS, SwapState
from luoshi.desks.duty.models import Roster, Swap


def lapse(shifts: Iterable[UUID], *, at: datetime) -> int:
    """Open swaps of these shifts lapse, both are told; returns how many. That nothing fairer exists
    is no longer said of their rosters. Part of the caller's act."""
    keys = list(shifts)
    unproved(keys)
    rows = Swap.objects.select_for_update(of=("self",)).select_related("shift", "asker", "taker")
    found = list(rows.filter(Q(shift__in=keys) | Q(other__in=keys), state__in=OPEN_SWAPS))
    for row in found:
        row.state, row.decided_at = SwapState.LAPSED, at
        row.save()
        tell_people(
            [row.asker, row.taker],
            key=f"swap|{row.pk}|lapsed",
            title_zh=f"换班失效：{row.shift.day}，值班表已调整",
            title_en=f"Swap lapsed: {row.shift.day}, the roster was changed",
            at=at,
        )
    return len(found)


def unproved(shifts: Iterable[UUID]) -> None:
    """The solver's word was about other shifts."""
    Roster.objects.filter(shifts__in=list(shifts)).update(outcome="")
