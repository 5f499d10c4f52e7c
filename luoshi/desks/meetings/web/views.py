"""Upload a source, check its drafts, submit them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.desks.meetings import rules
from luoshi.desks.meetings.domain import checking, submitting
from luoshi.desks.meetings.domain.showing import (
    catalogue_codes,
    earlier_uploads,
    paragraphs,
    samples,
    twins,
)
from luoshi.desks.meetings.domain.splitting import places, split
from luoshi.desks.meetings.domain.uploading import About
from luoshi.desks.meetings.domain.uploading import upload as take_in
from luoshi.desks.meetings.enums import DraftState, ReadingState
from luoshi.desks.meetings.models import DraftItem, NumberedPoint, SourceDocument
from luoshi.desks.meetings.tasks import wake
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters.web.forms import a_date
from luoshi.supervision.rulebook.enums import Regime


def own(request: OfficeRequest, pk: UUID) -> SourceDocument:
    """A document of the reader's own office."""
    ensure(rules.may_upload(request.actor))
    rows = SourceDocument.objects.filter(office_id=request.actor.unit_id)
    found = rows.select_related("attachment").filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


def own_item(request: OfficeRequest, pk: UUID, number: int) -> DraftItem:
    """A draft of such a document, at the revision the page showed."""
    document = own(request, pk)
    found = document.items.select_related("document").filter(number=number).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    shown = request.POST.get("revision", "")
    found.revision = int(shown) if shown.isdecimal() else found.revision
    return found


@require_safe
def documents(request: OfficeRequest) -> HttpResponse:
    """The office's sources, newest first."""
    ensure(rules.may_upload(request.actor))
    rows = SourceDocument.objects.filter(office_id=request.actor.unit_id)
    found = page(rows, order=("-uploaded_at", "id"), cursor=request.GET.get("cursor", ""))
    return render(request, "meetings/documents.html", {"page": found})


