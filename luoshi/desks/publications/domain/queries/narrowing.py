"""What the lists of this desk are narrowed by: words of the address; unknown ones are dropped."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.desks.publications.enums import ItemState, Kind, OutletLevel, Production
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key

YEAR = re.compile(r"20[0-9]{2}")
YEARS = 4


@dataclass(frozen=True)
class Filters:
    """`stock`: items that are in no issue; `printed`: items of issues that came out in this year;
    `state` of issues or items, `level` of press items."""

    year: int | None = None
    kind: str = ""
    state: str = ""
    level: str = ""
    publication: UUID | None = None
    issue: UUID | None = None
    stock: bool = False
    printed: int | None = None
    text: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filters":
        """Read the address."""
        year, printed = given.get("year", ""), given.get("printed", "")
        states = (*Production.values, *ItemState.values)
        return cls(
            year=int(year) if YEAR.fullmatch(year) else None,
            kind=given.get("kind", "") if given.get("kind", "") in Kind.values else "",
            state=given.get("state", "") if given.get("state", "") in states else "",
            level=given.get("level", "") if given.get("level", "") in OutletLevel.values else "",
            publication=a_key(given.get("publication", "")),
            issue=a_key(given.get("issue", "")),
            stock=given.get("stock", "") == "1",
            printed=int(printed) if YEAR.fullmatch(printed) else None,
            text=given.get("text", "")[:60].replace("\x00", "").strip(),
        )


def narrowed(rows: "QuerySet[Any]", filters: Filters) -> "QuerySet[Any]":
    """Issues or items by what both have: publication, kind, state."""
    if filters.publication:
        rows = rows.filter(publication_id=filters.publication)
    if filters.kind:
        rows = rows.filter(publication__kind=filters.kind)
    if filters.state:
        rows = rows.filter(state=filters.state)
    return rows


def said_in(words: str, *columns: str) -> Q:
    """Rows that say the words in one of the columns; all rows without words."""
    found = Q()
    for column in columns if words else ():
        found |= Q(**{f"{column}__contains": words})
    return found


def years(request: OfficeRequest) -> range:
    """The last years, the newest first."""
    this = office_date(request.now).year
    return range(this, this - YEARS, -1)


def a_year(request: OfficeRequest) -> int:
    """The chosen year, else this one."""
    given = request.GET.get("year", "")
    known = years(request)
    return int(given) if given in map(str, known) else known[0]
