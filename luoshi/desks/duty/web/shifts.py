"""One shift: who holds it, by hand, swaps; the list of swaps."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.conflicts import against, worded
from luoshi.desks.duty.domain.queries.finding import a_shift, a_swap, own
from luoshi.desks.duty.domain.queries.listing import SWAP_ORDER
from luoshi.desks.duty.domain.queries.listing import swaps as swaps_of
from luoshi.desks.duty.domain.queries.problems import people_for
from luoshi.desks.duty.domain.roster import swapping
from luoshi.desks.duty.domain.roster.editing import put
from luoshi.desks.duty.models import DutyPerson, Shift
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key, text
from luoshi.supervision.matters.domain.queries.showing import history_of

NOBODY = "-"
NEXT_SHOWN = 40


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A shift."""
    ensure(rules.may_see(request.actor))
    return shown(request, a_shift(request, pk))


def shown(request: OfficeRequest, row: Shift, refusal: Any = None, form: str = "") -> HttpResponse:
    """The page, with what was refused in one of its forms."""
    actor = request.actor
    able = [one for one in people_for(row.roster) if row.post in one.posts]
    may_edit = bool(rules.may_edit(actor, row)) and row.ends_at > request.now
    may_swap = bool(rules.may_ask_swap(actor, row)) and row.starts_at > request.now
    context = {
        "row": row,
        "able": fitness(row, able) if may_edit else [],
        "people": [(NOBODY, _("Nobody")), *((str(one.pk), one.name) for one in able)],
        "takers": [(str(one.pk), one.name) for one in able if one.pk != row.person_id],
        "others": others(row, request) if may_swap else [],
        "swaps": row.swaps.select_related("asker", "taker", "other"),
        "may_edit": may_edit,
        "may_swap": may_swap,
        "mine": rules.holds(actor, row.person),
        "history": history_of("duty.shift", row.pk),
        "refusal": refusal,
        "form": form,
        "values": request.POST if refusal else {},
    }
    return render(
        request, "duty/roster/shift.html", context, status=refusal.status if refusal else 200
    )


def fitness(row: Shift, people: list[DutyPerson]) -> list[dict[str, Any]]:
    """What stands against each, before anybody is put there."""
    found = against(row, people)
    return [{"person": one, "against": worded(found[one.pk], one, row)} for one in people]


def others(row: Shift, request: OfficeRequest) -> list[tuple[str, str]]:
    """Shifts of others that could come back in exchange."""
    rows = (
        Shift.objects.in_force()
        .filter(office_id=row.office_id, post=row.post, starts_at__gt=request.now)
        .exclude(person=row.person)
        .select_related("person")
        .order_by("starts_at")[:NEXT_SHOWN]
    )
    return [("", "—"), *((str(one.pk), f"{one.day} {one.person}") for one in rows)]


@require_POST
def person(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Put somebody on it, or nobody."""
    row = a_shift(request, pk)
    try:
        chosen = a_chosen(request, request.POST.get("person", ""), "person")
        reason = text(request.POST, "reason")
        put(row, chosen, reason=reason, actor=request.actor, at=request.now)
    except (Invalid, Refused) as refusal:
        return shown(request, row, refusal, "person")
    return redirect("duty:shift", row.pk)


def a_chosen(request: OfficeRequest, typed: str, field: str) -> DutyPerson | None:
    """Somebody of the list; NOBODY = nobody."""
    if typed == NOBODY:
        return None
    key = a_key(typed)
    found: DutyPerson | None = own(DutyPerson, request).filter(pk=key).first() if key else None
    if found is None:
        raise Invalid(_("Not set."), {field: [_("Choose one of the list.")]})
    return found


@require_POST
def swap(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Ask for a swap."""
    ensure(rules.may_see(request.actor))
    row = a_shift(request, pk)

    def act() -> str:
        taker = a_chosen(request, request.POST.get("taker", ""), "taker")
        if taker is None:
            raise Invalid(_("Not asked."), {"taker": [_("Choose one of the list.")]})
        key = a_key(request.POST.get("other", ""))
        other = own(Shift, request).select_related("roster", "person").filter(pk=key).first()
        swapping.ask(
            row,
            taker=taker,
            other=other if key else None,
            reason=text(request.POST, "reason"),
            actor=request.actor,
            at=request.now,
        )
        return reverse("duty:shift", args=[row.pk])

    try:
        return act_once(request, "duty:swap", act)
    except (Invalid, Refused) as refusal:
        return shown(request, row, refusal, "swap")


@require_safe
def swaps(request: OfficeRequest) -> HttpResponse:
    """All swaps of the office, the newest first, with what the reader can do."""
    ensure(rules.may_see(request.actor))
    rows = swaps_of(request.actor)
    found = page(rows, order=SWAP_ORDER, cursor=request.GET.get("cursor", ""))
    for row in found.rows:
        row.may_answer = bool(rules.may_answer_swap(request.actor, row))
        row.may_decide = bool(rules.may_decide_swap(request.actor, row))
        row.may_withdraw = bool(rules.may_withdraw_swap(request.actor, row))
    return render(request, "duty/roster/swaps.html", {"page": found})


@require_POST
def decide(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Agree, decline, withdraw, approve: the button says which."""
    row, words = a_swap(request, pk), text(request.POST, "words")
    act = request.POST.get("act", "")
    given: dict[str, Any] = {"actor": request.actor, "at": request.now}
    if act == "agree":
        swapping.agree(row, **given)
    elif act == "decline":
        swapping.decline(row, words=words, **given)
    elif act == "withdraw":
        swapping.withdraw(row, **given)
    elif act == "approve":
        swapping.approve(row, **given)
    else:
        raise Invalid(_("Not done."), {"act": [_("Choose one of the list.")]})
    return redirect("duty:swaps")
