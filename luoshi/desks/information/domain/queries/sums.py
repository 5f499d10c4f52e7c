"""Submitted, issued, adopted, instructed, and the union of the two, per unit, officer and month:
what is both adopted and instructed counts once in the union (S2-53…57, B10). Every number opens
its rows through the same conditions as the list's tabs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, F, Max, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf

from luoshi.desks.information.domain.queries.items import tab
from luoshi.desks.information.domain.queries.scores import month_after
from luoshi.desks.information.models import Item, SubmissionQuota
from luoshi.foundation.core.actors import Actor

TABS = ("", "issued", "adopted", "instructed", "either", "handled")
OFFICER = ("officer__name", "officer__quota")
# what an officer sent is the officer's, whichever unit the officer belonged to
OF_UNIT = Case(When(officer=None, then=F("unit_code")), default=Value(""))
NAME = Coalesce(NullIf(F("unit__short_name"), Value("")), F("unit__name"), F("unit_name"))
NAMES = ("submitted", *TABS[1:])
Line = dict[str, Any]


@dataclass(frozen=True)
class Sums:
    """The page of a year: units, officers, months and the whole."""

    units: list[Line]
    officers: list[Line]
    months: list[Line]
    total: Line


def numbers(period: tuple[date, date]) -> dict[str, Count]:
    """The six counts of a period."""
    named = zip(NAMES, TABS, strict=True)
    return {name: Count("pk", filter=tab(show, period)) for name, show in named}


def book(actor: Actor) -> "QuerySet[Any]":
    """The reader's own book."""
    rows: QuerySet[Any] = Item.objects.visible_to(actor).filter(office_id=actor.unit_id)
    return rows


def sums_of(actor: Actor, year: int) -> Sums:
    """A year of the reader's office; three queries. A unit is one line by its code, an officer by
    the engagement, under the name of today, whatever they were called when they sent."""
    rows = book(actor)
    grouped = rows.annotate(code=OF_UNIT).values("code", "officer_id", *OFFICER)
    period = (date(year, 1, 1), date(year + 1, 1, 1))
    lines = list(grouped.annotate(name=Max(NAME), **numbers(period)))
    units = [line for line in lines if line["officer_id"] is None]
    people = [line for line in lines if line["officer_id"] is not None]
    asked = SubmissionQuota.objects.filter(office_id=actor.unit_id, year=year, count__gt=0)
    quotas = {one.unit.code: one for one in asked.select_related("unit")}
    seen = {line["code"] for line in units}
    units += [silent(one) for code, one in quotas.items() if code not in seen]
    for line in units:
        quota = quotas.get(line["code"])
        finish(line, line["name"], quota.count if quota else 0)
        line["rows"] = urlencode({"book": 1, "year": year, "unit": line["code"]})
    for line in people:
        finish(line, line["officer__name"], line["officer__quota"])
        line["rows"] = urlencode({"book": 1, "year": year, "by": line["officer_id"]})
    total, months = whole_and_months(rows, year)
    return Sums(told(units), told(people), months, total)


def silent(quota: SubmissionQuota) -> Line:
    """A unit that is asked for items and sent none."""
    none = dict.fromkeys(NAMES, 0)
    return {"code": quota.unit.code, "name": str(quota.unit), "officer_id": None, **none}


def finish(line: Line, name: str, quota: int) -> None:
    """The name, the quota and the adoption rate (adopted of submitted, R-INF-6)."""
    line["name"], line["quota"] = name, quota
    line["left"] = max(0, quota - line["submitted"])
    line["rate"] = f"{line['adopted'] / line['submitted'] * 100:.1f}%" if line["submitted"] else ""


def told(lines: Iterable[Line]) -> list[Line]:
    """Lines with something in them, the most adopted and issued first."""
    kept = [line for line in lines if line["quota"] or any(line[name] for name in NAMES)]
    return sorted(kept, key=lambda one: (-one["either"], -one["issued"], one["name"]))


def whole_and_months(rows: "QuerySet[Any]", year: int) -> tuple[Line, list[Line]]:
    """The year, and its twelve months; what is adopted in one month and instructed in another
    counts once in the year's union, so the year is no sum of months. One query."""
    periods = {0: (date(year, 1, 1), date(year + 1, 1, 1))}
    periods |= {m: (date(year, m, 1), month_after(date(year, m, 1))) for m in range(1, 13)}
    asked = {
        f"{name}_{month}": count
        for month, period in periods.items()
        for name, count in numbers(period).items()
    }
    found = rows.aggregate(**asked)
    lines = []
    for month in periods:
        line: Line = {"month": month} | {name: found[f"{name}_{month}"] for name in NAMES}
        finish(line, str(month), 0)
        narrow = {"book": 1, "year": year} | ({"month": month} if month else {})
        line["rows"] = urlencode(narrow)
        lines.append(line)
    return lines[0], lines[1:]
