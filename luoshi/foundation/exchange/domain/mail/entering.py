"""Enter proven envelopes into the inbox. Its key is what keeps an effect from happening twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import SEEK_END
from typing import IO
from uuid import UUID

from django.db import IntegrityError, transaction

from luoshi.foundation.audit.domain.copying import copy_packed
from luoshi.foundation.exchange.domain.mail.keeping import put_all
from luoshi.foundation.exchange.enums import InState
from luoshi.foundation.exchange.envelopes.opening import Opened
from luoshi.foundation.exchange.envelopes.refusing import Reason
from luoshi.foundation.exchange.kinds import KINDS
from luoshi.foundation.exchange.models import Incoming, Node


@dataclass(frozen=True)
class Proven:
    """An envelope whose signature and digests are good. `why`: for what its sender, proven as it
    is, may not send this here."""

    opened: Opened
    sender: Node
    why: Reason | None


def inbox_row(one: Proven, at: datetime) -> Incoming:
    """The row an envelope becomes, not saved; as if it took effect at once, which most do."""
    manifest = one.opened.manifest
    kind = KINDS.get(manifest.kind)
    return Incoming(
        id=UUID(hex=manifest.id),
        sender=one.sender,
        kind=manifest.kind,
        kind_version=manifest.kind_version,
        control=kind is not None and kind.control,
        incarnation=manifest.incarnation,
        sequence=manifest.sequence,
        digest=one.opened.digest,
        units=list(manifest.units),
        object=manifest.revision.object if manifest.revision else "",
        revision=manifest.revision.number if manifest.revision else 0,
        state=InState.APPLIED,
        sent_at=manifest.sent_at,
        received_at=at,
        settled_at=at,
    )


def entered(found: Sequence[Proven], at: datetime) -> list[Incoming | None]:
    """The rows, at the place of their envelopes; None where the number was known already, or came
    a second time among these. The key decides, also between two processes: the second waits for
    the first one's end. Part of the caller's act."""
    rows = [inbox_row(one, at) for one in found]
    known = set(Incoming.objects.filter(pk__in=[r.pk for r in rows]).values_list("pk", flat=True))
    new: dict[UUID, Incoming] = {}
    carried: list[tuple[Incoming, IO[bytes], int]] = []
    for row, one in zip(rows, found, strict=True):
        if row.pk not in known and row.pk not in new:
            new[row.pk] = row
            carried.append((row, one.opened.file, one.opened.file.seek(0, SEEK_END)))
    put_all(carried, at)
    try:
        with transaction.atomic():
            if new:
                copy_packed(list(new.values()))
    except IntegrityError:
        new = {key: row for key, row in new.items() if entered_alone(row)}
    return [row if new.get(row.pk) is row else None for row in rows]


def entered_alone(row: Incoming) -> bool:
    """Enter one row, where one of several was in the way."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True
