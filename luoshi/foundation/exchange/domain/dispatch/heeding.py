"""What units said of a dispatch: kept as signed evidence, noted on the board (features row 52)."""

from luoshi.foundation.exchange.domain.dispatch.handling import RECEIPT
from luoshi.foundation.exchange.domain.dispatch.noting import noted
from luoshi.foundation.exchange.domain.mail.consignments import consignment_of, keep, said_at
from luoshi.foundation.exchange.enums import Handling
from luoshi.foundation.exchange.kinds import Arrived, Declined

NAME = RECEIPT
WORDS = (Handling.OPENED, Handling.SIGNED, Handling.REFUSED, Handling.RECALLED)


def take_receipt(arrived: Arrived) -> None:
    """Keep it; declined: an unknown word, units the consignment was not addressed to. About a
    consignment this node lost with a restore there is nothing to note; the envelope stays."""
    said = arrived.payload
    units, word = said.get("units"), said.get("word")
    if word not in WORDS or not isinstance(units, list) or not units:
        raise Declined("word")
    row = consignment_of(arrived)
    if row is None:
        return
    if not set(map(str, units)) <= set(row.units):
        raise Declined("units")
    person, reason = str(said.get("person", ""))[:60], str(said.get("reason", ""))[:200]
    keep([row], word, units, person, reason, arrived)
    noted([row], Handling(word), at=said_at(arrived), units=units, person=person, reason=reason)
