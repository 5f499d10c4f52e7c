"""Pages of items: the list with its sums, a new one, one item and its change."""

from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.desks.publications import rules
from luoshi.desks.publications.domain.item.collecting import NOT_KEPT, OWNER, collect, edit
from luoshi.desks.publications.domain.measuring import in_ten_thousands
from luoshi.desks.publications.domain.queries.listing import ITEM_ORDER, items
from luoshi.desks.publications.domain.queries.narrowing import Filters, years
from luoshi.desks.publications.enums import ItemState, Kind
from luoshi.desks.publications.models import Issue, Item, Publication
from luoshi.desks.publications.web import showing
from luoshi.desks.publications.web.forms import PIECE, kept_piece, piece_of
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.fitting import revision_of
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import Fields, a_key, typed, uploads
from luoshi.supervision.matters.domain.queries.showing import history_of


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """Items as the address narrows them, with the sum of their characters."""
    ensure(rules.may_see(request.actor))
    filters = Filters.of(request.GET)
    rows = items(request.actor, filters)
    found = page(rows, order=ITEM_ORDER, cursor=request.GET.get("cursor", ""))
    total = rows.order_by().aggregate(total=Sum("characters", default=0))["total"]
    context = {
        "page": found,
        "filters": filters,
        "total": total,
        "worded": in_ten_thousands(total),
        "publications": showing.publications(request),
        "kinds": Kind.choices,
        "states": ItemState.choices,
        "years": years(request),
        "may_keep": bool(rules.may_keep(request.actor)),
    }
    return render(request, "publications/items.html", context)


def an_issue(request: OfficeRequest) -> Issue | None:
    """The issue a form names; the stock where it names none."""
    named = request.POST.get("issue", "") or request.GET.get("issue", "")
    if not named:
        return None
    rows = Issue.objects.visible_to(request.actor).select_related("publication")
    found: Issue | None = rows.filter(pk=a_key(named)).first()
    if found is None and request.method == "POST":
        raise Invalid(NOT_KEPT, {"issue": [_("Choose one of the list.")]})
    return found


def chosen(publication: Publication | None) -> Publication:
    """The publication a form names."""
    if publication is None:
        raise Invalid(NOT_KEPT, {"publication": [_("Choose one of the list.")]})
    return publication


@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Collect an item for a publication, for one of its issues or its stock."""
    ensure(rules.may_keep(request.actor))
    refusal: Any = None
    known = showing.publications(request)
    key = a_key(request.POST.get("publication", "") or request.GET.get("publication", ""))
    into: Publication | None = next((one for one in known if one.pk == key), None)
    if request.method == "POST":
        try:
            fields, day = Fields(), office_date(request.now)
            publication: Any = fields.read(chosen, into)
            issue = fields.read(an_issue, request)
            piece = piece_of(request.POST, day, fields)

            def act() -> str:
                made = collect(
                    publication=publication,
                    piece=piece,
                    issue=issue,
                    files=uploads(request),
                    actor=request.actor,
                    at=request.now,
                )
                return reverse("publications:item", args=[made.pk])

            return act_once(request, "publications:new-item", act)
        except (Invalid, Refused) as wrong:
            refusal = wrong
    values = typed(request.POST, PIECE)
    if request.method == "GET":
        values |= {"issue": request.GET.get("issue", ""), "publication": key or ""}
    context = {
        "refusal": refusal,
        "values": values,
        "into": into,
        "publications": [(one.pk, one.title) for one in known],
        "issues": showing.open_issues(request, into) if into else [],
        "states": ItemState.choices,
    }
    status = refusal.status if refusal else 200
    return render(request, "publications/new_item.html", context, status=status)


@require_http_methods(["GET", "POST"])
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One item; POST changes it."""
    row, refusal = an_item(request, pk), None
    if request.method == "POST":
        ensure(rules.may_edit(request.actor, row))
        try:
            fields, day = Fields(), office_date(request.now)
            issue = fields.read(an_issue, request)
            piece = piece_of(request.POST, day, fields)

            def act() -> str:
                files = uploads(request)
                edit(
                    item=row,
                    piece=piece,
                    issue=issue,
                    revision=revision_of(request.POST.get("revision", "")),
                    files=files,
                    actor=request.actor,
                    at=request.now,
                )
                return reverse("publications:item", args=[row.pk])

            return act_once(request, "publications:item", act)
        except (Invalid, Refused) as wrong:
            refusal = wrong
    return item_page(request, row, refusal)


def an_item(request: OfficeRequest, pk: UUID) -> Item:
    """The item in the reader's sight."""
    rows = Item.objects.select_related("publication", "issue__publication")
    found: Item = showing.seen(request, rows, pk)
    return found


def item_page(request: OfficeRequest, row: Item, refusal: Any) -> HttpResponse:
    """The item with its form; what was refused because somebody saved meanwhile is shown beside
    what is saved now, and may be saved over it knowingly."""
    saved = refusal is not None and refusal.code == "edited-meanwhile"
    row = an_item(request, row.pk) if saved else row
    values = typed(request.POST, (*PIECE, "revision")) if refusal else kept_piece(row)
    if saved:
        values["revision"] = row.revision
    files = Attachment.objects.filter(owner_kind=OWNER, owner_id=row.pk).order_by("created_at")
    may_edit = bool(rules.may_edit(request.actor, row))
    context = {
        "row": row,
        "files": files,
        "saved": saved,
        "values": values,
        "issues": showing.open_issues(request, row.publication) if may_edit else [],
        "states": ItemState.choices,
        "history": history_of("publications.item", row.pk),
        "may_edit": may_edit,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "publications/item.html", context, status=status)
