"""Locks of this room, in one order: the commitment, then its occurrence."""

from luoshi.supervision.commitments.models import Commitment, Occurrence


def locked(commitment: Commitment) -> Commitment:
    """The commitment as it is now, until the act ends."""
    rows = Commitment.objects.select_for_update(no_key=True)
    found: Commitment = rows.get(pk=commitment.pk)
    return found


def locked_occurrence(row: Occurrence) -> Occurrence:
    """An occurrence as it is now, behind the lock of its commitment."""
    rows = Commitment.objects.select_for_update(no_key=True)
    rows.get(pk=row.commitment_id)
    found: Occurrence = Occurrence.objects.select_related("commitment", "version").get(pk=row.pk)
    return found
