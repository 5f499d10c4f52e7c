"""Assign the matters of a ledger that was taken over, row by row, through the real verb.

Changes: shares, duties and slips of every matter that is registered, has units and is not called
done by the ledger. Each row is a transaction of its own, so that the work goes on where a killed
worker left it; a refusal stands on its row and stops nobody else.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import F

from luoshi.desks.ledgers import rules
from luoshi.desks.ledgers.domain.correcting import locked
from luoshi.desks.ledgers.enums import LedgerState
from luoshi.desks.ledgers.models import Ledger, LedgerRow
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refusal
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.enums import MatterState

AT_ONCE = 20


def waiting(ledger: Ledger) -> Any:
    """Rows whose matter still waits for its units: registered, not done by the ledger's word."""
    rows = LedgerRow.objects.filter(ledger=ledger, matter__state=MatterState.REGISTERED)
    return rows.exclude(read__done=True).order_by("place")


def ask_to_assign(*, ledger: Ledger, actor: Actor, at: datetime) -> Ledger:
    """Say that the taken-over matters shall be assigned; up to 20 are assigned at once, more by the
    worker (`assign_rows`). Refused: tokens, other offices."""
    ensure(rules.may_assign(actor, ledger))
    with acting(actor=actor, at=at):
        row = locked(ledger)
        ensure(rules.may_assign(actor, row))
        row.state, row.started_at = LedgerState.ASSIGNING, at
        row.total, row.done = waiting(row).count(), 0
        row.acting = actor.kept()
        row.save()
        LedgerRow.objects.filter(ledger=row).exclude(note="").update(note="")
        record("ledgers.assigned", actor=actor, at=at, obj=row, after={"rows": row.total})
    if row.total <= AT_ONCE:
        return assign_rows(ledger=row, at=at)
    return row


def assign_rows(
    *, ledger: Ledger, at: datetime, going_on: Callable[[], bool] = lambda: True
) -> Ledger:
    """Assign the waiting rows until none is left or `going_on` says stop."""
    actor = Actor.again(ledger.acting)
    units = {unit.short_name: unit for unit in Unit.objects.filter(is_active=True)}
    places = waiting(ledger).filter(note="").values_list("place", flat=True)
    for place in list(places):
        if not going_on():
            return ledger
        assign_one(ledger, place, units, actor, at)
    Ledger.objects.filter(pk=ledger.pk, state=LedgerState.ASSIGNING).update(
        state=LedgerState.ASSIGNED
    )
    ledger.refresh_from_db()
    return ledger


def assign_one(
    ledger: Ledger, place: int, units: dict[str, Unit], actor: Actor, at: datetime
) -> None:
    """One row; what the verb refuses is written on it in its words."""
    row = LedgerRow.objects.select_related("matter__office").get(ledger=ledger, place=place)
    matter: Any = row.matter
    shares = [
        Share(units[share["unit"]], share["part"])
        for share in matter.proposed_shares
        if share["unit"] in units
    ]
    try:
        with acting(actor=actor, at=at):
            assign(matter=matter, shares=shares, actor=actor, at=at)
    except Refusal as refusal:
        LedgerRow.objects.filter(pk=row.pk).update(note=words(refusal)[:300])
    Ledger.objects.filter(pk=ledger.pk).update(done=F("done") + 1)


def words(refusal: Refusal) -> str:
    """A refusal in one line."""
    more = refusal.errors.values() if isinstance(refusal, Invalid) else [[refusal.why]]
    return " ".join(
        str(text) for text in (refusal.what, *(t for texts in more for t in texts)) if text
    )
