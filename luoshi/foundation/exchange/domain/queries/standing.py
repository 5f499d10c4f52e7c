"""Where an envelope stands, in words a person acts on: what holds it, what happens next, when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Text
from luoshi.foundation.exchange.enums import (
    OPEN,
    REASONS,
    InState,
    NodeState,
    OutState,
    Parked,
)
from luoshi.foundation.exchange.envelopes.refusing import Reason
from luoshi.foundation.exchange.models import Incoming, Outgoing

PATIENCE = timedelta(hours=1)
ROUND = timedelta(
    minutes=2
)  # the relay looks every few seconds; who waits longer is not looked for
SERVER_SAYS: tuple[tuple[str, Text], ...] = (
    ("server away", _("This machine's server does not answer.")),
    ("maximum", _("The mailbox for this node is full: it has fetched nothing for long.")),
    ("no response from stream", _("This machine's server has no mailbox for this node.")),
)
WORDS: dict[str, Text] = {
    **{str(reason): words for reason, words in REASONS.items()},
    **{reason.value: reason.label for reason in Parked},
    "overtaken": _("a later state had come already; this one has no effect"),
}
BY_HAND = (Reason.REVOKED_KEY, Reason.UNKNOWN_KEY, Reason.EXPIRED_KEY)


@dataclass(frozen=True)
class Standing:
    """`why`: what holds it ("" = nothing does); `then`: what happens next, at `next_at` where an
    instant is known."""

    stuck: bool
    why: Text
    then: Text
    next_at: datetime | None = None


def stuck_rows(at: datetime, of: str = "") -> Q:
    """Open envelopes somebody should look at: held, for a node that is cut off, or without an
    answer for an hour. `of`: the way to the outbox from the rows that are asked."""
    held = Q(**{f"{of}held__gt": ""})
    slow = Q(**{f"{of}created_at__lte": at - PATIENCE})
    cut_off = Q(**{f"{of}receiver__state": NodeState.SUSPENDED})
    return Q(**{f"{of}state__in": OPEN}) & (held | cut_off | slow)


def standing(row: Outgoing, at: datetime) -> Standing:
    """Of a consignment of this node; `row.receiver` is read."""
    if row.state not in OPEN:
        return ended(row)
    node = row.receiver
    cut_off = node.state == NodeState.SUSPENDED
    stuck = bool(row.held) or cut_off or row.created_at <= at - PATIENCE
    if cut_off:
        words = _("The node is suspended: %(reason)s") % {"reason": node.suspended_reason or "–"}
        return Standing(stuck, words, _("It goes on once the node is connected again."))
    if row.held:
        return held(row, stuck)
    if row.next_at is not None and row.next_at <= at - ROUND:
        return Standing(
            stuck,
            _("Nobody takes it up: the relay or worker of this machine does not run."),
            _("Start it: luoshi exchange run"),
            row.next_at,
        )
    if row.state == OutState.WAITING:
        return Standing(stuck, "", _("It is handed over in the next round."), row.next_at)
    return Standing(
        stuck,
        _("Handed over; the node has not answered yet."),
        _("It is handed over again until the node answers; what came twice has one effect."),
        row.next_at,
    )


def held(row: Outgoing, stuck: bool) -> Standing:
    """What the receiver or this machine's server said."""
    if row.held in REASONS:
        words = _("The receiver has not taken it: %(reason)s.") % {"reason": REASONS[row.held]}
        by_hand = row.held in BY_HAND
        then = (
            _("The security administrators of both nodes compare their keys; it comes again then.")
            if by_hand
            else _("It is handed over again by itself; nothing is lost.")
        )
        return Standing(stuck, words, then, row.next_at)
    said = next((words for start, words in SERVER_SAYS if row.held.startswith(start)), None)
    why: Text = said or _("The server says: %(text)s") % {"text": row.held}
    return Standing(
        stuck, why, _("It goes on from where it stopped; nothing is lost."), row.next_at
    )


def ended(row: Outgoing) -> Standing:
    """A consignment nothing more is done about."""
    why: Text = reason_words(row.reason) if row.reason else ""
    if row.state == OutState.REFUSED:
        return Standing(False, why, _("It stays refused; the sender decides on a new envelope."))
    if row.state == OutState.RECEIVED and row.reason in Parked.values:
        waits = _("It waits at the receiver: %(reason)s.") % {"reason": why}
        return Standing(False, waits, _("It takes effect there by itself."))
    return Standing(False, why, _("Nothing is left to do."))


def reason_words(reason: str) -> Text:
    """A reason of a refusal or of waiting in the reader's language; what a room adds stands behind
    it as it was said."""
    code, _colon, rest = reason.partition(": ")
    words = WORDS.get(code, code)
    return _("%(reason)s (%(said)s)") % {"reason": words, "said": rest} if rest else words


def came(row: Incoming) -> Standing:
    """Of an envelope that came."""
    why: Text = reason_words(row.reason) if row.reason else ""
    if row.state != InState.PARKED:
        return Standing(False, why, _("Nothing is left to do."))
    then = {
        Parked.EARLIER.value: _("It takes effect as soon as the earlier state comes."),
        Parked.NEWER.value: _("It takes effect once this site is updated and its relay starts."),
    }
    here = _("It takes effect once what it speaks of is here.")
    return Standing(True, why, then.get(row.reason, here))
