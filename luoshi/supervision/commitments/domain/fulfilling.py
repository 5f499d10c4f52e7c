"""Another room kept a commitment by what it does anyway (`kinds`).

Changes: the occurrence is kept with the other room's reference. It is the one of the named period,
else the earliest that is neither kept nor missed and whose period has begun. Nothing happens where
the office has not undertaken this kind or owes nothing of it; an unregistered kind is an error of
the caller. Runs inside the caller's act.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.supervision.commitments.domain.keeping import settle_kept
from luoshi.supervision.commitments.domain.locking import locked
from luoshi.supervision.commitments.kinds import label_of
from luoshi.supervision.commitments.models import Commitment, Occurrence

SYSTEM = Actor.system("commitments")
MOST_REFERENCE = 200


def kept_by(
    kind: str,
    office_id: UUID,
    at: datetime,
    reference: str,
    *,
    period: str = "",
    actor: Actor = SYSTEM,
) -> Occurrence | None:
    """Keep the occurrence that this fulfils; None where none is owed. `period`: the engine's key
    of it (2026-02, 2026Q1, a week's Monday)."""
    label_of(kind)
    rows = Commitment.objects.filter(office_id=office_id, kind=kind)
    commitment = rows.order_by("-made_at").first()
    if commitment is None:
        return None
    with acting(actor=actor, at=at):
        owed = owing(locked(commitment), at)
        row = owed.filter(key=period).first() if period else owed.first()
        if row is None:
            return None
        words = reference.strip()[:MOST_REFERENCE]
        settle_kept(row, at, note="", reference=words, by=actor.person_name, at=at)
        after = {"when": at.isoformat(), "reference": words, "late": bool(row.late_amount)}
        record("commitments.kept", actor=actor, at=at, obj=row, after=after)
    return row


def owing(commitment: Commitment, at: datetime) -> "QuerySet[Any]":
    """What is still to be kept, the earliest limit first."""
    rows = commitment.occurrences.waiting(at).filter(opens_on__lte=office_date(at))
    return rows.select_related("commitment", "version").order_by("due_at")
