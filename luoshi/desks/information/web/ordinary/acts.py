"""Acts on an item: review, merging, adoption, a leader's words, handing over, a result."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from luoshi.desks.information import rules
from luoshi.desks.information.domain.fate.adopting import adopt
from luoshi.desks.information.domain.fate.answering import answer
from luoshi.desks.information.domain.fate.handing import make_matter, request
from luoshi.desks.information.domain.fate.instructing import instruct_on, register_words
from luoshi.desks.information.domain.items.joining import join
from luoshi.desks.information.domain.items.reviewing import review
from luoshi.desks.information.models import Item, ItemInstruction
from luoshi.desks.information.web.ordinary import forms
from luoshi.desks.information.web.ordinary.items import an_item, shown
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible, Refused
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key, text


def once(web: OfficeRequest, row: Item, form: str, act: Callable[[], object]) -> HttpResponse:
    """Run a form's act once; what it refuses is shown where it was typed."""

    def acted() -> str:
        act()
        return reverse("information:item", args=[row.pk]) + f"#{form}"

    try:
        return act_once(web, f"information:item-{form}", acted)
    except (Invalid, Refused) as refused:
        return shown(web, row, refused, form)


@require_POST
def reviews(web: OfficeRequest, pk: UUID) -> HttpResponse:
    """Accept, or send back."""
    row = an_item(web, pk)
    judged = forms.judgement_of(web.POST)
    return once(
        web,
        row,
        "review",
        lambda: review(item=row, judgement=judged, actor=web.actor, at=web.now),
    )


@require_POST
def merger(web: OfficeRequest, pk: UUID) -> HttpResponse:
    """Let it go on in another item, chosen from the similar ones or by its number."""
    row = an_item(web, pk)
    ensure(rules.may_merge_items(web.actor, row))
    rows = Item.objects.visible_to(web.actor).filter(office_id=row.office_id)
    given = web.POST.get("into", "").replace("\x00", "").strip()
    key = a_key(given)
    into = rows.filter(pk=key).first() if key else rows.filter(number=given[:40]).first()
    if into is None:
        why = _("Choose another item of this office that goes on.")
        return shown(
            web,
            row,
            Invalid(pgettext_lazy("information", "Not merged."), {"into": [why]}),
            "merger",
        )
    try:
        join(item=row, into=into, actor=web.actor, at=web.now)
    except (Invalid, Refused) as refused:
        return shown(web, row, refused, "merger")
    return redirect("information:item", into.pk)


@require_POST
def adoptions(web: OfficeRequest, pk: UUID) -> HttpResponse:
    """A higher level printed it."""
    row = an_item(web, pk)

    def act() -> object:
        said, kept = forms.adopted_of(web.POST), forms.shown_of(web)
        return adopt(item=row, adopted=said, shown=kept, actor=web.actor, at=web.now)

    return once(web, row, "adoptions", act)


@require_POST
def instructions(web: OfficeRequest, pk: UUID) -> HttpResponse:
    """A leader wrote on it."""
    row = an_item(web, pk)

    def act() -> object:
        said, kept = forms.leader_words_of(web.POST), forms.shown_of(web)
        return instruct_on(item=row, words=said, shown=kept, actor=web.actor, at=web.now)

    return once(web, row, "instructions", act)


@require_POST
def registration(web: OfficeRequest, pk: UUID) -> HttpResponse:
    """A leader's words become a matter."""
    seen = Item.objects.visible_to(web.actor)
    rows = ItemInstruction.objects.select_related("item__office", "matter")
    found = rows.filter(pk=pk, item__in=seen).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    ensure(rules.may_become_matter(web.actor, found.item))

    def act() -> object:
        work = forms.work_of(web.POST, web.now, found.text, matter=True)
        by: dict[str, Any] = {"actor": web.actor, "at": web.now}
        return register_words(instruction=found, units=work.units, until=work.until, **by)

    return once(web, found.item, "instructions", act)


@require_POST
def handovers(web: OfficeRequest, pk: UUID) -> HttpResponse:
    """Ask units, or make it a matter."""
    row = an_item(web, pk)
    matter = web.POST.get("way") == "matter"
    ensure(rules.may_become_matter(web.actor, row) if matter else rules.may_hand(web.actor, row))

    def act() -> object:
        words = text(web.POST, "words")
        given = {"item": row, "work": forms.work_of(web.POST, web.now, words, matter=matter)}
        verb: Callable[..., object] = make_matter if matter else request
        return verb(**given, actor=web.actor, at=web.now)

    return once(web, row, "handovers", act)


@require_POST
def results(web: OfficeRequest, pk: UUID) -> HttpResponse:
    """What became of it."""
    row = an_item(web, pk)

    def act() -> object:
        said, kept = forms.outcome_of(web.POST, row), forms.shown_of(web)
        return answer(item=row, outcome=said, shown=kept, actor=web.actor, at=web.now)

    return once(web, row, "results", act)
