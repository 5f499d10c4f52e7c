"""Pages: the list, submitting, one item, its text, its lineage, another beside it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.desks.information import rules
from luoshi.desks.information.domain.items.editing import edit
from luoshi.desks.information.domain.items.submitting import resend, submit
from luoshi.desks.information.domain.items.wording import Words, long
from luoshi.desks.information.domain.queries.differences import side_by_side
from luoshi.desks.information.domain.queries.items import ORDER, SHOWN, Filters, counts, items
from luoshi.desks.information.domain.queries.lineage import lineage
from luoshi.desks.information.domain.queries.receivers import receivers
from luoshi.desks.information.enums import ItemKind
from luoshi.desks.information.models import EDITING_ROLES, EngagedOfficer, Item, TopicRequest
from luoshi.desks.information.web.ordinary import showing
from luoshi.desks.information.web.ordinary.forms import SENT, WORDS, sent_of, words_of
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.fitting import revision_of
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import typed
from luoshi.foundation.core.web.typed_texts import typed_texts
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.models import Matter

YEARS = 3
OFFERED_TO = {
    "review": "may_review",
    "merger": "may_join",
    "adoptions": "may_follow",
    "instructions": "may_follow",
    "handovers": "may_hand",
    "results": "may_answer",
}  # whoever may send a form has it on the page
FORMS = ("adoptions", "instructions", "handovers", "results")  # each with ids of its own


def an_item(request: OfficeRequest, pk: UUID) -> Item:
    """The item in the reader's sight."""
    rows = Item.objects.select_related("office", "merged_into", "request", "officer", "copied")
    found: Item = visible(rows, request.actor, pk)
    return found


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """The office's book, or one's own items; the newest first."""
    today = office_date(request.now)
    held = rules.engagements(request.actor)
    ensure(rules.may_see_items(request.actor, held))
    filters = Filters.of(request.GET)
    found = page(items(request.actor, filters), order=ORDER, cursor=request.GET.get("cursor", ""))
    found_in = counts(request.actor, filters)
    context = {
        "page": found,
        "filters": filters,
        "tabs": [(key, label, found_in[key]) for key, label in SHOWN.items()],
        "total": found_in["all"],
        "kinds": ItemKind.choices,
        "years": range(today.year, today.year - YEARS, -1),
        "months": range(1, 13),
        "may_submit": bool(rules.may_submit(request.actor, today, held)),
        "may_see_book": bool(rules.may_see_book(request.actor)),
        "may_open_desk": bool(rules.may_open_desk(request.actor)),
    }
    return render(request, "information/ordinary/items.html", context)


@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Submit an item."""
    today = office_date(request.now)
    ensure(rules.may_submit(request.actor, today))
    refusal = None
    if request.method == "POST":
        try:
            words = words_of(request.POST)
            sent = sent_of(request, words)

            def act() -> str:
                made = submit(words, sent, actor=request.actor, at=request.now)
                return reverse("information:item", args=[made.pk])

            return act_once(request, "information:item-new", act)
        except Invalid as found:
            refusal = found
    values = typed(request.POST if refusal else request.GET, SENT)
    context = choices(request) | {
        "refusal": refusal,
        "values": values,
        "characters": Words(*(values[name] for name in WORDS)).characters,
        "quota": showing.quota_of(request.actor, today),
    }
    status = 422 if refusal else 200
    return render(request, "information/ordinary/new.html", context, status=status)


def choices(request: OfficeRequest) -> dict[str, Any]:
    """The lists of the form."""
    today = office_date(request.now)
    topics = TopicRequest.objects.visible_to(request.actor).filter(closed_at=None)
    engaged: list[tuple[Any, str]] = []
    if request.actor.unit_id and request.actor.role in EDITING_ROLES:
        rows = EngagedOfficer.objects.filter(office_id=request.actor.unit_id).order_by("name", "pk")
        engaged = [(one.pk, f"{one.name} {one.work}") for one in rows if one.holds(today)]
    return {
        "kinds": ItemKind.choices,
        "offices": [(one.unit.pk, str(one.unit)) for one in receivers(request.actor, today)],
        "topics": [(one.pk, one.topic) for one in topics.order_by("-made_at")[:50]],
        "engaged": engaged,
    }


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One item: its words, what was judged, what became of it."""
    return shown(request, an_item(request, pk))


def shown(request: OfficeRequest, row: Item, refusal: Any = None, form: str = "") -> HttpResponse:
    """The item's page, with what was refused in one of its forms."""
    page_of = showing.item_page(request, row)
    offered = not form or page_of[OFFERED_TO[form]]
    context = page_of | {
        "refusal": refusal,
        "form": form,
        "typed": () if offered else typed_texts(request),
        "values": request.POST if refusal else {},
        "ids": {one: "" if one == form else f"{one}_" for one in FORMS},
    }
    status = refusal.status if refusal else 200
    return render(request, "information/ordinary/item.html", context, status=status)


@require_http_methods(["GET", "POST"])
def text(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Edit the words as the desk, or as the author of an item that came back."""
    row = an_item(request, pk)
    own = not rules.may_edit(request.actor, row) and bool(rules.may_resend(request.actor, row))
    ensure(rules.may_resend(request.actor, row) if own else rules.may_edit(request.actor, row))
    refusal = None
    if request.method == "POST":
        words = words_of(request.POST)
        given: dict[str, Any] = {"actor": request.actor, "at": request.now}
        try:
            if own:
                resend(item=row, words=words, **given)
            else:
                version = revision_of(request.POST.get("version", ""))
                why = request.POST.get("why", "").replace("\x00", "")
                edit(item=row, words=words, why=why, version=version, **given)
            return redirect("information:item", row.pk)
        except Invalid as found:
            refusal = found
    return text_page(request, row, refusal, own=own)


def text_page(request: OfficeRequest, row: Item, refusal: Any, *, own: bool) -> HttpResponse:
    """The words in their form. A refused form stays at the version it was opened with; only where
    somebody saved meanwhile, and that text is shown beside, does it go on from the saved one."""
    saved = refusal is not None and refusal.code == "edited-meanwhile"
    row = an_item(request, row.pk) if saved else row
    values = {name: getattr(row, name) for name in WORDS} | {"version": row.version, "why": ""}
    if refusal:
        values = typed(request.POST, (*WORDS, "why", "version"))
    if saved:
        values["version"] = row.version
    words = Words(*(values[name] for name in WORDS))
    context = {
        "row": row,
        "own": own,
        "refusal": refusal,
        "values": values,
        "characters": words.characters,
        "long": long(words),
        "saved": row if saved else None,
    }
    status = 422 if refusal else 200
    return render(request, "information/ordinary/text.html", context, status=status)


@require_safe
def beside(request: OfficeRequest, pk: UUID, other: UUID) -> HttpResponse:
    """Two items side by side, with the sentences both say."""
    ensure(rules.may_open_desk(request.actor))
    row, second = an_item(request, pk), an_item(request, other)
    left, right = side_by_side(row.whole, second.whole)
    context = {"row": row, "other": second, "left": left, "right": right}
    return render(request, "information/ordinary/beside.html", context)


@require_safe
def chain(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The lineage of an item."""
    row = an_item(request, pk)
    context = {"row": row, "links": lineage(row, request.actor)}
    return render(request, "information/ordinary/lineage.html", context)


@require_safe
def of_matter(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """From a matter to the item it came from, for those who see both."""
    matters = Matter.objects.visible_to(request.actor).filter(pk=pk)
    rows = Item.objects.visible_to(request.actor).filter(handovers__matter__in=matters)
    found = rows.first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return redirect("information:lineage", found.pk)
