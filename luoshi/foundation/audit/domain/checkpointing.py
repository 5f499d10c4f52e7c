"""Checkpoints: the head written down, signed, for somebody else to keep (security.md 6)."""

from collections.abc import Callable
from datetime import datetime

from luoshi.foundation.audit.domain.queries.head import newest_head
from luoshi.foundation.audit.hashing import canonical
from luoshi.foundation.audit.models import Checkpoint

Sign = Callable[[str], str]


def take_checkpoint(*, at: datetime, sign: Sign) -> Checkpoint | None:
    """Write the newest head down, signed, bound to the checkpoint before it; None when nothing
    happened since. It is no act upon the office's work and leaves no entry: an entry would move
    the head it notes."""
    head = newest_head()
    if head is None or head.seq == 0:
        return None
    last = Checkpoint.objects.order_by("-pk").first()
    if last is not None and (last.chain_id, last.seq) == (head.chain_id, head.seq):
        return None
    text = canonical(
        {
            "chain": head.chain_id,
            "seq": head.seq,
            "head": head.hash,
            "at": at.isoformat(),
            "previous": last.head if last else "",
        }
    )
    return Checkpoint.objects.create(
        chain_id=head.chain_id, seq=head.seq, head=head.hash, at=at, text=text, signature=sign(text)
    )
