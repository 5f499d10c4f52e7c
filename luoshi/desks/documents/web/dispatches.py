"""What the unit sent: the list, a new one, its receipt board, urging, recall, evidence."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.desks.documents import rules
from luoshi.desks.documents.domain.queries import boards
from luoshi.desks.documents.domain.queries.orders import origin_of
from luoshi.desks.documents.domain.sending import OWNER, send_document
from luoshi.desks.documents.domain.urging import urge
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible, Refused
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key
from luoshi.foundation.exchange import rules as exchange_rules
from luoshi.foundation.exchange.domain.dispatch.dispatching import Cover
from luoshi.foundation.exchange.domain.dispatch.recalling import recall
from luoshi.foundation.exchange.domain.mail.keeping import opened
from luoshi.foundation.exchange.domain.queries.neighbours import find_own
from luoshi.foundation.exchange.envelopes.metadata import URGENCIES
from luoshi.foundation.exchange.models import Dispatch, Receipt
from luoshi.foundation.organizations.domain.queries.names import listed
from luoshi.foundation.organizations.models import Unit

FIELDS = ("title", "number", "urgency", "words", "units")


def a_dispatch(request: OfficeRequest, pk: UUID) -> Dispatch:
    """The dispatch in the reader's sight."""
    ensure(rules.may_see_documents(request.actor))
    found = boards.sent(request.actor).filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """What the unit sent, the newest first; `order`: by that standing order."""
    ensure(rules.may_see_documents(request.actor))
    cursor, order = request.GET.get("cursor", ""), a_key(request.GET.get("order", ""))
    rows = boards.sent(request.actor)
    rows = rows.filter(origin__order=order) if order else rows
    found = page(rows, order=("-sent_at", "id"), cursor=cursor)
    boards.waiting_of(found.rows)
    may_send = request.actor.role in exchange_rules.SENDING_ROLES
    return render(request, "documents/dispatches.html", {"page": found, "may_send": may_send})


@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Write and send a document."""
    ensure(exchange_rules.may_dispatch(request.actor, Unit(pk=request.actor.unit_id)))
    problem: Any = None
    if request.method == "POST":
        try:
            return act_once(request, "documents:new", lambda: written(request))
        except (Invalid, Refused) as refused:
            problem = refused
    context = {
        "refusal": problem,
        "values": request.POST if problem else {},
        "urgencies": [(one, one or _("Ordinary")) for one in URGENCIES],
        "no_node": find_own() is None,
    }
    return render(request, "documents/new.html", context, status=problem.status if problem else 200)


def written(request: OfficeRequest) -> str:
    """Send what the form says; the address of its board."""
    said = {name: request.POST.get(name, "").replace("\x00", "") for name in FIELDS}
    files = [(file.name or "file", file) for file in request.FILES.getlist("files")]
    made = send_document(
        cover=Cover(said["title"], said["number"], said["urgency"], said["words"]),
        units=named_units(said["units"]),
        files=files,  # type: ignore[arg-type]
        actor=request.actor,
        at=request.now,
    )
    return reverse("documents:board", args=[made.pk])


def named_units(words: str) -> list[Unit]:
    """The units a field names, in the order of the tree."""
    found = listed(words, field="units", what=_("Not sent: something is missing."))
    return sorted(found, key=lambda unit: unit.sort_key)


@require_safe
def board(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Who has it and who has not; `show` narrows to a state, `all` puts every row on one page for
    printing."""
    return shown(request, a_dispatch(request, pk))


def shown(request: OfficeRequest, row: Dispatch, problem: Any = None) -> HttpResponse:
    """The board, with what was refused."""
    show, whole = request.GET.get("show", ""), "all" in request.GET
    rows = boards.addressees(row, show)
    size = {"size": max(row.units, 1)} if whole else {}
    found = page(rows, order=boards.ORDER, cursor=request.GET.get("cursor", ""), **size)
    boards.dressed(found.rows)
    actor = request.actor
    context = {
        "row": row,
        "page": found,
        "counts": boards.counts(row),
        "origin": origin_of(row),
        "show": show,
        "files": Attachment.objects.filter(owner_kind=OWNER, owner_id=row.pk).order_by("name"),
        "may_urge": bool(rules.may_urge(actor, row)),
        "may_recall": bool(exchange_rules.may_recall(actor, row)),
        "refusal": problem,
    }
    return render(
        request, "documents/board.html", context, status=problem.status if problem else 200
    )


@require_POST
def urging(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Urge who has not signed."""
    row = a_dispatch(request, pk)
    urge(dispatch=row, actor=request.actor, at=request.now)
    return redirect(f"{reverse('documents:board', args=[row.pk])}?show=waiting")


@require_POST
def withdrawal(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Recall it, with the reason."""
    row = a_dispatch(request, pk)
    try:
        reason = request.POST.get("reason", "").replace("\x00", "")
        recall(dispatch=row, reason=reason, actor=request.actor, at=request.now)
    except Invalid as problem:
        return shown(request, row, problem)
    return redirect("documents:board", row.pk)


@require_safe
def evidence(request: OfficeRequest, pk: int) -> HttpResponse:
    """The signed envelope that said a receipt, as it came."""
    ensure(rules.may_see_documents(request.actor))
    rows = Receipt.objects.select_related("evidence__file", "outgoing")
    mine = boards.sent(request.actor)
    found = rows.filter(pk=pk, outgoing__addressees__dispatch__in=mine).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    with opened(found.evidence) as file:
        response = HttpResponse(file.read(), content_type="application/zip")
    name = f"{found.word}-{found.evidence_id.hex}.luoshi"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
