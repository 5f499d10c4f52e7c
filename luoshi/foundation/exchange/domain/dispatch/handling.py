"""A unit opens what arrived for it, signs for it or refuses it; each act goes back as a signed
receipt (features row 52).

Changes: the unit's `Arrival`, and one receipt to the sender. Refused: people of other units, a
second act, anything after a recall, a refusal without a reason or with more than 200 characters.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.mail.sending import tell
from luoshi.foundation.exchange.enums import Handling
from luoshi.foundation.exchange.models import Arrival, Incoming

RECEIPT = "exchange.receipt"


def open_arrival(*, arrival: Arrival, actor: Actor, at: datetime) -> Arrival:
    """Open it to read; opening again changes nothing."""
    ensure(rules.may_handle(actor, arrival))
    with acting(actor=actor, at=at):
        row = locked(arrival)
        ensure(rules.may_handle(actor, row))
        if row.opened_at is None:
            row.opened_at, row.opened_by_name = at, actor.person_name
            if row.state == Handling.DELIVERED:
                row.state, row.person = Handling.OPENED, actor.person_name
            row.save()
            receipt(row.incoming, [row.unit.code], Handling.OPENED, actor=actor, at=at)
            record("exchange.opened", actor=actor, at=at, obj=row)
    return row


def sign_for(*, arrival: Arrival, actor: Actor, at: datetime) -> Arrival:
    """Sign for it on behalf of the unit; from now on it cannot be recalled."""
    ensure(rules.may_end(actor, arrival))
    with acting(actor=actor, at=at):
        row = locked(arrival)
        ensure(rules.may_end(actor, row))
        row.state, row.signed_at, row.person = Handling.SIGNED, at, actor.person_name
        row.save()
        receipt(row.incoming, [row.unit.code], Handling.SIGNED, actor=actor, at=at)
        record("exchange.signed_for", actor=actor, at=at, obj=row)
    return row


def refuse(*, arrival: Arrival, reason: str, actor: Actor, at: datetime) -> Arrival:
    """Refuse it, with the reason the sender reads."""
    ensure(rules.may_end(actor, arrival))
    what, missing = _("The document was not refused."), _("Say why; the sender reads these words.")
    words = fitted(Arrival, "reason", reason, what=what, missing=missing)
    with acting(actor=actor, at=at):
        row = locked(arrival)
        ensure(rules.may_end(actor, row))
        row.state, row.ended_at, row.person = Handling.REFUSED, at, actor.person_name
        row.reason = words
        row.save()
        receipt(
            row.incoming,
            [row.unit.code],
            Handling.REFUSED,
            actor=actor,
            at=at,
            reason=row.reason,
        )
        after = {"reason": row.reason}
        record("exchange.declined", actor=actor, at=at, obj=row, after=after)
    return row


def locked(arrival: Arrival) -> Arrival:
    """The row under its lock, so that of two people of a unit one acts and the other is told."""
    rows = Arrival.objects.select_related("incoming__sender", "unit")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=arrival.pk)


def receipt(
    incoming: Incoming,
    units: Sequence[str],
    word: Handling,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
) -> None:
    """Tell the sender's node what these units did. Part of the caller's act."""
    payload = {
        "of": incoming.pk.hex,
        "units": list(units),
        "word": str(word),
        "person": actor.person_name,
        "reason": reason,
    }
    tell(kind=RECEIPT, payload=payload, receiver=incoming.sender, actor=actor, at=at)