@require_http_methods(["GET", "POST"])
def upload(request: OfficeRequest) -> HttpResponse:
    """Take a document in."""
    ensure(rules.may_upload(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            return receive(request)
        except Invalid as found:
            refusal = found
    context = {"refusal": refusal, "values": request.POST, "regimes": Regime.choices}
    return render(request, "meetings/upload.html", context, status=422 if refusal else 200)


def receive(request: OfficeRequest) -> HttpResponse:
    """One upload form."""
    given = request.FILES.get("file")
    if given is None:
        raise Invalid(_("Not uploaded."), {"file": [_("Choose a file first.")]})
    about = About(
        title=request.POST.get("title", ""),
        reference=request.POST.get("reference", ""),
        regime=request.POST.get("regime", ""),
        issued_on=a_date(request.POST.get("issued_on", ""), "issued_on"),
        meeting_on=a_date(request.POST.get("meeting_on", ""), "meeting_on"),
    )

    def act() -> str:
        made = take_in(
            given.file,  # type: ignore[arg-type]
            name=given.name or "",
            about=about,
            actor=request.actor,
            at=request.now,
        )
        if made.reading == ReadingState.WAITING:
            wake.defer()
        return reverse("meetings:document", args=[made.pk])

    return act_once(request, "meetings:upload", act)


def about(request: OfficeRequest, found: SourceDocument, current: DraftItem) -> dict[str, Any]:
    """What the open draft shows beside its fields."""
    language = get_language() or "zh"
    return {
        "samples": samples(found, current.rules, language, office_date(request.now)),
        "limit": checking.printed(current.rules),
        "codes": catalogue_codes(current),
        "twins": twins(found, current),
        "places": places(current, found.text),
        "report_to": "、".join(current.original.get("report_to", [])),
        "source_words": found.text[current.start : current.end],
        "default_days": checking.default_workdays(current),
    }


@require_safe
def sample(request: OfficeRequest, pk: UUID, number: int) -> HttpResponse:
    """The dates of a limit as it is being typed."""
    item = own_item(request, pk, number)
    today = office_date(request.now)
    try:
        rules_found = checking.read_rules(request.GET.get("limit", ""), item.rules)
    except Invalid:
        return render(request, "meetings/samples.html", {"samples": [], "unread": True})
    found = samples(item.document, rules_found, get_language() or "zh", today)
    return render(request, "meetings/samples.html", {"samples": found})


@require_POST
def splitting(request: OfficeRequest, pk: UUID, number: int) -> HttpResponse:
    """Split a draft in two."""
    item = own_item(request, pk, number)
    offset = request.POST.get("offset", "")
    place = int(offset) if offset.isdecimal() else -1
    split(item=item, offset=place, actor=request.actor, at=request.now)
    return redirect(f"{reverse('meetings:document', args=[pk])}?item={number}#current")


@require_safe
def document(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The drafting review page: source left, drafts right."""
    found = own(request, pk)
    if found.reading != ReadingState.READ:
        return render(request, "meetings/reading.html", {"document": found})
    items = list(found.items.select_related("matter"))
    shown = [item for item in items if item.band == "draft" or item.state != "to_check"]
    seen = {item.number for item in shown}  # a long document has thousands
    folded = [item for item in items if item.number not in seen]
    wanted = request.GET.get("item", "")
    current = next((i for i in items if str(i.number) == wanted), None)
    current = current or next((i for i in shown if i.state == DraftState.TO_CHECK), None)
    numbers = [item.number for item in shown]
    place = numbers.index(current.number) if current and current.number in numbers else 0
    done = sum(item.state != DraftState.TO_CHECK for item in shown)
    accepted = [i for i in shown if i.state == DraftState.ACCEPTED and i.matter_id is None]
    context = {
        "document": found,
        "paragraphs": paragraphs(found, items),
        "items": shown,
        "folded": folded,
        "current": current,
        **(about(request, found, current) if current else {}),
        "next": numbers[place + 1] if place + 1 < len(numbers) else "",
        "previous": numbers[place - 1] if place else "",
        "done": done,
        "percent": done * 100 // len(shown) if shown else 100,
        "accepted": len(accepted),
        "uncovered": checking.uncovered(found),
        "earlier": earlier_uploads(found),
        "matters": [item.matter for item in items if item.matter_id],
    }
    return render(request, "meetings/document.html", context)


def onward(request: OfficeRequest, item: DraftItem, **extra: Any) -> HttpResponse:
    """Back to the page, at the next draft to check."""
    rest = item.document.items.filter(state=DraftState.TO_CHECK, band="draft")
    later = rest.filter(start__gte=item.start).first() or rest.first()
    target = later.number if later else item.number
    return redirect(
        f"{reverse('meetings:document', args=[item.document_id])}?item={target}#current"
    )


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
    return onward(request, item)


@require_POST
def undoing(request: OfficeRequest, pk: UUID, number: int) -> HttpResponse:
    """Undo a decision."""
    item = own_item(request, pk, number)
    checking.undo(item=item, actor=request.actor, at=request.now)
    return redirect(f"{reverse('meetings:document', args=[pk])}?item={number}#current")


@require_POST
def correction(request: OfficeRequest, pk: UUID, number: int) -> HttpResponse:
    """Correct a draft; it counts as accepted."""
    item = own_item(request, pk, number)
    roles = request.POST.getlist("role")
    units = [
        {"name": name.strip(), "role": roles[i] if i < len(roles) else "lead"}
        for i, name in enumerate(request.POST.getlist("unit"))
        if name.strip()
    ]
    checking.edit(
        item=item,
        title=request.POST.get("title", ""),
        limit_words=request.POST.get("limit", ""),
        units=units,
        actor=request.actor,
        at=request.now,
    )
    return onward(request, item)


@require_POST
def addition(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Add a missed obligation by its words."""
    found = own(request, pk)
    words = request.POST.get("words", "").strip()
    start = found.text.find(words) if len(words) >= 4 else -1
    if start < 0:
        raise Invalid(
            _("Not added."), {"words": [_("Copy the sentence exactly as it stands in the text.")]}
        )
    row = checking.add_missed(
        document=found, start=start, end=start + len(words), actor=request.actor, at=request.now
    )
    return redirect(f"{reverse('meetings:document', args=[pk])}?item={row.number}#current")


@require_POST
def waiver(request: OfficeRequest, pk: UUID, point: UUID) -> HttpResponse:
    """Waive a numbered point."""
    found = own(request, pk)
    row = NumberedPoint.objects.select_related("document").filter(document=found, pk=point).first()
    if row is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    reason = request.POST.get("reason", "")
    checking.waive(point=row, reason=reason, actor=request.actor, at=request.now)
    return redirect(f"{reverse('meetings:document', args=[pk])}#points")


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
