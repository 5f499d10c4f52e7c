"""Pages of limits that change: a duty's requests for a later one with the form to ask, the queue,
the decision; the events a matter's limits wait for."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import at_clock, end_of_day
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_date
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.duty import extending, happening, setting
from luoshi.supervision.matters.domain.queries.exporting import extensions_asked
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.queries.limits import moves_of
from luoshi.supervision.matters.domain.queries.showing import duty_light
from luoshi.supervision.matters.enums import ExtensionState
from luoshi.supervision.matters.models import Extension, Matter, ReportDuty

FULL = ("assignment__matter__office", "assignment__unit", "rule_version")
PARTS = ("duty__assignment__matter", "duty__assignment__unit")


def limit_of(post: QueryDict, name: str, *, hourly: bool) -> datetime | None:
    """The typed limit: a date means 24:00 of it; an hour limit also names the minute."""
    on = a_date(post.get(name, ""), name)
    if on is None:
        return None
    clock = post.get(f"{name}_clock", "").strip()
    if not hourly or not clock:
        return end_of_day(on)
    try:
        return at_clock(on, time.fromisoformat(clock))
    except ValueError as error:
        raise Invalid(_("Not saved."), {name: [_("Write the time as 09:30.")]}) from error


@require_http_methods(["GET", "POST"])
def extensions(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The requests of one duty; POST asks for a later limit."""
    duty = visible(ReportDuty.objects.select_related(*FULL), request.actor, pk)
    refusal = None
    if request.method == "POST":
        ensure(rules.may_ask_extension(request.actor, duty, request.now))
        try:
            wanted = limit_of(request.POST, "wanted", hourly=duty.hourly)

            def act() -> str:
                extending.ask_extension(
                    duty=duty,
                    wanted_at=wanted or request.now,
                    reason=request.POST.get("reason", ""),
                    actor=request.actor,
                    at=request.now,
                )
                return reverse("matters:extensions", args=[duty.pk])

            return act_once(request, "matters:extensions", act)
        except Invalid as found:
            refusal = found
    context = shown(request, duty, refusal)
    return render(
        request, "matters/limits/extensions.html", context, status=422 if refusal else 200
    )


def shown(request: OfficeRequest, duty: ReportDuty, refusal: Invalid | None) -> dict[str, Any]:
    """The duty with its limits, its requests, and what this reader may do."""
    rows = list(duty.extensions.select_related(*PARTS).order_by("-asked_at"))
    asked = next((row for row in rows if row.state == ExtensionState.ASKED), None)
    redated = list(duty.redatings.select_related("act").order_by("-act__decided_at"))
    may_ask = rules.may_ask_extension(request.actor, duty, request.now)
    return {
        "duty": duty,
        "matter": duty.assignment.matter,
        "light": duty_light(duty, request.now),
        "limit": rules.running_limit(duty),
        "rows": rows,
        "moved": moves_of(duty),
        "original": redated[-1].before_at if redated else duty.original_due_at,
        "asked": asked,
        "answer_by": extending.answer_by(asked.asked_at) if asked else None,
        "may_ask": bool(may_ask) and asked is None,
        "why_not": None if may_ask or asked else may_ask.reason,  # type: ignore[union-attr]
        "handles": request.actor.unit_id == duty.assignment.unit_id,
        "may_set": bool(rules.may_set_limit(request.actor, duty, request.now)),
        "may_decide": asked is not None and bool(rules.may_decide_extension(request.actor, asked)),
        "may_withdraw": asked is not None
        and bool(rules.may_withdraw_extension(request.actor, asked)),
        "refusal": refusal,
        "values": request.POST,
    }


@require_POST
def limit(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The office sets the limit of a duty; what is refused comes back with what was typed."""
    duty = visible(ReportDuty.objects.select_related(*FULL), request.actor, pk)
    try:
        setting.set_limit(
            duty=duty,
            on=a_date(request.POST.get("on", ""), "on"),
            reason=request.POST.get("reason", ""),
            actor=request.actor,
            at=request.now,
        )
    except Invalid as found:
        context = shown(request, duty, found)
        return render(request, "matters/limits/extensions.html", context, status=422)
    return redirect("matters:extensions", duty.pk)


@require_safe
def queue(request: OfficeRequest) -> HttpResponse:
    """Requests that wait for the reader's office, the longest first."""
    rows = extensions_asked(request)
    found = page(rows, order=("asked_at", "id"), cursor=request.GET.get("cursor", ""))
    for row in found.rows:
        row.answer_at = end_of_day(extending.answer_by(row.asked_at))
        row.answered_late = row.answer_at <= request.now
    return render(request, "matters/limits/extension_queue.html", {"page": found})


@require_POST
def decision(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Grant or refuse a request."""
    found = visible(Extension.objects.select_related(*PARTS), request.actor, pk)
    remark = request.POST.get("remark", "")
    if request.POST.get("verdict") == ExtensionState.REFUSED:
        extending.refuse_extension(
            extension=found, remark=remark, actor=request.actor, at=request.now
        )
    else:
        until = limit_of(request.POST, "granted", hourly=found.duty.hourly)
        extending.grant_extension(
            extension=found, granted_at=until, remark=remark, actor=request.actor, at=request.now
        )
    return redirect("matters:extensions", found.duty_id)


@require_POST
def withdrawal(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take a request back."""
    found = visible(Extension.objects.select_related(*PARTS), request.actor, pk)
    extending.withdraw_extension(extension=found, actor=request.actor, at=request.now)
    return redirect("matters:extensions", found.duty_id)


@require_http_methods(["GET", "POST"])
def events(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The events limits of a matter count from: what is noted, and the form to note one."""
    matter = visible(Matter.objects.select_related("office"), request.actor, pk)
    ensure(may_see_business(request.actor))
    may_note, refusal = rules.may_note_event(request.actor, matter), None
    if request.method == "POST":
        ensure(may_note)
        try:

            def act() -> str:
                happening.note_event(
                    matter=matter,
                    event=request.POST.get("event", ""),
                    on=a_date(request.POST.get("on", ""), "on"),
                    basis=request.POST.get("basis", ""),
                    actor=request.actor,
                    at=request.now,
                )
                return reverse("matters:events", args=[matter.pk])

            return act_once(request, "matters:events", act)
        except Invalid as found:
            refusal = found
    possible = [(one.value, one.label) for one in happening.events_of(matter)]
    context = {
        "matter": matter,
        "rows": matter.milestones.order_by("-on", "anchor"),
        "possible": possible,
        "may_note": bool(may_note) and bool(possible),
        "refusal": refusal,
        "values": {name: request.POST.get(name, "") for name in ("event", "on", "basis")},
    }
    return render(request, "matters/limits/events.html", context, status=422 if refusal else 200)
