"""The head of the trail, as bulletins print it."""

from luoshi.foundation.audit.models import Head


def newest_head() -> Head | None:
    """The head row of the newest chain, or None before the first entry."""
    return Head.objects.order_by("-chain_id").first()


def head_fingerprint() -> tuple[int, str]:
    """(sequence number, head hash in 16 groups of 4); (0, "") before the first entry."""
    head = newest_head()
    if head is None or not head.hash:
        return 0, ""
    return head.seq, " ".join(head.hash[i : i + 4] for i in range(0, 64, 4))
