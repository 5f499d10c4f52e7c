"""Items of the last years that say nearly the same (features row 60): candidates by shared bands,
which an index finds; likeness by shared shingles of the candidates that share most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from luoshi.desks.information.domain.items.shingling import bands, percent, shingles
from luoshi.desks.information.models import Item

YEARS = timedelta(days=3 * 366)
ENOUGH, NEAR = 30, 60  # percent: shown; asks why both are issued
COMPARED, MOST = 24, 8
# By the index on the bands alone, whatever else the planner would begin with (an office's book by
# date takes 8 µs a row); what is shared is counted by the database.
SHARING = """
    WITH near AS MATERIALIZED (
        SELECT id, office_id, submitted_at, bands FROM information_item WHERE bands && %(own)s
    )
    SELECT id FROM near WHERE office_id = %(office)s AND submitted_at > %(since)s
    ORDER BY (SELECT COUNT(*) FROM unnest(bands) AS band WHERE band = ANY(%(own)s)) DESC, id
    LIMIT %(most)s
"""


@dataclass(frozen=True)
class Like:
    """An item and how alike it is in percent; `near`: a near-duplicate."""

    item: Item
    percent: int

    @property
    def near(self) -> bool:
        """Issued only with a reason."""
        return self.percent >= NEAR


def like(item: Item, at: datetime) -> list[Like]:
    """Items of the same book that are at least 30 % alike, the most alike first; those merged into
    it or that it goes on in are left out. Two queries."""
    found = like_text(item.office_id, f"{item.title}\n{item.whole}", at, item.bands)
    family = {item.pk, item.merged_into_id}
    return [
        one for one in found if one.item.pk not in family and one.item.merged_into_id != item.pk
    ]


def like_text(
    office_id: UUID, text: str, at: datetime, known: Iterable[int] | None = None
) -> list[Like]:
    """The same for a text that is not kept yet."""
    own = list(known) if known is not None else bands(text)
    if not own:
        return []
    given: dict[str, Any] = {"own": own, "office": office_id, "since": at - YEARS, "most": COMPARED}
    with connection.cursor() as cursor:
        cursor.execute(SHARING, given)
        best = [pk for (pk,) in cursor.fetchall()]
    words = shingles(text)
    found = []
    for row in Item.objects.filter(pk__in=best).select_related("merged_into"):
        alike = percent(words, shingles(f"{row.title}\n{row.whole}"))
        if alike >= ENOUGH:
            found.append(Like(row, alike))
    return sorted(found, key=lambda one: (-one.percent, one.item.number))[: MOST + 1]
