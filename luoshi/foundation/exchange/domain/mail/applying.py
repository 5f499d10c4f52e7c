"""Bring about what an envelope says, through the room that registered its kind, or park it.

Handlers do not depend on order (security.md 5.6): an envelope that carries the third state of an
object waits for the second; what is overtaken has no effect. What only a newer version understands
waits for that version.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.dispatch.laying import lay_before_units
from luoshi.foundation.exchange.domain.mail.keeping import opened as bytes_of
from luoshi.foundation.exchange.domain.queries.scope import may_travel
from luoshi.foundation.exchange.enums import InState, Parked
from luoshi.foundation.exchange.envelopes import opening
from luoshi.foundation.exchange.envelopes.opening import Opened
from luoshi.foundation.exchange.envelopes.refusing import Reason
from luoshi.foundation.exchange.kinds import KINDS, Arrived, Declined, NotYet
from luoshi.foundation.exchange.models import Incoming, Node

ACTOR = Actor.system("exchange")
OVERTAKEN = "overtaken"


def apply(row: Incoming, opened: Opened, sender: Node, *, at: datetime) -> None:
    """Set the row's state and reason; the effect is in the same transaction. Part of the caller's
    act."""
    kind = KINDS.get(row.kind)
    if kind is None or row.kind_version > kind.version:
        row.state, row.reason = InState.PARKED, Parked.NEWER
        return
    if not may_travel(kind, sender, out=False):
        row.state, row.reason = InState.REFUSED, str(Reason.NOT_ALLOWED)
        return
    last = last_revision(row) if row.revision else 0
    if row.revision > last + 1:
        row.state, row.reason = InState.PARKED, Parked.EARLIER
        return
    row.state, row.reason = InState.APPLIED, ""
    if row.revision and row.revision <= last:
        row.reason = OVERTAKEN
        return
    try:
        with transaction.atomic():
            kind.receive(Arrived(sender, opened, row, at))
            if kind.handled:
                lay_before_units(row, opened, at=at)
    except NotYet:
        row.state, row.reason = InState.PARKED, Parked.UNKNOWN
    except Declined as declined:
        row.state, row.reason = InState.REFUSED, f"{Reason.DECLINED}: {declined}"[:200]


def last_revision(row: Incoming) -> int:
    """The newest state of the object that was taken from this sender; 0 = none yet."""
    rows = Incoming.objects.filter(sender=row.sender_id, object=row.object, state=InState.APPLIED)
    return int(rows.exclude(pk=row.pk).aggregate(last=Max("revision"))["last"] or 0)


def apply_waiting(row: Incoming, *, at: datetime) -> int:
    """Take up what waited for this row, one state after the other; returns how many."""
    count = 0
    sender, wanted = row.sender_id, row.revision + 1
    while True:
        following = Incoming.objects.filter(
            sender=sender, object=row.object, revision=wanted, state=InState.PARKED
        ).first()
        if following is None or not retried(following, at=at):
            return count
        count, wanted = count + 1, wanted + 1


def retried(row: Incoming, *, at: datetime) -> bool:
    """Try a parked row again; whether it left the car park."""
    with bytes_of(row) as file:
        apply(row, opening.read(file), row.sender, at=at)
    if row.state == InState.PARKED:
        return False
    row.settled_at = at
    row.save(update_fields=("state", "reason", "settled_at"))
    return True


def retry_parked(*, at: datetime) -> int:
    """Try everything parked for a newer version; called when the relay or the worker starts."""
    return retry_for(Parked.NEWER, at=at)


def retry_unknown(*, at: datetime) -> int:
    """Try everything parked because what it speaks of was not here; called once it may be."""
    return retry_for(Parked.UNKNOWN, at=at)


def retry_for(reason: Parked, *, at: datetime) -> int:
    """Try what is parked for a reason, in order of receipt; returns how many left the car park."""
    count = 0
    rows = Incoming.objects.filter(state=InState.PARKED, reason=reason)
    for key in list(rows.order_by("received_at").values_list("pk", flat=True)):
        with acting(actor=ACTOR, at=at):
            row = Incoming.objects.select_for_update(no_key=True).get(pk=key)
            if row.state == InState.PARKED and retried(row, at=at):
                count += 1
                if row.revision:
                    apply_waiting(row, at=at)
    return count
