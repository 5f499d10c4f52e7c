"""Verify the trail of this database: in full, or since a checkpoint."""

from collections.abc import Iterable, Iterator

from django.db.models import Q

from luoshi.foundation.audit.domain.verifying import (
    Anchor,
    Finding,
    Heads,
    Progress,
    Row,
    verify,
)
from luoshi.foundation.audit.models import Chain, Checkpoint, Entry, Head

BATCH = 5000
COLUMNS = ("at", "action", "actor_id", "unit_id", "object_kind", "object_id")


def stored_rows(*, first_chain: int = 0, since: Anchor | None = None) -> Iterator[Row]:
    """Every entry of this and later chains with its detail, streamed in order; `since`: from that
    entry on."""
    rows = Entry.objects.filter(chain_id__gte=first_chain)
    if since is not None:
        rows = rows.filter(
            Q(chain_id__gt=since.chain) | Q(chain_id=since.chain, seq__gte=since.seq)
        )
    values = rows.order_by("chain_id", "seq").values_list(
        "chain_id", "seq", "body", "prev", "hash", *COLUMNS, "detail__salt", "detail__text"
    )
    for chain, seq, body, prev, hash_, *columns, salt, text in values.iterator(chunk_size=BATCH):
        yield Row(chain, seq, body, prev, hash_, tuple(columns), salt, text)


def stored_heads() -> Heads:
    """The head of each chain as it stands now."""
    return {h.chain_id: (h.seq, h.hash) for h in Head.objects.all()}


def stored_anchors() -> list[Anchor]:
    """The checkpoints this database keeps of itself."""
    rows = Checkpoint.objects.order_by("pk").values_list("chain_id", "seq", "head")
    return [Anchor(*row) for row in rows]


def verify_stored(
    *,
    since: Anchor | None = None,
    against: Iterable[Anchor] = (),
    progress: Progress = lambda _done: None,
) -> Finding:
    """Verify the trail of this database, while others may go on writing to it."""
    return verify(
        stored_rows(since=since),
        algorithms=dict(Chain.objects.values_list("number", "algorithm")),
        heads=stored_heads(),
        later=stored_heads,
        anchors=[*stored_anchors(), *against],
        since=since,
        progress=progress,
    )
