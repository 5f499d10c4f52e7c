"""The way of one envelope as a line of stations, each with its instant and how long it took to come
there (S3-110; features row 51)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Text
from luoshi.foundation.exchange.domain.queries.standing import came, standing
from luoshi.foundation.exchange.enums import OPEN, InState, Relation
from luoshi.foundation.exchange.kinds import KINDS
from luoshi.foundation.exchange.models import Incoming, Outgoing


@dataclass(frozen=True)
class Station:
    """`at`: None = not there yet, or nobody said; `took` since the last station that is known;
    `clocks` says that the two instants were read from two clocks that differ."""

    name: Text
    at: datetime | None
    took: timedelta | None = None
    note: Text = ""
    clocks: bool = False


def line(*found: tuple[Text, datetime | None, Text]) -> list[Station]:
    """Stations with the time since the last one that is known; a negative time is no time but two
    clocks that differ."""
    stations: list[Station] = []
    before: datetime | None = None
    for name, at, note in found:
        took = at - before if at is not None and before is not None else None
        clocks = took is not None and took < timedelta(0)
        stations.append(Station(name, at, None if clocks else took, note, clocks))
        before = at if at is not None else before
    return stations


def way_out(row: Outgoing, at: datetime) -> list[Station]:
    """Of a consignment of this node; `row.receiver` is read."""
    kind = KINDS.get(row.kind)
    written = (_("Written into the outbox"), row.created_at, "")
    tries = _("handed over: %(n)d") % {"n": row.attempts} if row.attempts else ""
    handed = (handed_name(row), row.sent_at, tries)
    if kind is not None and not kind.answered:
        return line(written, handed)
    last = standing(row, at)
    state = "" if row.state in OPEN else row.get_state_display()
    theirs = _("by the receiver's clock") if row.taken_at else ""
    return line(
        written,
        handed,
        (_("Taken in by the receiver"), row.taken_at, theirs),
        (_("Its verdict back here"), row.settled_at, last.why if row.state in OPEN else state),
    )


def handed_name(row: Outgoing) -> Text:
    """Who is handed an envelope on its way to this receiver."""
    if row.receiver.relation == Relation.OWN:
        return _("Passed on on this machine")
    return _("Handed to this machine's server")


def way_in(row: Incoming, verdict: Outgoing | None) -> list[Station]:
    """Of an envelope that came, with our verdict on it."""
    waits = row.state == InState.PARKED
    return line(
        (_("Written at the sender"), row.sent_at, _("by the sender's clock")),
        (_("Taken in here"), row.received_at, ""),
        (_("Took effect"), None if waits else row.settled_at, came(row).why),
        (_("Our verdict handed over"), verdict.sent_at if verdict else None, ""),
    )
