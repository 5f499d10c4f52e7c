"""The desk's own pages: engaged officers and quotas, topics asked for, the year's figures."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.desks.information import rules
from luoshi.desks.information.domain.queries.channels import officers_of, quotas_of, topics_for
from luoshi.desks.information.domain.queries.sums import sums_of
from luoshi.desks.information.domain.running.engaging import end_engagement, engage, set_quota
from luoshi.desks.information.domain.running.requesting import ask_for, close_topic
from luoshi.desks.information.models import EngagedOfficer, TopicRequest
from luoshi.desks.information.web.ordinary.forms import (
    engagement_of,
    quota_of,
    topic_of,
    year_of,
)
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import text, typed
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.foundation.deadlines.engine.wording import lines

ENGAGED = ("name", "username", "unit", "work", "since", "until", "quota")
ASKED = ("topic", "words", "units", "officers", "until", "workdays")
QUOTA = ("quota_unit", "quota_year", "quota_count")
YEARS = 3


@require_http_methods(["GET", "POST"])
def officers(request: OfficeRequest) -> HttpResponse:
    """Whom the office has engaged, and what it asks of units this year; engage another."""
    ensure(rules.may_open_desk(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            engage(engagement_of(request), actor=request.actor, at=request.now)
            return redirect("information:officers")
        except Invalid as found:
            refusal = found
    return officers_page(request, refusal, ENGAGED)


def officers_page(
    request: OfficeRequest, refusal: Any = None, names: tuple[str, ...] = ()
) -> HttpResponse:
    """The page, with what was refused in one of its forms."""
    today = office_date(request.now)
    rows = officers_of(request.actor, today.year)
    found = page(rows, order=("name", "id"), cursor=request.GET.get("cursor", ""))
    for row in found.rows:
        row.running = row.holds(today)
    in_force = Q(since__lte=today) & (Q(until=None) | Q(until__gte=today))
    context = {
        "page": found,
        "running": rows.filter(in_force).count(),
        "quotas": quotas_of(request.actor, today.year).order_by("unit__sort_key", "pk"),
        "year": today.year,
        "refusal": refusal,
        "values": typed(request.POST, names) if refusal else {},
    }
    status = 422 if refusal else 200
    return render(request, "information/ordinary/desk/officers.html", context, status=status)


@require_POST
def ending(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """End an engagement today."""
    ensure(rules.may_engage(request.actor))
    rows = EngagedOfficer.objects.filter(office_id=request.actor.unit_id)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    end_engagement(officer=found, actor=request.actor, at=request.now)
    return redirect("information:officers")


@require_POST
def quotas(request: OfficeRequest) -> HttpResponse:
    """How many items are asked of a unit this year."""
    ensure(rules.may_set_quota(request.actor))
    try:
        set_quota(**quota_of(request), actor=request.actor, at=request.now)
    except Invalid as refusal:
        return officers_page(request, refusal, QUOTA)
    return redirect("information:officers")


@require_http_methods(["GET", "POST"])
def topics(request: OfficeRequest) -> HttpResponse:
    """What is asked for: the desk's own requests, or those the reader is asked to answer."""
    today = office_date(request.now)
    held = rules.engagements(request.actor)
    ensure(rules.may_see_items(request.actor, held))
    refusal = None
    if request.method == "POST":
        ensure(rules.may_ask_topic(request.actor))
        try:
            ask_for(topic_of(request.POST, request.now), actor=request.actor, at=request.now)
            return redirect("information:topics")
        except Invalid as found:
            refusal = found
    order, cursor = ("-made_at", "id"), request.GET.get("cursor", "")
    found = page(topics_for(request.actor), order=order, cursor=cursor)
    language = get_language() or "zh-hans"
    for row in found.rows:
        row.shown = row.light(request.now)
        row.lines = lines(Trace.from_json(row.trace), language)
        row.own = row.office_id == request.actor.unit_id
    context = {
        "page": found,
        "may_ask": bool(rules.may_ask_topic(request.actor)),
        "may_submit": bool(rules.may_submit(request.actor, today, held)),
        "refusal": refusal,
        "values": typed(request.POST, ASKED),
    }
    status = 422 if refusal else 200
    return render(request, "information/ordinary/desk/topics.html", context, status=status)


@require_POST
def closing(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Close a topic."""
    ensure(rules.may_ask_topic(request.actor))
    rows = TopicRequest.objects.filter(office_id=request.actor.unit_id)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    words = text(request.POST, "words")
    close_topic(request=found, words=words, actor=request.actor, at=request.now)
    return redirect("information:topics")


@require_safe
def figures(request: OfficeRequest) -> HttpResponse:
    """A year of the office: per unit, officer and month, with the union that counts once."""
    ensure(rules.may_see_book(request.actor))
    year = year_of(request, YEARS)
    this_year = office_date(request.now).year
    sums = sums_of(request.actor, year)
    context = {
        "sums": sums,
        "year": year,
        "years": range(this_year, this_year - YEARS, -1),
    }
    return render(request, "information/ordinary/desk/figures.html", context)
