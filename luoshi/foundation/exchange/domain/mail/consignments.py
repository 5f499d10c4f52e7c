"""Which consignment a receipt speaks of, and the keeping of receipts with what proves them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.kinds import Arrived, Declined
from luoshi.foundation.exchange.models import Outgoing, Receipt

ACTOR = Actor.system("exchange")


def consignment_of(arrived: Arrived) -> Outgoing | None:
    """The consignment to that very node a receipt speaks of, locked."""
    try:
        key = UUID(hex=str(arrived.payload.get("of")))
    except ValueError as error:
        raise Declined("of") from error
    rows = Outgoing.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(pk=key, receiver=arrived.sender).first()


def said_at(arrived: Arrived) -> datetime:
    """When the other side said it, by its own clock; never later than it came."""
    return min(arrived.row.sent_at, arrived.at)


def keep(
    rows: Sequence[Outgoing],
    word: str,
    units: Iterable[str],
    person: str,
    reason: str,
    arrived: Arrived,
) -> None:
    """Keep receipts of consignments with the envelope that proves them, one row for each unit ("" =
    the consignment as a whole); the first of each word and unit counts."""
    Receipt.objects.bulk_create(
        [
            Receipt(
                outgoing=row,
                word=word,
                unit=unit,
                person=person[:60],
                reason=reason[:200],
                at=said_at(arrived),
                evidence=arrived.row,
            )
            for row in rows
            for unit in units
        ],
        ignore_conflicts=True,
    )
    for row in rows:
        after = {"word": str(word)}
        record("exchange.receipted", actor=ACTOR, at=arrived.at, obj=row, after=after)
