"""Sensitive periods and their daily reports."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.periods.declaring import NOT_SAVED, Wish, checked, declare, revoke
from luoshi.desks.duty.domain.queries.daily import below, own_days
from luoshi.desks.duty.domain.queries.finding import a_period, own
from luoshi.desks.duty.domain.watch.reporting import report
from luoshi.desks.duty.models import SensitivePeriod
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import SPAN, Fields, a_date, needed_date, text

ORDER = ("-starts_on", "id")


@require_http_methods(["GET", "POST"])
def index(request: OfficeRequest) -> HttpResponse:
    """The office's periods, its own and those of its superior; declare one."""
    ensure(rules.may_see(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            return act_once(request, "duty:periods", lambda: declared(request))
        except Invalid as found:
            refusal = found
    rows = own(SensitivePeriod, request)
    found_page = page(rows, order=ORDER, cursor=request.GET.get("cursor", ""))
    context = {
        "page": found_page,
        "today": office_date(request.now),
        "may_declare": bool(rules.may_declare(request.actor)),
        "refusal": refusal,
        "values": request.POST if refusal else {"daily": "1"},
    }
    return render(request, "duty/periods/periods.html", context, status=422 if refusal else 200)


def declared(request: OfficeRequest) -> str:
    """Declare what is typed."""
    post = request.POST
    fields, today = Fields(), office_date(request.now)
    days = {name: fields.read(needed_date, post.get(name, ""), name) or today for name in SPAN}
    said: dict[str, Any] = {name: text(post, name) for name in ("title", "basis")}
    wish = Wish(**said | days, daily=bool(post.get("daily")))
    fields.refuse(NOT_SAVED, lambda: checked(wish, today), but=SPAN)
    made = declare(wish, actor=request.actor, at=request.now)
    return reverse("duty:period", args=[made.pk])


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One period: own daily reports; those from below on a day."""
    ensure(rules.may_see(request.actor))
    return shown(request, a_period(request, pk))


def shown(request: OfficeRequest, row: SensitivePeriod, refusal: Any = None) -> HttpResponse:
    """The page, with what was refused."""
    at, today = request.now, office_date(request.now)
    last = max(row.starts_on, min(row.ends_on, today))
    try:
        day = a_date(request.GET.get("day", "")[:12], "day") or last
    except Invalid:
        day = last
    day = min(max(day, row.starts_on), last)
    own_rows = own_days(row, at) if row.daily and row.revoked_at is None else []
    for one in own_rows:
        one.__dict__["shown"] = one.light(at)
    units = below(row, day) if row.daily and not row.from_code else []
    context = {
        "row": row,
        "days": own_rows,
        "day": day,
        "today": today,
        "units": units,
        "reported": sum(one.report is not None for one in units),
        "begun": row.starts_on <= today,
        "may_report": bool(rules.may_write_books(request.actor, at)),
        "may_revoke": bool(rules.may_declare(request.actor)) and not row.from_code,
        "refusal": refusal,
        "values": request.POST if refusal else {"day": last.isoformat(), "nothing": "1"},
    }
    return render(
        request, "duty/periods/period.html", context, status=refusal.status if refusal else 200
    )


@require_POST
def revocation(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """It does not hold any more."""
    row = a_period(request, pk)
    try:
        revoke(row, reason=text(request.POST, "reason"), actor=request.actor, at=request.now)
    except Invalid as refusal:
        return shown(request, row, refusal)
    return redirect("duty:period", row.pk)


@require_POST
def reports(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Send a day's report."""
    row = a_period(request, pk)

    def act() -> str:
        report(
            row,
            day=needed_date(request.POST.get("day", ""), "day"),
            nothing=bool(request.POST.get("nothing")),
            text=text(request.POST, "text"),
            actor=request.actor,
            at=request.now,
        )
        return reverse("duty:period", args=[row.pk])

    try:
        return act_once(request, "duty:daily", act)
    except (Invalid, Refused) as refusal:
        return shown(request, row, refusal)
