"""The system administrator's calendar: editions, and the form for a new notice (ui.md 5.16)."""

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines import rules
from luoshi.foundation.deadlines.domain.editions import Notice
from luoshi.foundation.deadlines.domain.queries.current import all_editions, current_calendar
from luoshi.site.domain.publishing import publish_edition

FIELDS = (
    ("year", _("Year"), ""),
    ("notice", _("Number of the notice"), "国办发明电〔2025〕7号"),
    ("published_on", _("Published on"), "2026-11-04"),
)
LISTS = (("rest", _("Rest days"), ""), ("work", _("Make-up working days"), ""))


@require_http_methods(["GET", "POST"])
def calendars(request: OfficeRequest) -> HttpResponse:
    """Editions newest first; POST enters one and computes open dates again."""
    ensure(rules.may_add_edition(request.actor))
    typed = Notice(*(request.POST.get(name, "") for name in Notice.__dataclass_fields__))
    refusal = None
    if request.method == "POST":
        try:
            edition, moved = publish_edition(typed=typed, actor=request.actor, at=request.now)
            return redirect(f"{reverse('site:calendars')}?entered={edition}&moved={moved}")
        except Invalid as found:
            refusal = found
    values, errors = asdict(typed), refusal.errors if refusal else {}
    year = office_date(request.now).year
    context = {
        "editions": all_editions(),
        "missing": [y for y in (year, year + 1) if y not in current_calendar().editions],
        "refusal": refusal,
        "fields": [(name, label, eg, values[name], errors.get(name)) for name, label, eg in FIELDS],
        "lists": [(name, label, values[name], errors.get(name)) for name, label, _eg in LISTS],
        "entered": request.GET.get("entered", "")[:12],
        "moved": request.GET.get("moved", "")[:6],
    }
    return render(request, "site/calendars.html", context, status=422 if refusal else 200)
