"""Write a verb's entries behind the head of the chain. What needs no place in it, the texts with
their salts and what the entries will say of them, is made before the head is locked: every other
verb waits for its end there."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from luoshi.foundation.audit.domain.copying import copy_values, next_keys
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


@dataclass(frozen=True, slots=True)
class Told:
    """A pending entry with its erasable text, salted."""

    of: Pending
    salt: str
    text: str

    @classmethod
    def by(cls, one: Pending) -> "Told":
        """Salt it."""
        return cls(one, secrets.token_hex(16), canonical(one.detail))


def append(pending: Sequence[Pending]) -> None:
    """Write the buffered entries behind the head, holding its lock until commit; those of an act on
    many things through COPY, their details before the lock."""
    if not pending:
        return
    told = [Told.by(one) for one in pending]
    keys = next_keys(Entry, len(told)) if len(told) > MANY else []
    if keys:
        pairs = zip(keys, told, strict=True)
        details = ((in_turn(), key, one.salt, one.text) for key, one in pairs)
        copy_values(Detail, ("id", "entry_id", "salt", "text"), details)
    head = locked_head(pending[0].at)
    rows = list(seal(told, head))
    if keys:
        entries = ((key, *row.values()) for key, row in zip(keys, rows, strict=True))
        copy_values(Entry, ("id", *rows[0]), entries)
    else:
        put(rows, told)
    head.seq, head.hash = rows[-1]["seq"], rows[-1]["hash"]
    head.save(update_fields=("seq", "hash"))


def put(rows: Sequence[dict[str, Any]], told: Sequence[Told]) -> None:
    """Insert a few entries, then their details."""
    entries = Entry.objects.bulk_create(Entry(**row) for row in rows)
    pairs = zip(entries, told, strict=True)
    Detail.objects.bulk_create(
        Detail(entry_id=entry.pk, salt=one.salt, text=one.text) for entry, one in pairs
    )


def locked_head(at: datetime) -> Head:
    """The head of the newest chain, locked; the first chain is made with the first entry."""
    heads = Head.objects.select_for_update(of=("self",)).select_related("chain")
    head = heads.order_by("-chain_id").first()
    if head is None:
        chain = Chain.objects.create(started_at=at, algorithm=settings.AUDIT_HASH)
        Head.objects.get_or_create(chain=chain)
        return heads.get(chain=chain)
    return head


def seal(told: Iterable[Told], head: Head) -> Iterator[dict[str, Any]]:
    """The columns of each entry, hashed behind the one before it."""
    chain, seq, prev = head.chain, head.seq, head.hash
    for one in told:
        seq += 1
        body = body_of(one, chain, seq)
        made = entry_hash(chain.algorithm, prev, body)
        yield {
            "chain_id": chain.number,
            "seq": seq,
            "at": one.of.at,
            "action": one.of.action,
            "actor_id": one.of.actor.person_id,
            "unit_id": one.of.actor.unit_id,
            "object_kind": one.of.object_kind,
            "object_id": one.of.object_id,
            "body": body,
            "prev": prev,
            "hash": made,
        }
        prev = made


def body_of(told: Told, chain: Chain, seq: int) -> str:
    """The hashed text of an entry: who did what to what, and what its detail is held to."""
    one = told.of
    erased = {"erased": one.erased} if one.erased else {}
    return canonical(
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
            "detail": commitment(chain.algorithm, told.salt, told.text),
        }
    )
