"""The page of a list-level summary: write, save, sign and send, read."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.foundation.deadlines.engine.wording import lines
from luoshi.supervision.lists import rules
from luoshi.supervision.lists.domain.queries.progress import counts_of
from luoshi.supervision.lists.domain.summing_up import (
    SummaryWords,
    opening,
    save_summary,
    send_summary,
)
from luoshi.supervision.lists.models import ListSummary, SupervisionPointsList
from luoshi.supervision.lists.web.lists import number
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.queries.showing import days_word

NAMES = ("text", "problems", "next_steps", "late_reason")


def a_summary(request: OfficeRequest, pk: UUID) -> ListSummary:
    """The summary, through its list and the right to the whole list."""
    row = ListSummary.objects.select_related("points_list__office").filter(pk=pk).first()
    if row is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    visible(SupervisionPointsList.objects, request.actor, row.points_list_id)
    ensure(rules.may_see_all_points(request.actor))
    return row


@require_http_methods(["GET", "POST"])
def summary(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One summary with its due date, its reasons and the figures it stands on."""
    row, at = a_summary(request, pk), request.now
    may_write = bool(rules.may_write_summary(request.actor, row))
    refusal = None
    if request.method == "POST":
        try:
            return save_or_send(request, row)
        except Invalid as wrong:
            refusal = wrong
    sent = row.sent_at is not None
    figures = row.figures if sent else counts_of(row.points_list, at)
    values = {name: getattr(row, name) for name in NAMES}
    if refusal:
        values = {name: request.POST.get(name, "") for name in NAMES}
    elif not values["text"] and may_write:
        values["text"] = opening(row.points_list, figures)
    context = {
        "summary": row,
        "list": row.points_list,
        "figures": figures,
        "values": values,
        "refusal": refusal,
        "light": row.light(at),
        "detail": "" if sent else days_word(row.due_at, at, current_calendar()),
        "late": not sent and row.due_at <= at,
        "lines": lines(Trace.from_json(row.trace), get_language() or "zh-hans"),
        "may_write": may_write,
        "may_send": bool(rules.may_send_summary(request.actor, row)),
    }
    return render(request, "lists/summary.html", context, status=422 if refusal else 200)


def save_or_send(request: OfficeRequest, row: ListSummary) -> HttpResponse:
    """One POST of the form."""
    words = SummaryWords(**{name: request.POST.get(name, "") for name in NAMES})
    back = reverse("lists:summary", args=[row.pk])
    if request.POST.get("act") != "send":
        save_summary(
            summary=row,
            words=words,
            revision=number(request.POST.get("revision", "")),
            actor=request.actor,
            at=request.now,
        )
        return redirect(back)

    def act() -> str:
        send_summary(summary=row, words=words, actor=request.actor, at=request.now)
        return back

    return act_once(request, "lists:summary", act)
