"""The duty log and the hand-overs as lists."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.finding import a_note
from luoshi.desks.duty.domain.queries.listing import (
    HANDOVER_ORDER,
    LOG_ORDER,
    LogFilters,
    note_counts,
    notes,
)
from luoshi.desks.duty.domain.queries.listing import handovers as handed
from luoshi.desks.duty.domain.watch.noting import NOT_NOTED, Line, checked, note, settle
from luoshi.desks.duty.enums import NoteKind
from luoshi.desks.duty.models import LogNote
from luoshi.desks.duty.web.tonight import shown
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.moments import instant
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import Fields, a_path, text
from luoshi.foundation.core.web.typed_texts import typed_texts


@require_http_methods(["GET", "POST"])
def log(request: OfficeRequest) -> HttpResponse:
    """The log, the newest first; a new line."""
    ensure(rules.may_see_books(request.actor, request.now))
    refusal = None
    if request.method == "POST":
        try:
            return act_once(request, "duty:log", lambda: noted(request))
        except (Invalid, Refused) as found:
            refusal = found
    return listed(request, refusal)


def listed(
    request: OfficeRequest, refusal: Any = None, settling: LogNote | None = None
) -> HttpResponse:
    """The page, with what was refused: a new line, or the outcome of one."""
    filters = LogFilters.of(request.GET)
    rows = page(
        notes(request.actor, filters), order=LOG_ORDER, cursor=request.GET.get("cursor", "")
    )
    context = {
        "page": rows,
        "filters": filters,
        "counts": note_counts(request.actor),
        "kinds": NoteKind.choices,
        "may_write": bool(rules.may_write_books(request.actor, request.now)),
        "refusal": refusal,
        "line_refusal": None if settling else refusal,
        "values": request.POST if refusal and settling is None else {},
        "settling": settling,
        "outcome": text(request.POST, "outcome"),
        "kept": typed_texts(request) if settling and isinstance(refusal, Refused) else (),
    }
    return render(
        request, "duty/books/log.html", context, status=refusal.status if refusal else 200
    )


def noted(request: OfficeRequest) -> str:
    """Write the line down and go back to where it was typed."""
    post = request.POST
    fields = Fields()
    line = Line(
        kind=post.get("kind", ""),
        who=text(post, "who"),
        text=text(post, "text"),
        at=fields.read(instant, text(post, "at"), "at", request.now),
        phone=text(post, "phone"),
        given_to=text(post, "given_to"),
        pending=bool(post.get("pending")),
    )
    fields.refuse(NOT_NOTED, lambda: checked(line, request.now))
    note(line, actor=request.actor, at=request.now)
    return a_path(post.get("next", ""), reverse("duty:log"))


@require_POST
def settlement(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """What was open about a line is done."""
    row = a_note(request, pk)
    to = a_path(request.POST.get("next", ""), reverse("duty:log"))
    try:
        settle(row, outcome=text(request.POST, "outcome"), actor=request.actor, at=request.now)
    except (Invalid, Refused) as refusal:
        again = shown if to == reverse("duty:tonight") else listed
        return again(request, refusal, settling=row)
    return redirect(to)


@require_safe
def handovers(request: OfficeRequest) -> HttpResponse:
    """Hand-overs, the newest first."""
    ensure(rules.may_see_books(request.actor, request.now))
    rows = page(handed(request.actor), order=HANDOVER_ORDER, cursor=request.GET.get("cursor", ""))
    return render(request, "duty/books/handovers.html", {"page": rows})
