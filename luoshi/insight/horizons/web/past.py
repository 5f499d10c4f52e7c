"""Ledger, board and matter as known on a date; the URL carries both days (B19)."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.domain.editions import one_day
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.insight.horizons.domain import past
from luoshi.insight.horizons.domain.exporting import given_of
from luoshi.insight.horizons.domain.moments import Moment, moment_of
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.queries.showing import days_word
from luoshi.supervision.matters.domain.share.stages import behind_words
from luoshi.supervision.matters.enums import Light
from luoshi.supervision.matters.models import Matter


def banner(moment: Moment) -> dict[str, Any]:
    """What the striped banner and every link of the page need."""
    days = {"on": moment.known_on.isoformat()}
    if moment.apart:
        days["lit"] = moment.lit_on.isoformat()
    return {"moment": moment, "days": urlencode(days)}


@require_safe
def ledger(request: OfficeRequest) -> HttpResponse:
    """The ledger as known."""
    ensure(may_see_business(request.actor))
    moment = moment_of(request.GET, request.now)
    light = request.GET.get("light", "")
    name = request.GET.get("unit", "")[:60].replace("\x00", "")
    given = given_of(request)
    rows = past.ledger(request.actor, moment, light=light, **given)
    if name and given["unit"] is None:
        rows = rows.none()
    found = page(rows, order=past.ORDER, cursor=request.GET.get("cursor", ""))
    calendar = current_calendar()
    for row in found.rows:
        row.shown = row.light(moment.lit)
        limit = row.overdue_at
        row.detail = days_word(limit, moment.lit, calendar) if limit else ""
        row.word = ""
        if row.shown == Light.YELLOW and row.behind(moment.lit):
            row.word = _("Behind plan")
            row.detail = behind_words(row, get_language() or "zh-hans")
    context = banner(moment) | {
        "page": found,
        "counts": past.counts(request.actor, moment, **given),
        "lights": [one.value for one in Light],
        "light": light if light in Light.values else "",
        "unit": name,
        **given,
    }
    return render(request, "horizons/ledger.html", context | {"unit": name})


@require_safe
def board(request: OfficeRequest) -> HttpResponse:
    """The board as known."""
    ensure(may_see_business(request.actor))
    moment = moment_of(request.GET, request.now)
    rows = past.board(request.actor, moment)
    return render(request, "horizons/board.html", banner(moment) | {"rows": rows})


@require_safe
def matter(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One matter as known."""
    found = visible(Matter.objects.select_related("office"), request.actor, pk)
    moment = moment_of(request.GET, request.now)
    known = past.matter_page(request.actor, found, moment)
    context = banner(moment) | {"live": found, "known": known}
    if known is not None:
        context["light"] = known.matter.light(moment.lit)
        language = get_language() or "zh-hans"
        for one in known.shares:
            one["why"] = behind_words(one["row"], language) if one["behind"] else ""
        context["end_on"] = one_day(known.plan.get("end_on", ""))
    return render(request, "horizons/matter.html", context)
