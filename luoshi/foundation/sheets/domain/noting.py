"""Who took which list out as a file, narrowed how: what leaves the system leaves a trace.

Changes: one entry of the trail. Refused: nothing; the list itself has checked the reader's right.
"""

from datetime import datetime

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.sheets.registry import Listing

LONGEST = 400


def note_export(*, listing: Listing, kind: str, narrowed: str, actor: Actor, at: datetime) -> None:
    """Write down that the list left as `kind` (xlsx, csv), narrowed by the words of the address."""
    with acting(actor=actor, at=at):
        record(
            "sheets.exported",
            actor=actor,
            at=at,
            object_kind="listing",
            object_id=listing.key,
            object_label=str(listing.key),
            after={"kind": kind, "filter": narrowed[:LONGEST]},
        )
