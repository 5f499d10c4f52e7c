"""Submitted, issued, adopted, instructed, and the union of the two, per unit, officer and month:
what is both adopted and instructed counts once in the union (S2-53…57, B10). Every number opens
its rows through the same conditions as the list's tabs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet

from luoshi.desks.information.domain.queries.items import tab
from luoshi.desks.information.domain.queries.scores import month_after
from luoshi.desks.information.models import EngagedOfficer, Item, SubmissionQuota
from luoshi.foundation.core.actors import Actor

TABS = ("", "issued", "adopted", "instructed", "either", "handled")
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
    """A year of the reader's office; six queries."""
    period = (date(year, 1, 1), date(year + 1, 1, 1))
    rows = book(actor)
    units = rows.filter(officer=None).values("unit_code", "unit_name")
    officers = rows.exclude(officer=None).values("officer_id", "author_name")
    asked = SubmissionQuota.objects.filter(office_id=actor.unit_id, year=year, count__gt=0)
    quotas = {one.unit.code: one for one in asked.select_related("unit")}
    engaged = {
        one.pk: one for one in EngagedOfficer.objects.filter(office_id=actor.unit_id, quota__gt=0)
    }
    lines = list(units.annotate(**numbers(period)))
    seen = {line["unit_code"] for line in lines}
    missing = [one for code, one in quotas.items() if code not in seen]
    lines += [
        {"unit_code": one.unit.code, "unit_name": str(one.unit), **dict.fromkeys(NAMES, 0)}
        for one in missing
    ]
    for line in lines:
        quota = quotas.get(line["unit_code"])
        finish(line, line["unit_name"], quota.count if quota else 0)
        line["rows"] = urlencode({"book": 1, "year": year, "unit": line["unit_code"]})
    people = list(officers.annotate(**numbers(period)))
    for line in people:
        held = engaged.get(line["officer_id"])
        finish(line, line["author_name"], held.quota if held else 0)
        line["rows"] = urlencode({"book": 1, "year": year, "by": line["officer_id"]})
    total: Line = rows.aggregate(**numbers(period))
    finish(total, "", 0)
    total["rows"] = urlencode({"book": 1, "year": year})
    return Sums(told(lines), told(people), months_of(rows, year), total)


def finish(line: Line, name: str, quota: int) -> None:
    """The name, the quota and the adoption rate (adopted of submitted, R-INF-6)."""
    line["name"], line["quota"] = name, quota
    line["left"] = max(0, quota - line["submitted"])
    line["rate"] = f"{line['adopted'] / line['submitted'] * 100:.1f}%" if line["submitted"] else ""


def told(lines: Iterable[Line]) -> list[Line]:
    """Lines with something in them, the most adopted and issued first."""
    kept = [line for line in lines if line["quota"] or any(line[name] for name in NAMES)]
    return sorted(kept, key=lambda one: (-one["either"], -one["issued"], one["name"]))


def months_of(rows: "QuerySet[Any]", year: int) -> list[Line]:
    """Twelve months; one query."""
    asked: dict[str, Count] = {}
    for month in range(1, 13):
        first = date(year, month, 1)
        for name, count in numbers((first, month_after(first))).items():
            asked[f"{name}_{month}"] = count
    found = rows.aggregate(**asked)
    lines = []
    for month in range(1, 13):
        line: Line = {"month": month} | {name: found[f"{name}_{month}"] for name in NAMES}
        finish(line, str(month), 0)
        line["rows"] = urlencode({"book": 1, "year": year, "month": month})
        lines.append(line)
    return lines
