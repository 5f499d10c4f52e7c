"""Pages of press items: the list with its tabs, a new one, one item and its correction."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.desks.publications import rules
from luoshi.desks.publications.domain.noting import OWNER, correct, note
from luoshi.desks.publications.domain.queries.listing import PRESS_ORDER, press
from luoshi.desks.publications.domain.queries.narrowing import Filters, years
from luoshi.desks.publications.enums import OutletLevel
from luoshi.desks.publications.models import PressItem
from luoshi.desks.publications.web import showing
from luoshi.desks.publications.web.forms import PRINTED, kept_press, printed_of
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.fitting import revision_of
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import typed, uploads
from luoshi.supervision.matters.domain.queries.showing import history_of


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """Press items as the address narrows them."""
    ensure(rules.may_see(request.actor))
    filters = Filters.of(request.GET)
    found = page(
        press(request.actor, filters), order=PRESS_ORDER, cursor=request.GET.get("cursor", "")
    )
    every = press(request.actor, Filters(year=filters.year, text=filters.text)).order_by()
    counts = every.aggregate(
        all=Count("pk"),
        **{level: Count("pk", filter=Q(level=level)) for level in OutletLevel.values},
    )
    context = {
        "page": found,
        "filters": filters,
        "total": counts["all"],
        "tabs": [(level.value, level.label, counts[level.value]) for level in OutletLevel],
        "years": years(request),
        "may_keep": bool(rules.may_keep(request.actor)),
    }
    return render(request, "publications/press/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Note a press item."""
    ensure(rules.may_keep(request.actor))
    refusal: Any = None
    if request.method == "POST":
        try:
            new_file = bool(uploads(request))
            printed = printed_of(request.POST, request.now, has_file=new_file)

            def act() -> str:
                files = uploads(request)
                made = note(printed, files=files, actor=request.actor, at=request.now)
                return reverse("publications:press-item", args=[made.pk])

            return act_once(request, "publications:new-press", act)
        except Invalid as wrong:
            refusal = wrong
    context = {
        "refusal": refusal,
        "values": typed(request.POST, PRINTED),
        "levels": OutletLevel.choices,
    }
    return render(request, "publications/press/new.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "POST"])
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One press item; POST corrects it."""
    row: PressItem = showing.seen(request, PressItem.objects.all(), pk)
    refusal: Any = None
    if request.method == "POST":
        ensure(rules.may_keep(request.actor))
        try:
            printed = printed_of(request.POST, request.now, has_file=True)

            def act() -> str:
                correct(
                    press=row,
                    printed=printed,
                    revision=revision_of(request.POST.get("revision", "")),
                    files=uploads(request),
                    actor=request.actor,
                    at=request.now,
                )
                return reverse("publications:press-item", args=[row.pk])

            return act_once(request, "publications:press-item", act)
        except Invalid as wrong:
            refusal = wrong
    saved = refusal is not None and refusal.code == "edited-meanwhile"
    row = showing.seen(request, PressItem.objects.all(), pk) if saved else row
    values = typed(request.POST, (*PRINTED, "revision")) if refusal else kept_press(row)
    if saved:
        values["revision"] = row.revision
    context = {
        "row": row,
        "saved": saved,
        "files": Attachment.objects.filter(owner_kind=OWNER, owner_id=row.pk),
        "values": values,
        "levels": OutletLevel.choices,
        "history": history_of("publications.pressitem", row.pk),
        "may_keep": bool(rules.may_keep(request.actor)),
        "refusal": refusal,
    }
    return render(request, "publications/press/item.html", context, status=422 if refusal else 200)
