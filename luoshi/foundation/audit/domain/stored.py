"""Verify the trail of this database: in full, or since a checkpoint."""

from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import Q, QuerySet

from luoshi.foundation.audit.domain.parts import LONG, cut, walk_parts
from luoshi.foundation.audit.domain.verifying import (
    Anchor,
    Finding,
    Heads,
    Progress,
    Row,
    Walk,
    ending,
    noted,
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
    yield from read(rows)


def part_rows(chain: int, first: int, last: int | None) -> Iterator[Row]:
    """The entries `first` to `last` of one chain (None: to its end), streamed in order."""
    rows = Entry.objects.filter(chain_id=chain, seq__gte=first)
    yield from read(rows if last is None else rows.filter(seq__lte=last))


def read(rows: "QuerySet[Entry]") -> Iterator[Row]:
    """Entries as the verifier takes them."""
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
    long: int = LONG,
) -> Finding:
    """Verify the trail of this database, while others may go on writing to it. A trail of more
    than `long` entries is walked by several processes, which see committed entries only."""
    algorithms = dict(Chain.objects.values_list("number", "algorithm"))
    heads = stored_heads()
    anchors = [*stored_anchors(), *against]
    if since is not None or sum(last for last, _head in heads.values()) <= long:
        return verify(
            stored_rows(since=since),
            algorithms=algorithms,
            heads=heads,
            later=stored_heads,
            anchors=anchors,
            since=since,
            progress=progress,
        )
    kept = noted(anchors)
    if isinstance(kept, Finding):
        return kept
    walk = Walk(algorithms)
    database = str(connection.settings_dict["NAME"])
    found = walk_parts(cut(heads), database, walk, kept, progress)
    return found or ending(walk, heads, stored_heads, kept, None)
