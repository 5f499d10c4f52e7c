"""Offline carry (feature row 53): waiting envelopes as files on a medium, read in over there.

The same envelopes as online, so both ways mix freely: what came twice has one effect. Writing ends
nothing; a row is finished by the receiver's verdict, which comes back by either way.
"""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.exchange import rules
from luoshi.foundation.exchange.domain.mail.keeping import opened
from luoshi.foundation.exchange.domain.mail.receiving import Outcome, receive
from luoshi.foundation.exchange.domain.mail.returning import announce_restore
from luoshi.foundation.exchange.enums import OPEN, NodeState, OutState, Relation
from luoshi.foundation.exchange.models import Node, Outgoing

SUFFIX = ".luoshi"
RECENT = timedelta(days=30)
BLOCK = 1024 * 1024


@dataclass
class Brought:
    """What became of the files of a medium, by name of the outcome."""

    taken: int = 0
    again: int = 0
    refused: int = 0
    alarm: int = 0


def carry_out(*, node: Node, folder: Path, actor: Actor, at: datetime) -> int:
    """Write everything open for a node to a folder, verdicts of the last thirty days included; a
    file that is there already is left. Refused: a node that is not connected, this node itself."""
    ensure(rules.may_carry(actor))
    if node.relation == Relation.OWN or node.state != NodeState.ACTIVE:
        raise Refused(_("Not written: this node is not connected."), code="not-connected")
    announce_restore(at=at)
    given = Q(state=OutState.GIVEN, sent_at__gte=at - RECENT)
    rows = Outgoing.objects.filter(Q(state__in=OPEN) | given, receiver=node).select_related("file")
    folder.mkdir(parents=True, exist_ok=True)
    count = sum(written(row, folder) for row in rows.order_by("created_at").iterator(100))
    flush(folder)
    with acting(actor=actor, at=at):
        after = {"node": node.code, "count": count}
        record("exchange.carried_out", actor=actor, at=at, obj=node, after=after)
    return count


def written(row: Outgoing, folder: Path) -> bool:
    """Write one envelope, whole or not at all."""
    path = folder / f"{row.receiver_id.hex[:8]}-{row.pk.hex}{SUFFIX}"
    if path.exists():
        return False
    part = path.with_suffix(".part")
    with opened(row) as source, part.open("wb") as target:
        shutil.copyfileobj(source, target, BLOCK)
        target.flush()
        os.fsync(target.fileno())
    part.replace(path)
    return True


def flush(folder: Path) -> None:
    """Make the names survive pulling the medium out."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def carry_in(*, folder: Path, actor: Actor, at: datetime) -> Brought:
    """Take in every envelope of a folder, each for itself; the files stay. What is not for this
    node, damaged or forged is refused as if it had come over the line."""
    ensure(rules.may_carry(actor))
    if not folder.is_dir():
        raise Refused(_("Not read: there is no such folder."), str(folder), code="no-folder")
    found = Brought()
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        if path.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            outcome: Outcome = receive(file, at=at)
        setattr(found, outcome.value, getattr(found, outcome.value) + 1)
    with acting(actor=actor, at=at):
        record(
            "exchange.carried_in",
            actor=actor,
            at=at,
            object_kind="exchange.medium",
            object_id=folder.name[:60],
            after=vars(found),
        )
    return found
