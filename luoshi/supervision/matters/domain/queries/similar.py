"""Matters that say nearly the same as a new one, before it is registered (R-SUP-1: one matter, one
file): candidates by the search column, likeness by shared bigrams."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from luoshi.foundation.core.bigrams import tokens
from luoshi.supervision.matters.enums import MatterState
from luoshi.supervision.matters.models import Matter

LIVING = (
    MatterState.PROPOSED,
    MatterState.REGISTERED,
    MatterState.ASSIGNED,
    MatterState.CONCLUDED,
)
ENOUGH = 60
CANDIDATES = 200
LONG_ENOUGH, RELATED, SAME_WORDS = 40, 30, 85
MOST = 5
WINDOW = 3


@dataclass(frozen=True)
class Similar:
    """A matter, how alike its title or content is in percent, its units, and whether one of them
    is named for the new one too."""

    matter: Matter
    percent: int
    units: tuple[str, ...]
    same_unit: bool


def alike(one: str, other: str) -> int:
    """Shared bigrams of two texts in percent (Dice's measure): 0 nothing, 100 the same."""
    first, second = set(tokens(one)), set(tokens(other))
    if not first or not second:
        return 0
    return round(200 * len(first & second) / (len(first) + len(second)))


def windows(title: str) -> str:
    """A text-search expression: any three neighbouring tokens of the title together."""
    words = [word for word in tokens(title) if len(word) > 1]
    runs = [words[at : at + WINDOW] for at in range(max(1, len(words) - WINDOW + 1))]
    return " | ".join("(" + " & ".join(run) + ")" for run in runs if run)


def similar_to(matter: Matter) -> list[Similar]:
    """The living matters of the same office, own and joint, that are at least 60 % alike in title
    or in content, the most alike first; the matter's own family is left out."""
    asked = windows(matter.title)
    if not asked:
        return []
    own = Q(office_id=matter.office_id) | Q(joint_office_id=matter.office_id)
    rows = Matter.objects.filter(own, state__in=LIVING).exclude(pk=matter.pk)
    rows = rows.filter(search=SearchQuery(asked, config="simple", search_type="raw"))
    family = {matter.parent_id or matter.pk}
    found = []
    for row in rows.order_by("-created_at")[:CANDIDATES]:
        percent = max(alike(matter.title, row.title), alike_content(matter, row))
        if percent >= ENOUGH and row.pk not in family and row.parent_id not in family:
            found.append((percent, row))
    found.sort(key=lambda pair: -pair[0])
    named = {share.get("unit", "") for share in matter.proposed_shares}
    return list(described(found[:MOST], named))


def alike_content(one: Matter, other: Matter) -> int:
    """Likeness of the contents, where both say enough, the titles are related and the words nearly
    the same: phrases every plan repeats are no likeness."""
    if min(len(one.content), len(other.content)) < LONG_ENOUGH:
        return 0
    if alike(one.title, other.title) < RELATED:
        return 0
    found = alike(one.content, other.content)
    return found if found >= SAME_WORDS else 0


def described(found: Iterable[tuple[int, Matter]], named: set[str]) -> Iterable[Similar]:
    """Each with the units that handle it."""
    for percent, row in found:
        units = tuple(str(share.unit) for share in row.assignments.select_related("unit"))
        yield Similar(row, percent, units, bool(named & set(units)))
