"""Sign what still waits anew, after a key that signed it was revoked: its receivers hold such
envelopes and take them once they come under a good signature.

A signature counts from the day its key was made: only keys that were in force when the envelope was
written can sign it. What none of them can sign is held and says so on the desk.
"""

import tempfile
from datetime import datetime

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.mail.keeping import opened as bytes_of
from luoshi.foundation.exchange.domain.mail.keeping import put
from luoshi.foundation.exchange.domain.queries.neighbours import signing_keys
from luoshi.foundation.exchange.enums import OPEN
from luoshi.foundation.exchange.envelopes import opening
from luoshi.foundation.exchange.envelopes.refusing import Reason
from luoshi.foundation.exchange.envelopes.resigning import resign
from luoshi.foundation.exchange.envelopes.suites import SUITES
from luoshi.foundation.exchange.models import NodeKey, Outgoing

IN_MEMORY = 4 * 1024 * 1024


def resign_waiting(*, key: NodeKey, actor: Actor, at: datetime) -> int:
    """Sign every open envelope anew that this revoked key signed; returns how many. They are handed
    over at once. Part of the caller's act."""
    count = 0
    with acting(actor=actor, at=at):
        rows = Outgoing.objects.select_for_update(of=("self",), no_key=True).filter(state__in=OPEN)
        for row in rows.select_related("file").order_by("created_at", "pk").iterator(100):
            count += anew(row, key, at)
        if count:
            after = {"key": key.pk[:8], "count": count}
            record("exchange.resigned", actor=actor, at=at, obj=key.node, after=after)
    return count


def anew(row: Outgoing, key: NodeKey, at: datetime) -> bool:
    """One envelope, if the key signed it and a good one is there."""
    with bytes_of(row) as file, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as target:
        found = opening.read(file)
        if key.pk not in {mark.get("key") for mark in found.marks}:
            return False
        keys = signing_keys(found.manifest.sent_at, SUITES)
        if not keys:
            row.held = str(Reason.REVOKED_KEY)
            row.save(update_fields=("held",))
            return False
        resign(found, target, keys)
        put(row, target, target.tell(), at)
    row.next_at, row.parts, row.held = at, 0, ""
    row.save(update_fields=("size", "body", "file", "next_at", "parts", "held"))
    return True
