"""A list as a file, and the page on which an office sets its columns."""

from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.time import instant_text
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.sheets import rules
from luoshi.foundation.sheets.domain.noting import note_export
from luoshi.foundation.sheets.domain.templating import columns_of, set_columns
from luoshi.foundation.sheets.domain.writing import MOST, csv_lines, xlsx_file
from luoshi.foundation.sheets.registry import LISTINGS, Listing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
CHUNK = 2000


def a_listing(key: str) -> Listing:
    """The list of this name."""
    found = LISTINGS.get(key)
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


@require_safe
def export(request: OfficeRequest, key: str) -> HttpResponseBase:
    """The list as narrowed by the address, as XLSX or with `format=csv` as CSV; the trail says who
    took it out."""
    listing = a_listing(key)
    rows = listing.rows(request)[:MOST].iterator(chunk_size=CHUNK)
    columns = columns_of(listing, request.actor.unit_id)
    at, as_csv = request.now, request.GET.get("format") == "csv"
    if request.method == "GET":
        note_export(
            listing=listing,
            kind="csv" if as_csv else "xlsx",
            narrowed=request.GET.urlencode(),
            actor=request.actor,
            at=at,
        )
    if as_csv:
        answer: HttpResponseBase = StreamingHttpResponse(
            csv_lines(rows, columns, at), content_type=CSV
        )
        answer["Content-Disposition"] = f'attachment; filename="{key}.csv"'
        return answer
    about = {
        _("As of"): instant_text(at, get_language() or "zh-hans"),
        _("Filter"): listing.about(request) or _("none"),
        _("Made by"): f"{request.actor.person_name} · {request.actor.unit_name}",
    }
    file = xlsx_file(rows, columns, at, title=str(listing.label), about=about)
    return FileResponse(file, as_attachment=True, filename=f"{key}.xlsx", content_type=XLSX)


@require_http_methods(["GET", "POST"])
def columns(request: OfficeRequest, key: str) -> HttpResponse:
    """Which columns the office's export has, in which order, under which names."""
    listing = a_listing(key)
    ensure(rules.may_set_columns(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            wanted = [] if request.POST.get("act") == "usual" else chosen(listing, request.POST)
            set_columns(listing=listing, columns=wanted, actor=request.actor, at=request.now)
            return redirect(reverse("sheets:columns", args=[key]))
        except Invalid as found:
            refusal = found
    lines = typed(listing, request.POST) if refusal else shown(listing, request)
    context = {"listing": listing, "lines": lines, "refusal": refusal}
    return render(request, "sheets/columns.html", context, status=422 if refusal else 200)


def chosen(listing: Listing, post: Any) -> list[tuple[str, str]]:
    """The ticked columns by their typed places."""
    ticked = [line for line in typed(listing, post) if line["on"]]
    if not ticked:
        raise Invalid(_("Not set."), {"columns": [_("Choose at least one column.")]})
    return [(line["key"], line["name"]) for line in ticked]


def typed(listing: Listing, post: Any) -> list[dict[str, Any]]:
    """The form as sent, in the order of its places."""
    lines = []
    for one in listing.columns:
        place = post.get(f"place-{one.key}", "")
        lines.append(
            {
                "key": one.key,
                "label": one.label,
                "on": post.get(f"on-{one.key}") == "1",
                "name": post.get(f"name-{one.key}", "").replace("\x00", ""),
                "place": int(place) if place.isascii() and place.isdigit() else 999,
            }
        )
    return sorted(lines, key=lambda line: int(line["place"]))


def shown(listing: Listing, request: OfficeRequest) -> list[dict[str, Any]]:
    """The columns as they stand: the office's in their order, then the others."""
    own = columns_of(listing, request.actor.unit_id)
    keys = [one.column.key for one in own]
    others = [one for one in listing.columns if one.key not in keys]
    lines: list[dict[str, Any]] = [
        {
            "key": one.column.key,
            "label": one.column.label,
            "on": True,
            "name": "" if one.name == str(one.column.label) else one.name,
        }
        for one in own
    ]
    lines += [{"key": one.key, "label": one.label, "on": False, "name": ""} for one in others]
    for place, line in enumerate(lines, start=1):
        line["place"] = place
    return lines
