"""Verdicts: the receiver's signed word on consignments, which alone ends them (security.md 5.2).
One envelope says it of all that were taken in together.

A verdict goes through the inbox like everything else and is itself not answered: left outside the
inbox, or answered, verdicts would set each other off for ever (5.5). When a consignment comes
again, the envelope with its verdict is sent again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.dispatch.noting import noted
from luoshi.foundation.exchange.domain.mail.consignments import keep, said_at
from luoshi.foundation.exchange.domain.mail.sending import tell
from luoshi.foundation.exchange.enums import OPEN, Handling, InState, OutState
from luoshi.foundation.exchange.envelopes.opening import Opened
from luoshi.foundation.exchange.envelopes.refusing import Reason
from luoshi.foundation.exchange.kinds import KINDS, Arrived, Declined
from luoshi.foundation.exchange.models import Incoming, Node, Outgoing

ACTOR = Actor.system("exchange")
NAME, VERSION = "exchange.verdict", 2
BELIEVED = timedelta(days=1)  # how far another node's clock may be off


class Verdict(StrEnum):
    """ACCEPTED and REFUSED end a consignment; HELD only says why it was not taken yet."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    HELD = "held"


@dataclass(frozen=True)
class Line:
    """What is said of one consignment. `digest`: of the content it is said of; `received_at`: when
    the receiver took it in, by its own clock, as it writes it."""

    of: UUID
    digest: str
    verdict: str
    reason: str
    received_at: str | None

    def said(self) -> dict[str, Any]:
        """As it is written into the envelope."""
        return vars(self) | {"of": self.of.hex}


def answer(rows: Iterable[Incoming], *, at: datetime) -> None:
    """Give the verdict on inbox rows, one envelope to each sender, or give it again. Part of the
    caller's act."""
    given: set[UUID] = set()
    owed: dict[UUID, dict[UUID, Incoming]] = {}
    for row in rows:
        kind = KINDS.get(row.kind)
        if kind is not None and not kind.answered:
            continue
        if row.verdict_id is not None:
            given.add(row.verdict_id)
        else:
            owed.setdefault(row.sender_id, {})[row.pk] = row
    if given:
        Outgoing.objects.filter(pk__in=given).update(next_at=at, state=OutState.WAITING)
    for few in owed.values():
        lines = [line_on(row) for row in few.values()]
        sender = next(iter(few.values())).sender
        Incoming.objects.filter(pk__in=few).update(verdict=pronounce(sender, lines, at=at))


def line_on(row: Incoming) -> Line:
    """The verdict on one row."""
    verdict = Verdict.REFUSED if row.state == InState.REFUSED else Verdict.ACCEPTED
    return Line(row.pk, row.digest, verdict, row.reason, row.received_at.isoformat())


def note(
    sender: Node, opened: Opened, reason: Reason, *, at: datetime, verdict: Verdict = Verdict.HELD
) -> None:
    """Tell a connected node why something in its name was not taken; no row stands behind it."""
    consignment = UUID(hex=opened.manifest.id)
    line = Line(consignment, opened.digest, verdict, str(reason), at.isoformat())
    pronounce(sender, [line], at=at)


def pronounce(sender: Node, lines: Sequence[Line], *, at: datetime) -> Outgoing:
    """Write a verdict into the outbox."""
    payload = {"said": [line.said() for line in lines]}
    return tell(kind=NAME, payload=payload, receiver=sender, actor=ACTOR, at=at)


def read_lines(payload: dict[str, Any]) -> dict[UUID, Line]:
    """What a verdict says, by consignment. A node of an earlier version speaks of one, and may not
    say when it took it in. Declined: what names no consignments."""
    said = payload.get("said", [payload])
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        raise Declined("said")
    lines = [read_line(one) for one in said]
    return {line.of: line for line in lines}


def read_line(said: dict[str, Any]) -> Line:
    """One of them."""
    try:
        of = UUID(hex=str(said.get("of")))
    except ValueError as error:
        raise Declined("of") from error
    digest, verdict, reason = (str(said.get(name, "")) for name in ("digest", "verdict", "reason"))
    at = said.get("received_at")
    return Line(of, digest, verdict, reason[:120], None if at is None else str(at))


def heed(arrived: Arrived) -> None:
    """What the receiver said of our consignments to it. A verdict on something unknown here (sent
    in a life that was lost) or on another content has no effect, and none has what the receiver
    does not know any more to have said: with its word it lost what it had taken in."""
    lines = read_lines(arrived.payload)
    if arrived.sender.forgot(arrived.row.incarnation, arrived.row.sequence):
        return
    rows = (
        Outgoing.objects.select_for_update(of=("self",), no_key=True).defer("body").order_by("pk")
    )
    ended: dict[tuple[str, str, datetime | None], list[Outgoing]] = {}
    for row in rows.filter(pk__in=lines, receiver=arrived.sender):
        line = lines[row.pk]
        if row.digest != line.digest or row.state not in OPEN:
            continue
        if line.verdict == Verdict.HELD:
            Outgoing.objects.filter(pk=row.pk).update(held=line.reason)
            continue
        key = (line.verdict, line.reason, taken_in(row, line, arrived))
        ended.setdefault(key, []).append(row)
    for (verdict, reason, taken_at), same in ended.items():
        end(same, verdict == Verdict.ACCEPTED, reason, taken_at, arrived)


def end(
    rows: Sequence[Outgoing],
    accepted: bool,
    reason: str,
    taken_at: datetime | None,
    arrived: Arrived,
) -> None:
    """End consignments of which the same was said."""
    Outgoing.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=OutState.RECEIVED if accepted else OutState.REFUSED,
        reason=reason,
        held="",
        next_at=None,
        settled_at=arrived.at,
        taken_at=taken_at,
    )
    if accepted:
        Node.objects.filter(pk=arrived.sender.pk, connected_at=None).update(connected_at=arrived.at)
    word = Handling.DELIVERED if accepted else Handling.REFUSED
    keep(rows, word, [""], "", reason, arrived)
    noted(rows, word, reason=reason, at=said_at(arrived))


def taken_in(row: Outgoing, line: Line, arrived: Arrived) -> datetime | None:
    """When the receiver took it in, by its own clock. A node of an earlier version does not say it:
    its verdict was written in the same transaction, so its date is the answer. What lies more than
    a day outside the time the consignment was under way is not believed."""
    if line.received_at is None:
        said = arrived.row.sent_at
    else:
        try:
            said = datetime.fromisoformat(line.received_at)
        except ValueError:
            return None
    if said.tzinfo is None:
        return None
    return said if row.created_at - BELIEVED <= said <= arrived.at + BELIEVED else None
