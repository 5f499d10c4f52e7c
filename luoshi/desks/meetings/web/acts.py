"""What one does to the drafts and points of a document: each address one verb, then on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from luoshi.desks.meetings.domain import checking, covering, submitting, undoing
from luoshi.desks.meetings.domain.adding import add_missed, place_of
from luoshi.desks.meetings.domain.keeping import drop, keep
from luoshi.desks.meetings.domain.merging import merge
from luoshi.desks.meetings.domain.splitting import split
from luoshi.desks.meetings.enums import DraftState
from luoshi.desks.meetings.models import DraftItem
from luoshi.desks.meetings.web.fetching import item_of, number_in, own, own_item, own_point
from luoshi.foundation.core.time import office_zone
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters.domain.queries.addressing import names_in


def at_draft(pk: UUID, number: int | str) -> HttpResponse:
    """To the page, with this draft open."""
    return redirect(f"{reverse('meetings:document', args=[pk])}?item={number}#current")


def onward(item: DraftItem) -> HttpResponse:
    """Back to the page, at the next draft to check."""
    rest = item.document.items.filter(state=DraftState.TO_CHECK, band="draft")
    later = rest.filter(start__gte=item.start).first() or rest.first()
    return at_draft(item.document_id, later.number if later else item.number)


def corrected(request: OfficeRequest) -> dict[str, Any]:
    """The fields of the correction form."""
    roles = request.POST.getlist("role")
    units = [
        {"name": name.strip(), "role": roles[i] if i < len(roles) else "lead"}
        for i, name in enumerate(request.POST.getlist("unit"))
        if name.strip()
    ]
    return {
        "title": request.POST.get("title", ""),
        "limit_words": request.POST.get("limit", ""),
        "units": units,
        "report_to": names_in(request.POST.get("report_to", "")),
        "copy_to": names_in(request.POST.get("copy_to", "")),
    }


@require_POST
def decision(request: OfficeRequest, pk: UUID, number: int) -> HttpResponse:
    """Accept or reject a draft."""
    item = own_item(request, pk, number)
    checking.decide(
        item=item,
        state=request.POST.get("state", ""),
        reason=request.POST.get("reason", ""),
        vague=request.POST.get("vague", ""),
        actor=request.actor,
        at=request.now,
    )
    return onward(item)


@require_POST
def correction(request: OfficeRequest, pk: UUID, number: int) -> HttpResponse:
    """Correct a draft; it counts as accepted."""
    item = own_item(request, pk, number)
    checking.edit(item=item, **corrected(request), actor=request.actor, at=request.now)
    return onward(item)


@require_POST
def keeping(request: OfficeRequest, pk: UUID, number: int) -> HttpResponse:
    """Keep what is being typed, or drop it; nothing is decided."""
    item = own_item(request, pk, number)
    if request.POST.get("act") == "drop":
        drop(item=item, actor=request.actor, at=request.now)
        return at_draft(pk, number)
    kept = keep(item=item, values=corrected(request), actor=request.actor, at=request.now)
    if request.headers.get("X-Autosave"):
        return JsonResponse({"saved": f"{kept.saved_at.astimezone(office_zone()):%H:%M}"})
    return at_draft(pk, number)


@require_POST
def splitting(request: OfficeRequest, pk: UUID, number: int) -> HttpResponse:
    """Split a draft in two."""
    item = own_item(request, pk, number)
    place = number_in(request.POST.get("offset", ""))
    split(item=item, offset=place, actor=request.actor, at=request.now)
    return at_draft(pk, number)


@require_POST
def merging(request: OfficeRequest, pk: UUID, number: int) -> HttpResponse:
    """Merge a draft with another; `with` holds its number and revision."""
    item = own_item(request, pk, number)
    wanted, _colon, shown = request.POST.get("with", "").partition(":")
    other = item_of(item.document, number_in(wanted), shown)
    merge(item=item, other=other, actor=request.actor, at=request.now)
    return at_draft(pk, number)


@require_POST
def undoing_one(request: OfficeRequest, pk: UUID, number: int) -> HttpResponse:
    """Undo the last step on a draft."""
    item = own_item(request, pk, number)
    undoing.undo(item=item, actor=request.actor, at=request.now)
    return at_draft(pk, number)


@require_POST
def undoing_last(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Undo one's own last step in the document."""
    number = undoing.undo_last(document=own(request, pk), actor=request.actor, at=request.now)
    shown = request.POST.get("item", "")
    return at_draft(pk, number if number is not None else number_in(shown))


@require_POST
def addition(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Add a missed obligation: by its selected place, or by its copied words alone."""
    found = own(request, pk)
    words = request.POST.get("words", "")
    start, end = (number_in(request.POST.get(name, "")) for name in ("start", "end"))
    if start < 0 or end < 0:
        start, end = place_of(found, words)
    row = add_missed(
        document=found, start=start, end=end, words=words, actor=request.actor, at=request.now
    )
    return at_draft(pk, row.number)


@require_POST
def waiver(request: OfficeRequest, pk: UUID, point: UUID) -> HttpResponse:
    """Waive a numbered point."""
    row = own_point(request, pk, point)
    reason = request.POST.get("reason", "")
    covering.waive(point=row, reason=reason, actor=request.actor, at=request.now)
    return at_points(request, pk)


@require_POST
def link(request: OfficeRequest, pk: UUID, point: UUID) -> HttpResponse:
    """Link a numbered point to a draft that stands elsewhere."""
    row = own_point(request, pk, point)
    number = number_in(request.POST.get("number", ""))
    covering.link(point=row, number=number, actor=request.actor, at=request.now)
    return at_points(request, pk)


@require_POST
def release(request: OfficeRequest, pk: UUID, point: UUID) -> HttpResponse:
    """Open a waived or linked point again."""
    row = own_point(request, pk, point)
    covering.release(point=row, actor=request.actor, at=request.now)
    return at_points(request, pk)


def at_points(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """To the points of the page, with the same draft open."""
    here = f"item={request.POST.get('item', '')}&part={request.POST.get('part', '')}"
    return redirect(f"{reverse('meetings:document', args=[pk])}?{here}#points")


@require_POST
def submission(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Make matters of the accepted drafts."""
    found = own(request, pk)
    made = submitting.submit(
        document=found,
        method=request.POST.get("method", ""),
        purpose=request.POST.get("purpose", ""),
        actor=request.actor,
        at=request.now,
    )
    words = ngettext("%(n)d matter made.", "%(n)d matters made.", len(made)) % {"n": len(made)}
    messages.success(request, words)
    return redirect(f"{reverse('meetings:document', args=[pk])}#matters")
