"""The units' board: a table and bars whose every part opens its rows. The rows are written here and
not in the template: a city's 150 units of twenty words took two thirds of the page there."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import conditional_escape as escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.insight.figures.domain import board as boards
from luoshi.supervision.matters.enums import LIGHTS_WORST_FIRST, Light

CHART_WIDTH = 240
NUMBER = '<td class="num" data-label="{label}"><a href="{ledger}?{name}&amp;'
PART = (
    '<a href="{opens}"><title>{unit} · {word} {value}</title>'
    '<rect class="bar-{light}" x="{x:.1f}" y="1" width="{width:.1f}" height="14"></rect>{hatch}</a>'
)
HATCH = '<rect fill="url(#p-{light})" x="{x:.1f}" y="1" width="{width:.1f}" height="14"></rect>'


@require_safe
def board(request: OfficeRequest) -> HttpResponse:
    """Lights per unit; worst first."""
    ensure(may_see_business(request.actor))
    rows: list[Any] = boards.board(request.actor, request.now)
    overdue = [row for row in rows if row.red]
    context = {"rows": rows, "lines": written(rows), "overdue": overdue}
    return render(request, "figures/board.html", context)


def written(rows: Iterable[Any]) -> SafeString:
    """The rows as HTML; every word is escaped."""
    ledger, rows = reverse("figures:ledger"), list(rows)
    top = max((sum(values_of(row).values()) for row in rows), default=1) or 1
    words: dict[str, str] = {one.value: escape(one.label) for one in LIGHTS_WORST_FIRST}
    narrows = {f"light={name}": (name, word) for name, word in words.items()}
    narrows["behind=1"] = ("behind", escape(_("Behind plan")))
    narrows["light=late"] = ("late_shares", escape(_("Late marks")))
    cells = {
        name: NUMBER.format(label=word, ledger=ledger, name=narrow)
        for narrow, (name, word) in narrows.items()
    }
    made = []
    for row in rows:
        unit = escape(str(row.unit))
        query = escape(urlencode({"unit": row.unit.short_name, "share": 1}))
        counts = values_of(row)
        made.append(f'<tr><td class="m-t"><a class="t" href="{ledger}?{query}">{unit}</a></td>')
        made += [f'{cell}{query}">{getattr(row, name)}</a></td>' for name, cell in cells.items()]
        made.append(f'<td class="m0"><svg class="bars" viewBox="0 0 240 16" aria-label="{unit}">')
        made += parts(counts, top, unit, words, f"{ledger}?light={{}}&amp;{query}")
        made.append("</svg></td></tr>")
    return mark_safe("".join(made))  # noqa: S308 - every word above is escaped


def values_of(row: Any) -> dict[str, int]:
    """A unit's shares by light, worst first."""
    return {light.value: getattr(row, light.value) for light in LIGHTS_WORST_FIRST}


def parts(
    values: dict[str, int], top: int, unit: str, words: dict[str, str], opens: str
) -> list[str]:
    """The stacked bar of a unit, `CHART_WIDTH` units wide for the largest."""
    made, x = [], 0.0
    for light, value in values.items():
        width = value / top * CHART_WIDTH
        place: Any = {"light": light, "x": x, "width": width}
        if value:
            hatch = "" if light == Light.GREY else HATCH.format(**place)
            address = opens.format(light)
            made.append(
                PART.format(
                    opens=address, unit=unit, word=words[light], value=value, hatch=hatch, **place
                )
            )
        x += width
    return made
