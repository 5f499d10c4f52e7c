"""The system administrator's calendar: editions, the form for a new notice, what it would move,
and the act that enters it (ui.md 5.16; B3). No business texts: rows show number, rule and unit."""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import cut
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines import rules
from luoshi.foundation.deadlines.domain.editions import Notice
from luoshi.foundation.deadlines.domain.queries.current import all_editions, current_calendar
from luoshi.site.domain.publishing import preview_edition, publish_edition
from luoshi.supervision.matters.domain.duty.recomputing import totals
from luoshi.supervision.matters.domain.duty.redating import digest_of
from luoshi.supervision.matters.domain.queries.moving import lines_of, tabs

FIELDS = (
    ("year", _("Year"), ""),
    ("notice", _("Number of the notice"), "国办发明电〔2025〕7号"),
    ("published_on", _("Published on"), "2026-11-04"),
)
LISTS = (("rest", _("Rest days"), ""), ("work", _("Make-up working days"), ""))


def typed(given: QueryDict) -> Notice:
    """The notice as typed."""
    return Notice(*(given.get(name, "")[:2000] for name in Notice.__dataclass_fields__))


@require_http_methods(["GET", "POST"])
def calendars(request: OfficeRequest) -> HttpResponse:
    """Editions newest first and the form; POST enters the notice that was previewed."""
    ensure(rules.may_add_edition(request.actor))
    if request.method == "POST":

        def act() -> str:
            edition, moved = publish_edition(
                typed=typed(request.POST),
                digest=request.POST.get("digest", ""),
                actor=request.actor,
                at=request.now,
                corrects="corrects" in request.POST,
            )
            return f"{reverse('site:calendars')}?entered={edition}&moved={moved.totals['moved']}"

        return act_once(request, "site:calendars", act)
    return form(request, typed(request.GET), None)


def form(request: OfficeRequest, notice: Notice, refusal: Invalid | None) -> HttpResponse:
    """The editions and the form, as typed."""
    values, errors = asdict(notice), refusal.errors if refusal else {}
    year = office_date(request.now).year
    context = {
        "editions": all_editions(),
        "missing": [y for y in (year, year + 1) if y not in current_calendar().editions],
        "refusal": refusal,
        "fields": [
            (name, label, eg, values[name], errors.get(name, ())) for name, label, eg in FIELDS
        ],
        "lists": [(name, label, values[name], errors.get(name, ())) for name, label, _eg in LISTS],
        "corrects": "corrects" in errors or "corrects" in request.GET,
        "ticked": "corrects" in request.GET,
        "entered": request.GET.get("entered", "")[:12],
        "moved": request.GET.get("moved", "")[:6],
    }
    return render(request, "site/calendars.html", context, status=422 if refusal else 200)


@require_safe
def preview(request: OfficeRequest) -> HttpResponse:
    """Every open limit the notice would move; nothing changes."""
    ensure(rules.may_add_edition(request.actor))
    notice = typed(request.GET)
    try:
        moved = preview_edition(
            typed=notice, actor=request.actor, at=request.now, corrects="corrects" in request.GET
        )
    except Invalid as refused:
        return form(request, notice, refused)
    counted, only = totals(moved), request.GET.get("only", "")[:10]
    lines = lines_of(moved, only)
    context: dict[str, Any] = {
        "notice": notice,
        "values": asdict(notice) | ({"corrects": "1"} if "corrects" in request.GET else {}),
        "totals": counted,
        "tabs": tabs(counted.__dict__),
        "only": only,
        "page": cut(lines, key=lambda row: row.key, cursor=request.GET.get("cursor", "")),
        "digest": digest_of(moved),
        "plain": True,
        "back": request.GET.urlencode(),
    }
    return render(request, "site/calendar_preview.html", context)
