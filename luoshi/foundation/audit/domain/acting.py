"""`acting`: one transaction of one verb, whose entries are its last statement.

Entries are buffered and written under the chain head's row lock, so that writers wait for each
other only at the very end. If the entry cannot be written, the act does not happen.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from luoshi.foundation.audit.domain.copying import copy_values, next_keys
from luoshi.foundation.audit.following import FOLLOWERS
from luoshi.foundation.audit.hashing import canonical, commitment, entry_hash
from luoshi.foundation.audit.models import Chain, Detail, Entry, Head
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.rows.keys import in_turn

MANY = 50


@dataclass(frozen=True)
class Pending:
    """An entry waiting for the end of its verb."""

    action: str
    actor: Actor
    at: datetime
    object_kind: str
    object_id: str
    detail: dict[str, Any]
    erased: list[list[int]] = field(default_factory=list)


@dataclass
class Trail:
    """What the running verb will leave behind."""

    pending: list[Pending] = field(default_factory=list)


CURRENT: ContextVar[Trail | None] = ContextVar("luoshi_trail", default=None)


@contextmanager
def acting(*, actor: Actor, at: datetime) -> Iterator[Trail]:
    """Run a verb's writes in one transaction; an inner `acting` joins the outer one."""
    if at.tzinfo is None:
        raise ValueError("at must be aware")
    outer = CURRENT.get()
    if outer is not None:
        yield outer
        return
    trail = Trail()
    token = CURRENT.set(trail)
    try:
        with transaction.atomic():
            tell_database(at)
            yield trail
            follow(trail.pending, at)
            append(trail.pending)
    finally:
        CURRENT.reset(token)


def follow(pending: list[Pending], at: datetime) -> None:
    """Let rooms that follow the trail act in the same transaction; what they record joins it."""
    if pending:
        for follower in FOLLOWERS:
            follower(tuple(pending), at)


def tell_database(at: datetime) -> None:
    """Let the triggers that keep the past know the instant the verb acts at, until it commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('luoshi.at', %s, true)", [at.isoformat()])


def locked_head(at: datetime) -> Head:
    """The head of the newest chain, locked; the first chain is made with the first entry."""
    heads = Head.objects.select_for_update(of=("self",)).select_related("chain")
    head = heads.order_by("-chain_id").first()
    if head is None:
        chain = Chain.objects.create(started_at=at, algorithm=settings.AUDIT_HASH)
        Head.objects.get_or_create(chain=chain)
        return heads.get(chain=chain)
    return head


@dataclass(frozen=True, slots=True)
class Sealed:
    """A pending entry with its place in the chain, its hashed text and its salted detail."""

    of: Pending
    seq: int
    body: str
    prev: str
    hash: str
    salt: str
    text: str

    def entry(self, chain_id: int) -> dict[str, Any]:
        """The columns of the entry, without its key."""
        return {
            "chain_id": chain_id,
            "seq": self.seq,
            "at": self.of.at,
            "action": self.of.action,
            "actor_id": self.of.actor.person_id,
            "unit_id": self.of.actor.unit_id,
            "object_kind": self.of.object_kind,
            "object_id": self.of.object_id,
            "body": self.body,
            "prev": self.prev,
            "hash": self.hash,
        }


def put(sealed: Sequence[Sealed], chain_id: int) -> None:
    """Insert entries with their details; those of an act on many things through COPY."""
    rows = [one.entry(chain_id) for one in sealed]
    if len(rows) <= MANY:
        entries = Entry.objects.bulk_create(Entry(**row) for row in rows)
        pairs = zip(entries, sealed, strict=True)
        Detail.objects.bulk_create(
            Detail(entry_id=entry.pk, salt=one.salt, text=one.text) for entry, one in pairs
        )
        return
    keys = next_keys(Entry, len(rows))
    names = ("id", *rows[0])
    copy_values(Entry, names, ((key, *row.values()) for key, row in zip(keys, rows, strict=True)))
    details = ((in_turn(), key, one.salt, one.text) for key, one in zip(keys, sealed, strict=True))
    copy_values(Detail, ("id", "entry_id", "salt", "text"), details)


def append(pending: list[Pending]) -> None:
    """Write the buffered entries behind the head, holding its lock until commit."""
    if not pending:
        return
    head = locked_head(pending[0].at)
    sealed = list(seal(pending, head))
    put(sealed, head.chain_id)
    head.seq, head.hash = sealed[-1].seq, sealed[-1].hash
    head.save(update_fields=("seq", "hash"))


def seal(pending: Iterable[Pending], head: Head) -> Iterator[Sealed]:
    """Each entry hashed behind the one before it."""
    chain, seq, prev = head.chain, head.seq, head.hash
    for one in pending:
        seq += 1
        salt, text = secrets.token_hex(16), canonical(one.detail)
        erased = {"erased": one.erased} if one.erased else {}
        body = canonical(
            erased
            | {
                "chain": chain.number,
                "seq": seq,
                "at": one.at.isoformat(),
                "action": one.action,
                "actor": one.actor.person_id,
                "kind": one.actor.kind,
                "via": one.actor.via,
                "token": one.actor.token_id,
                "appointment": one.actor.appointment_id,
                "unit": one.actor.unit_id,
                "object": [one.object_kind, one.object_id],
                "request": one.actor.request_id,
                "detail": commitment(chain.algorithm, salt, text),
            }
        )
        done = Sealed(one, seq, body, prev, entry_hash(chain.algorithm, prev, body), salt, text)
        prev = done.hash
        yield done
