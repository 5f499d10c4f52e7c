"""A whole year of scores: units and engaged officers by their points (R-INF-6, B22).

A published month counts as it was frozen, with its weights; the other months up to now count as
they stand, with the weights in force. A number of items opens as many rows, one for each item;
points open what they are the sum of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.information import rules
from luoshi.desks.information.domain.queries.counting import found_in
from luoshi.desks.information.domain.queries.scores import (
    Fact,
    Published,
    months_of,
    sheets_of,
    weights_of,
)
from luoshi.desks.information.domain.queries.scores import (
    counted as happened,
)
from luoshi.desks.information.domain.running.points import (
    COUNTS,
    Line,
    added,
    as_points,
    kind_of,
    points,
    ranked,
)
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.sheets.registry import Column, Lines

YEARS = 4


@dataclass(frozen=True)
class Part:
    """Facts that count by the same weights: a published month (`sheet`), or all other months."""

    facts: Sequence[Fact]
    weights: Mapping[str, int]
    sheet: Published | None = None


@dataclass(frozen=True)
class Year:
    """A year with its parts. `version`: of the weights by which the unpublished months count."""

    year: int
    parts: Sequence[Part]
    version: int

    @property
    def sheets(self) -> list[Published]:
        """The published months in order."""
        return [part.sheet for part in self.parts if part.sheet is not None]

    def ranking(self, *, officers: bool) -> list[Line]:
        """Units, or engaged officers, the most points first; equal points have the same rank."""
        lines = added((part.facts, part.weights) for part in self.parts)
        found = ranked([line for line in lines if line["officer"] == officers])
        return [line | {"shown": as_points(line["points"])} for line in found]


def years(request: OfficeRequest) -> range:
    """The last years, the newest first."""
    this = office_date(request.now).year
    return range(this, this - YEARS, -1)


def a_year(request: OfficeRequest) -> int:
    """The year of the address, else this one."""
    given, known = request.GET.get("year", ""), years(request)
    return int(given) if given in map(str, known) else known[0]


def year_of(office_id: UUID | None, year: int, today: date) -> Year:
    """A year of an office up to today; three queries whatever is in it."""
    months = {date(year, number, 1) for number in range(1, 13)}
    past = {month for month in months if month <= today}
    found = found_in(office_id, past, unpublished=True)
    sheets = sheets_of(office_id, months | months_of(found))
    running = past - {sheet.month for sheet in sheets}
    version, weights = weights_of(office_id)
    parts = [
        Part(sheet.facts or [], sheet.weights, sheet)
        for sheet in sheets[::-1]
        if sheet.month in months
    ]
    return Year(year, [*parts, Part(happened(found, sheets, running), weights)], version)


def counted(year: Year, who: str, kind: str) -> list[dict[str, Any]]:
    """The items behind a number of somebody: those that count in a column, or with no `kind` those
    that gave points; each with what counted of it, by its first day."""
    found: dict[str, dict[str, Any]] = {}
    for part in year.parts:
        for fact in part.facts:
            if fact["who"] != who or not opened(fact, kind):
                continue
            new = {"item": fact["item"], "number": fact["number"], "title": fact["title"]}
            row = found.setdefault(fact["item"], new | {"points": 0, "facts": []})
            worth = points(fact, part.weights)
            row["points"] += worth
            row["facts"].append(fact | {"shown": as_points(worth)})
    for row in found.values():
        row["facts"].sort(key=lambda fact: (fact["on"], fact["what"], fact["row"]))
        row["on"], row["shown"] = row["facts"][0]["on"], as_points(row["points"])
    return sorted(found.values(), key=place)


def opened(fact: Fact, kind: str) -> bool:
    """Whether a fact stands behind the number: of a column, or of the points."""
    return kind_of(fact) == kind if kind in COUNTS else fact["what"] != "submitted"


def place(row: Mapping[str, Any]) -> str:
    """Where a row stands; no other row's."""
    return f"{row['on']}-{row['item']}"


def written_out(request: OfficeRequest) -> Lines:
    """Both rankings as they are written out."""
    ensure(rules.may_see_book(request.actor))
    found = year_of(request.actor.unit_id, a_year(request), office_date(request.now))
    lines = [*found.ranking(officers=False), *found.ranking(officers=True)]
    return Lines([line | {"year": found.year} for line in lines])


def of(name: str) -> Any:
    """A column of a line."""
    return lambda row, at: row[name]


def what(row: Line, at: datetime) -> str:
    """Whether it is a unit or an officer."""
    return str(_("Engaged officer") if row["officer"] else _("Unit"))


COLUMNS = (
    Column("year", _("Year"), of("year")),
    Column("what", _("Kind"), what),
    Column("rank", _("Rank"), of("rank")),
    Column("name", _("Unit or officer"), of("name")),
    Column("points", pgettext_lazy("score", "Points"), lambda row, at: row["points"] / 100),
    Column("submitted", pgettext_lazy("item", "Submitted"), of("submitted")),
    Column("issued", pgettext_lazy("item", "Issued"), of("issued")),
    Column("adopted", _("Adopted"), of("adopted")),
    Column("instructed", _("Instruction"), of("instructed")),
)
