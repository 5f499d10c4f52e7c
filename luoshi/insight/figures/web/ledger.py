"""The ledger as the URL narrows it, and the reader's own look of it."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.insight.figures.domain.filtering import Filters
from luoshi.insight.figures.domain.ledger import ORDER, SORTS, counts, counts_at_once, matters
from luoshi.insight.figures.domain.looking import (
    current_view,
    drop_view,
    keep_look,
    keep_view,
    look_of,
)
from luoshi.insight.figures.enums import Column, Density
from luoshi.insight.figures.web.markup import written
from luoshi.insight.figures.web.menus import heads, menus, sentence
from luoshi.insight.figures.web.rows import READ, dress


@require_safe
def ledger(request: OfficeRequest) -> HttpResponse:
    """One page of the list, its tabs with counts, its filters as removable chips."""
    ensure(may_see_business(request.actor))
    at, filters = request.now, Filters.of(request.GET)
    rows = matters(request.actor, filters, at)
    sort = request.GET.get("sort", "due")
    order, cursor = SORTS.get(sort, ORDER), request.GET.get("cursor", "")
    language = get_language() or ""
    rows = rows.select_related("lead_unit", "owing_unit").only(*READ)
    found = page(rows, order=order, cursor=cursor)
    dress(found.rows, at, language or "zh-hans")
    numbers = counts_at_once(request.actor, filters.without_tab(), at)
    look = look_of(request.user)
    density = request.GET.get("density", look.density)
    columns = shown(request.GET, look.hidden)
    active = menus(request.GET, filters, at)
    context = {
        "page": found,
        "lines": written(found.rows, columns, language),
        "filters": filters,
        "counts": numbers,
        "total": numbers[filters.tab or "total"] if numbers else None,
        "menus": active,
        "lifted": [menu for menu in active if menu.chosen],
        "sentence": sentence(active, filters),
        "kept": kept(request.GET),
        "look": look,
        "density": density if density in Density.values else Density.STANDARD,
        "densities": Density.choices,
        "columns": Column.choices,
        "shown": columns,
        "show": dict.fromkeys(columns, True),
        "view": current_view(look, request.GET.urlencode()),
        "heads": heads(request.GET, sort),
    }
    return render(request, "figures/ledger.html", context)


@require_safe
def numbers(request: OfficeRequest) -> HttpResponse:
    """The tabs with their numbers, for a page that did not wait for them."""
    ensure(may_see_business(request.actor))
    filters = Filters.of(request.GET)
    found = counts(request.actor, filters.without_tab(), request.now)
    return render(request, "figures/tabs.html", {"filters": filters, "counts": found})


def kept(given: QueryDict) -> list[tuple[str, str]]:
    """What the text filter carries along."""
    return [(key, value) for key, value in given.items() if key not in {"text", "cursor"}]


def shown(given: QueryDict, hidden: list[str]) -> list[str]:
    """The optional columns to show: what the URL names, else what the person kept."""
    named = given.get("columns")
    if named is not None:
        return [name for name in named.split(",") if name in Column.values]
    return [name for name in Column.values if name not in hidden]


@require_POST
def look(request: OfficeRequest) -> HttpResponse:
    """Keep density and columns, or keep or drop a named view; then back to the list."""
    ensure(may_see_business(request.actor))
    given: Any = request.POST
    query, act = given.get("query", ""), given.get("act", "")
    if act == "keep":
        keep_view(user=request.user, name=given.get("name", ""), query=query)
    elif act == "drop":
        drop_view(user=request.user, name=given.get("name", ""))
    else:
        keep_look(
            user=request.user, density=given.get("density", ""), shown=given.getlist("column")
        )
    return redirect(f"{reverse('figures:ledger')}?{QueryDict(query).urlencode()}")
