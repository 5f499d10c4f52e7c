"""Verdicts: the receiver's signed word on a consignment, which alone ends it (security.md 5.2).

A verdict goes through the inbox like everything else and is itself not answered: left outside the
inbox, or answered, verdicts would set each other off for ever (5.5). When the consignment comes
again, the same verdict is sent again.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.dispatch.noting import noted
from luoshi.foundation.exchange.domain.mail.consignments import consignment_of, keep, said_at
from luoshi.foundation.exchange.domain.mail.sending import tell
from luoshi.foundation.exchange.enums import OPEN, Handling, InState, OutState
from luoshi.foundation.exchange.envelopes.opening import Opened
from luoshi.foundation.exchange.envelopes.refusing import Reason
from luoshi.foundation.exchange.kinds import KINDS, Arrived
from luoshi.foundation.exchange.models import Incoming, Node, Outgoing

ACTOR = Actor.system("exchange")
NAME = "exchange.verdict"
BELIEVED = timedelta(days=1)  # how far another node's clock may be off


class Verdict(StrEnum):
    """ACCEPTED and REFUSED end a consignment; HELD only says why it was not taken yet."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    HELD = "held"


def answer(row: Incoming, *, at: datetime) -> None:
    """Give the verdict on an inbox row, or give it again. Part of the caller's act."""
    kind = KINDS.get(row.kind)
    if kind is not None and not kind.answered:
        return
    given = Outgoing.objects.filter(kind=NAME, answers=row).first()
    if given is not None:
        Outgoing.objects.filter(pk=given.pk).update(next_at=at, state=OutState.WAITING)
        return
    verdict = Verdict.REFUSED if row.state == InState.REFUSED else Verdict.ACCEPTED
    pronounce(row.sender, row.pk, row.digest, verdict, row.reason, at=at, answers=row)


def note(
    sender: Node, opened: Opened, reason: Reason, *, at: datetime, verdict: Verdict = Verdict.HELD
) -> None:
    """Tell a connected node why something in its name was not taken; no row stands behind it."""
    consignment = UUID(hex=opened.manifest.id)
    pronounce(sender, consignment, opened.digest, verdict, str(reason), at=at)


def pronounce(
    sender: Node,
    consignment: UUID,
    digest: str,
    verdict: Verdict,
    reason: str,
    *,
    at: datetime,
    answers: Incoming | None = None,
) -> None:
    """Write the verdict into the outbox; it says when the consignment was taken in here."""
    payload = {
        "of": consignment.hex,
        "digest": digest,
        "verdict": str(verdict),
        "reason": reason,
        "received_at": (answers.received_at if answers else at).isoformat(),
    }
    tell(kind=NAME, payload=payload, receiver=sender, actor=ACTOR, at=at, answers=answers)


def heed(arrived: Arrived) -> None:
    """What the receiver said of one of our consignments. A verdict on something unknown here (sent
    in a life that was lost) or on another content has no effect."""
    said = arrived.payload
    row = consignment_of(arrived)
    if row is None or row.digest != said.get("digest") or row.state not in OPEN:
        return
    verdict, reason = said.get("verdict"), str(said.get("reason", ""))[:120]
    if verdict == Verdict.HELD:
        Outgoing.objects.filter(pk=row.pk).update(held=reason)
        return
    accepted = verdict == Verdict.ACCEPTED
    row.state = OutState.RECEIVED if accepted else OutState.REFUSED
    row.reason = reason
    row.held, row.next_at, row.settled_at = "", None, arrived.at
    row.taken_at = taken_in(row, arrived)
    row.save(update_fields=("state", "reason", "held", "next_at", "settled_at", "taken_at"))
    if accepted:
        Node.objects.filter(pk=arrived.sender.pk, connected_at=None).update(connected_at=arrived.at)
    word = Handling.DELIVERED if accepted else Handling.REFUSED
    keep(row, word, [""], "", reason, arrived)
    noted(row, word, reason=reason, at=said_at(arrived))


def taken_in(row: Outgoing, arrived: Arrived) -> datetime | None:
    """When the receiver took it in, by its own clock. A node of an earlier version does not say it:
    its verdict was written in the same transaction, so its date is the answer. What lies more than
    a day outside the time the consignment was under way is not believed."""
    try:
        said = datetime.fromisoformat(str(arrived.payload["received_at"]))
    except KeyError:
        said = arrived.row.sent_at
    except ValueError:
        return None
    if said.tzinfo is None:
        return None
    return said if row.created_at - BELIEVED <= said <= arrived.at + BELIEVED else None
