"""The receiver's side of a recall: taken back from units that have not signed for it.

A recall is the second state of its dispatch: one that overtakes it waits in the inbox until the
dispatch has come (`mail.applying`)."""

from uuid import UUID

from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.dispatch.handling import receipt
from luoshi.foundation.exchange.enums import HANDLED, Handling
from luoshi.foundation.exchange.kinds import Arrived, Declined
from luoshi.foundation.exchange.models import Arrival

ACTOR = Actor.system("exchange")
NAME = "exchange.recall"


def take_recall(arrived: Arrived) -> None:
    """End the arrivals that nobody signed for or refused, and answer for them with one receipt;
    for the others the receipt they gave stands."""
    try:
        key = UUID(hex=str(arrived.payload.get("of")))
    except ValueError as error:
        raise Declined("of") from error
    reason = str(arrived.payload.get("reason", ""))[:200]
    rows = Arrival.objects.filter(incoming=key, incoming__sender=arrived.sender)
    rows = rows.exclude(state__in=HANDLED).select_for_update(of=("self",), no_key=True)
    taken = list(rows.select_related("unit", "incoming__sender").order_by("pk"))
    if not taken:
        return
    for row in taken:
        row.state, row.ended_at, row.reason = Handling.RECALLED, arrived.at, reason
    Arrival.objects.bulk_update(taken, ("state", "ended_at", "reason"), batch_size=500)
    codes = sorted(row.unit.code for row in taken)
    incoming = taken[0].incoming
    receipt(incoming, codes, Handling.RECALLED, actor=ACTOR, at=arrived.at, reason=reason)
    after = {"units": len(codes), "reason": reason}
    record("exchange.recalled", actor=ACTOR, at=arrived.at, obj=incoming, after=after)
