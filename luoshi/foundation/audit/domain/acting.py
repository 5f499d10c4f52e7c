"""`acting`: one transaction of one verb, whose entries are its last statement.

Entries are buffered and written under the chain head's row lock, so that writers wait for each
other only at the very end. If the entry cannot be written, the act does not happen.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from luoshi.foundation.audit.domain.copying import copy_in, next_keys
from luoshi.foundation.audit.hashing import canonical, commitment, entry_hash
from luoshi.foundation.audit.models import Chain, Detail, Entry, Head
from luoshi.foundation.core.actors import Actor

MANY = 200


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
            append(trail.pending)
    finally:
        CURRENT.reset(token)


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


def put(entries: list[Entry], details: list[tuple[Entry, str, str]]) -> None:
    """Insert entries with their details; those of an act on many things through COPY."""
    many = len(entries) > MANY
    if many:
        for entry, key in zip(entries, next_keys(Entry, len(entries)), strict=True):
            entry.pk = key
        copy_in(entries)
    else:
        Entry.objects.bulk_create(entries)
    rows = [Detail(entry_id=entry.pk, salt=salt, text=text) for entry, salt, text in details]
    if many:
        copy_in(rows)
    else:
        Detail.objects.bulk_create(rows)


def append(pending: list[Pending]) -> None:
    """Write the buffered entries behind the head, holding its lock until commit."""
    if not pending:
        return
    head = locked_head(pending[0].at)
    chain = head.chain
    entries, details = [], []
    for one in pending:
        head.seq += 1
        salt, text = secrets.token_hex(16), canonical(one.detail)
        erased = {"erased": one.erased} if one.erased else {}
        body = canonical(
            erased
            | {
                "chain": chain.number,
                "seq": head.seq,
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
        entry = Entry(
            chain=chain,
            seq=head.seq,
            at=one.at,
            action=one.action,
            actor_id=one.actor.person_id,
            unit_id=one.actor.unit_id,
            object_kind=one.object_kind,
            object_id=one.object_id,
            body=body,
            prev=head.hash,
            hash=entry_hash(chain.algorithm, head.hash, body),
        )
        head.hash = entry.hash
        entries.append(entry)
        details.append((entry, salt, text))
    put(entries, details)
    head.save(update_fields=("seq", "hash"))
