"""Note what a reading could not make out: names without a unit, expressions not understood. Both
become lists the office looks at, never a guess. The upload that read them is in the trail."""

import re
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from luoshi.desks.lessons.domain.naming import is_name
from luoshi.desks.lessons.models import Expression, LearnedName, Sighting
from luoshi.foundation.reading.drafts import Reading
from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.structure.sentences import sentences

TEXT = 100


def see(
    found: Reading, units: UnitNames, *, office_id: UUID, document_id: UUID, at: datetime
) -> None:
    """Offer names once, list expressions with their places; what was decided before stays."""
    LearnedName.objects.bulk_create(
        (
            LearnedName(office_id=office_id, name=name, document_id=document_id, seen_at=at)
            for name in dict.fromkeys(unlinked(found, units))
        ),
        ignore_conflicts=True,
    )
    texts = list(dict.fromkeys(one.text[:TEXT] for one in found.unread))
    Expression.objects.bulk_create(
        (Expression(office_id=office_id, text=text, seen_at=at) for text in texts),
        ignore_conflicts=True,
    )
    rows = Expression.objects.filter(office_id=office_id, text__in=texts)
    by_text = {row.text: row for row in rows}
    places = sentences(found.text) if texts else []
    Sighting.objects.bulk_create(
        (
            Sighting(
                expression=by_text[one.text[:TEXT]],
                document_id=document_id,
                start=one.start,
                sentence=around(found.text, places, one.start),
                seen_at=at,
            )
            for one in found.unread
        ),
        ignore_conflicts=True,
    )
    rows.update(seen_at=at)


def unlinked(found: Reading, units: UnitNames) -> Iterator[str]:
    """Names of acting units that no name of the site matches; role words and persons are none."""
    for draft in found.drafts:
        for unit in draft.responsible:
            for name in re.split("[、，,]|或者", unit.text):
                plain = name.strip()
                if is_name(plain) and units.code(plain) is None:
                    yield plain


def around(text: str, places: list[tuple[int, int]], at: int) -> str:
    """The sentence a place stands in."""
    return next((text[low:high] for low, high in places if low <= at < high), "")
