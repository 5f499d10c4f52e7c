"""Rankings: what was published, the draft of a period, a unit's draft score."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.appraisal import rules
from luoshi.supervision.appraisal.domain.computing import live, weights_of
from luoshi.supervision.appraisal.domain.periods import Period, last_quarter, period_of, recent
from luoshi.supervision.appraisal.domain.publishing import publish
from luoshi.supervision.appraisal.domain.queries.asking import asked_period, version_of
from luoshi.supervision.appraisal.domain.queries.showing import publications_for
from luoshi.supervision.appraisal.domain.scoring import EXAMPLE, Line
from luoshi.supervision.appraisal.enums import Group
from luoshi.supervision.appraisal.models import ScoringVersion


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """The published rankings the reader may open, the latest first."""
    ensure(rules.may_read(request.actor))
    rows = publications_for(request.actor)
    found = page(rows, order=("-published_at", "id"), cursor=request.GET.get("cursor", ""))
    for row in found.rows:
        row.words = period_of(row.period).label(get_language() or "zh-hans")
        row.superseded = hasattr(row, "corrected_by")
    context = {
        "page": found,
        "periods": choices(request.now),
        "period": last_quarter(office_date(request.now)).key,
        "prepares": bool(rules.may_prepare(request.actor)),
    }
    return render(request, "appraisal/rankings.html", context)


def choices(at: datetime) -> list[tuple[str, str]]:
    """Periods to choose from, in the reader's language."""
    language = get_language() or "zh-hans"
    return [(period.key, period.label(language)) for period in recent(at)]


def worded(lines: list[Line]) -> list[Line]:
    """Lines whose rows carry their words in the reader's language and their day."""
    name = "what_zh" if (get_language() or "zh-hans").startswith("zh") else "what_en"
    for line in lines:
        line.rows = [
            row | {"what": row[name], "day": date.fromisoformat(row["on"])} for row in line.rows
        ]
    return lines


def grouped(rows: list[Any]) -> list[tuple[object, list[Any]]]:
    """Rows under their group's word, without empty groups."""
    found = [(group.label, [row for row in rows if row.group == group]) for group in Group]
    return [(label, inside) for label, inside in found if inside]


@require_http_methods(["GET", "POST"])
def draft(request: OfficeRequest) -> HttpResponse:
    """The ranking of a period as the facts stand now; POST publishes it."""
    ensure(rules.may_prepare(request.actor))
    period, version = asked_period(request), version_of(request)
    refusal = None
    if request.method == "POST":
        if version is None:
            raise NotVisible(_("There are no such rules."), code="not-visible")
        try:
            return publishing(request, period, version)
        except Invalid as found:
            refusal = found
    office = Unit.objects.get(pk=request.actor.unit_id)
    standings = live(office, period, weights_of(version) if version else EXAMPLE, request.now)
    asked = {"period": period.key} | ({"version": version.number} if version else {})
    for row in standings:
        row.opens = f"{reverse('appraisal:draft-unit', args=[row.unit_id])}?{urlencode(asked)}"
    published = publications_for(request.actor).filter(period=period.key)
    context = {
        "period": period,
        "words": period.label(get_language() or "zh-hans"),
        "periods": choices(request.now),
        "version": version,
        "versions": ScoringVersion.objects.filter(office=office).order_by("-number"),
        "groups": grouped(standings),
        "published": published.order_by("-edition").first(),
        "running": request.now < period.end,
        "refusal": refusal,
        "may_publish": bool(rules.may_publish(request.actor)),
    }
    return render(request, "appraisal/draft.html", context, status=422 if refusal else 200)


def publishing(request: OfficeRequest, period: Period, version: ScoringVersion) -> HttpResponse:
    """Publish once, whatever is clicked twice."""

    def act() -> str:
        made = publish(
            period=period,
            version=version,
            reason=request.POST.get("reason", ""),
            actor=request.actor,
            at=request.now,
        )
        return reverse("appraisal:publication", args=[made.pk])

    return act_once(request, "appraisal:draft", act)


@require_safe
def draft_unit(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A unit's draft score with every row behind it."""
    ensure(rules.may_prepare(request.actor))
    period, version = asked_period(request), version_of(request)
    office = Unit.objects.get(pk=request.actor.unit_id)
    standings = live(office, period, weights_of(version) if version else EXAMPLE, request.now)
    found = next((row for row in standings if row.unit_id == pk), None)
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    context = {
        "standing": found,
        "lines": worded(found.lines),
        "facts": sum(found.counts.values()),
        "unit_id": pk,
        "period": period,
        "words": period.label(get_language() or "zh-hans"),
        "version": version,
        "may_work": bool(rules.may_work(request.actor)),
    }
    return render(request, "appraisal/draft_unit.html", context)
