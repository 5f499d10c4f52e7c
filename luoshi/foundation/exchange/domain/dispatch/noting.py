"""Put a receipt onto the board: an addressee only ever moves up in rank, whatever order receipts
come in."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce

from luoshi.foundation.exchange.enums import RANK, Handling
from luoshi.foundation.exchange.models import Addressee, Outgoing

COLUMN = {
    Handling.DELIVERED: "delivered_at",
    Handling.OPENED: "opened_at",
    Handling.SIGNED: "signed_at",
    Handling.REFUSED: "ended_at",
    Handling.RECALLED: "ended_at",
}


def noted(
    consignments: Sequence[Outgoing],
    word: Handling,
    *,
    at: datetime,
    units: Sequence[str] | None = None,
    person: str = "",
    reason: str = "",
) -> None:
    """Note a word of these units (None = all of the consignments) with its instant; the first
    instant of each word stays. A later word of lower rank changes its own instant only."""
    rows = Addressee.objects.filter(outgoing__in=[row.pk for row in consignments])
    if units is not None:
        rows = rows.filter(unit__code__in=units)
    column = COLUMN[word]
    rows.update(**{column: Coalesce(F(column), at)})
    lower = [state for state, rank in RANK.items() if rank < RANK[word]]
    changes: dict[str, object] = {"state": word}
    if person or reason:
        changes |= {"person": person[:60], "reason": reason[:200]}
    rows.filter(state__in=lower).update(**changes)
