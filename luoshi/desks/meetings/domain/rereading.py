"""Read a part of the text anew as one draft: for what was added, or cut off another draft."""

from dataclasses import replace
from typing import Any

from luoshi.desks.meetings.domain.uploading import item_of
from luoshi.desks.meetings.models import DraftItem, SourceDocument
from luoshi.foundation.organizations.domain.queries.names import all_names
from luoshi.foundation.reading.drafts import Draft
from luoshi.foundation.reading.gate.acts import acts
from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.times.grammar import find_times
from luoshi.foundation.reading.units import mentions

# What a new reading says of a draft; number, revision and the first reading stay.
LATER = (
    "start end band title rules units report_to copy_to spans vague why state shape edited "
    "reason decided_by_name"
).split()


def reread(
    document: SourceDocument, start: int, end: int, number: int, why: tuple[str, str]
) -> DraftItem:
    """The draft of [start, end), to check, not saved; offsets are of the whole text."""
    text = document.text[start:end]

    def placed(found: Any) -> Any:
        return replace(found, start=found.start + start, end=found.end + start)

    draft = Draft(
        start=start,
        end=end,
        text=text,
        band="draft",
        score=0.0,
        times=tuple(placed(one) for one in find_times(text)),
        units=tuple(placed(one) for one in mentions(text, UnitNames.of(all_names()))),
        why=(why,),
        acts=tuple((start + low, start + high) for low, high in acts(text)),
    )
    return item_of(document, number, draft)
