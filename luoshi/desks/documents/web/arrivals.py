"""What arrived for the unit: the list, one document, opening, signing for it, refusing it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.desks.documents import rules
from luoshi.desks.documents.domain.queries import boards
from luoshi.desks.documents.domain.queries.orders import passed_on_from
from luoshi.desks.documents.domain.sending import ARRIVED
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.exchange import rules as exchange_rules
from luoshi.foundation.exchange.domain.dispatch.handling import open_arrival, refuse, sign_for
from luoshi.foundation.exchange.domain.mail.keeping import opened
from luoshi.foundation.exchange.enums import HANDLED, Handling
from luoshi.foundation.exchange.envelopes import opening as envelopes
from luoshi.foundation.exchange.models import Arrival, Returned


def an_arrival(request: OfficeRequest, pk: UUID) -> Arrival:
    """The arrival in the reader's sight."""
    ensure(rules.may_see_documents(request.actor))
    rows = Arrival.objects.visible_to(request.actor).select_related("incoming__file", "unit")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """What came, the newest first (`show=waiting`: not signed for yet)."""
    ensure(rules.may_see_documents(request.actor))
    show, cursor = request.GET.get("show", ""), request.GET.get("cursor", "")
    found = page(boards.arrivals(request.actor, show), order=("-arrived_at", "id"), cursor=cursor)
    deciding = bool(exchange_rules.may_decide_reentry(request.actor))
    returned = Returned.objects.filter(decided="").count() if deciding else 0
    context = {
        "page": found,
        "show": show,
        "returned": returned,
        "may_order": bool(rules.may_order(request.actor)),
    }
    return render(request, "documents/arrivals.html", context)


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One document: its cover before it is opened, its words and files afterwards."""
    return shown(request, an_arrival(request, pk))


def shown(
    request: OfficeRequest, row: Arrival, problem: Any = None, *, passing: bool = False
) -> HttpResponse:
    """The document's page, with what was refused; `passing`: of the form that passes it on."""
    readable = row.opened_at is not None and row.state != Handling.RECALLED
    said: dict[str, Any] = {}
    if readable:
        with opened(row.incoming) as file:
            said = envelopes.read(file).manifest.payload
    first = said.get("original")
    files = Attachment.objects.filter(owner_kind=ARRIVED, owner_id=row.incoming_id)
    context = {
        "row": row,
        "words": str(said.get("words", "")),
        "original": first if isinstance(first, dict) else None,
        "may_pass_on": bool(rules.may_pass_on(request.actor, row)),
        "passed_on": list(passed_on_from(row)),
        "passing": passing,
        "values": request.POST if passing else {},
        "readable": readable,
        "files": list(files.order_by("name")) if readable else [],
        "may_open": row.opened_at is None and bool(exchange_rules.may_handle(request.actor, row)),
        "may_end": bool(exchange_rules.may_end(request.actor, row)),
        "ended": row.state in HANDLED,
        "refusal": problem,
    }
    return render(
        request, "documents/arrival.html", context, status=problem.status if problem else 200
    )


@require_POST
def opening(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Open it; the sender is told."""
    row = an_arrival(request, pk)
    open_arrival(arrival=row, actor=request.actor, at=request.now)
    return redirect("documents:arrival", row.pk)


@require_POST
def signature(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Sign for it on behalf of the unit."""
    row = an_arrival(request, pk)
    sign_for(arrival=row, actor=request.actor, at=request.now)
    return redirect("documents:arrival", row.pk)


@require_POST
def refusal(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Refuse it, with the reason."""
    row = an_arrival(request, pk)
    try:
        reason = request.POST.get("reason", "").replace("\x00", "")
        refuse(arrival=row, reason=reason, actor=request.actor, at=request.now)
    except Invalid as problem:
        return shown(request, row, problem)
    return redirect("documents:arrival", row.pk)
