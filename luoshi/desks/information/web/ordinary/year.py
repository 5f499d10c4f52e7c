"""The ranking of a whole year, and the items behind each of its numbers (R-INF-6)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.desks.information import rules
from luoshi.desks.information.domain.queries.year import (
    Year,
    a_year,
    counted,
    place,
    year_of,
    years,
)
from luoshi.desks.information.domain.running.points import COUNTS
from luoshi.desks.information.enums import COUNTED
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.rows.keyset import cut
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """Units and officers of a year; with `who` the items behind the number of `kind`."""
    ensure(rules.may_see_book(request.actor))
    found = year_of(request.actor.unit_id, a_year(request), office_date(request.now))
    units, officers = (linked(found, found.ranking(officers=one)) for one in (False, True))
    who = request.GET.get("who", "")
    chosen = next((line for line in (*units, *officers) if line["who"] == who), None)
    context = {
        "found": found,
        "year": found.year,
        "years": years(request),
        "units": units,
        "officers": officers,
        "chosen": chosen,
        **(behind(request, found, chosen) if chosen else {}),
    }
    return render(request, "information/ordinary/desk/year.html", context)


def linked(found: Year, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines with the address of the rows behind each number."""
    for line in lines:
        line["rows"] = urlencode({"year": found.year, "who": line["who"]})
    return lines


def behind(request: OfficeRequest, found: Year, chosen: dict[str, Any]) -> dict[str, Any]:
    """One page of the items behind a number; who reads an office's book opens all of them."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in COUNTS else ""
    rows = counted(found, chosen["who"], kind)
    page = cut(rows, key=place, cursor=request.GET.get("cursor", "")[:400])
    for row in page.rows:
        for fact in row["facts"]:
            fact["label"] = COUNTED[fact["what"]]
    return {"page": page, "kind": kind, "number": len(rows)}
