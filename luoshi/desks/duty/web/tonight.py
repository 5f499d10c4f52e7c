"""This shift (本班): who is on duty, what is pending, hand over and sign, the log at hand."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.finding import a_handover, a_shift, own
from luoshi.desks.duty.domain.queries.now import on_duty_in
from luoshi.desks.duty.domain.watch.handing_over import (
    hand_over,
    next_person,
    open_elsewhere,
    take_over,
)
from luoshi.desks.duty.enums import NoteKind, Post
from luoshi.desks.duty.models import DutyPerson, Handover, LogNote, Shift
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.fitting import revision_of
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key, text
from luoshi.foundation.core.web.typed_texts import typed_texts

LAST_LINES, LAST_SHIFTS = 8, 3
SOON, FORGOTTEN = timedelta(hours=1), timedelta(days=2)


@require_safe
def show(request: OfficeRequest) -> HttpResponse:
    """The shift that runs, seen by who is on duty and who answers for it."""
    ensure(rules.may_see_books(request.actor, request.now))
    return shown(request)


def shown(
    request: OfficeRequest, refusal: Any = None, form: str = "", settling: LogNote | None = None
) -> HttpResponse:
    """The page, with what was refused in one of its forms."""
    actor, at = request.actor, request.now
    there = on_duty_in([actor.unit_id], at).get(actor.unit_id, []) if actor.unit_id else []
    lines = own(LogNote, request)
    shifts = [dressed(request, row, form) for row in recent(request)]
    signed = own(Handover, request).filter(taken_at=None)
    rows = signed.select_related("giver", "taker", "shift__person").order_by("given_at")
    waiting = [pending(request, one, form) for one in rows]
    shown_again = any(vars(one)["refused"] for one in [*shifts, *waiting])
    today = office_date(at)
    listed = [one for one in own(DutyPerson, request) if one.there_on(today)]
    context = {
        "there": there,
        "shifts": shifts,
        "pending": waiting,
        "stale": None if shown_again else stale(request, form),
        "open": lines.filter(pending=True, settled_at=None).order_by("at"),
        "elsewhere": worded(open_elsewhere(shifts[0], at)) if shifts else [],
        "lines": lines.order_by("-at", "id")[:LAST_LINES],
        "people": [("", "—"), *((str(one.pk), one.name) for one in listed)],
        "kinds": NoteKind.choices,
        "may_write": bool(rules.may_write_books(actor, at)),
        "refusal": refusal,
        "settling": settling,
        "outcome": text(request.POST, "outcome"),
        "kept": typed_texts(request) if settling and isinstance(refusal, Refused) else (),
        "values": request.POST if refusal else {},
    }
    return render(
        request, "duty/books/tonight.html", context, status=refusal.status if refusal else 200
    )


def recent(request: OfficeRequest) -> list[Shift]:
    """Shifts that run or ended last and are not handed over yet, the newest first."""
    rows = Shift.objects.in_force().filter(
        office_id=request.actor.unit_id,
        post=Post.OFFICER,
        starts_at__lte=request.now,
        ends_at__gt=request.now - FORGOTTEN,
        handover=None,
    )
    return list(
        rows.select_related("person", "office").order_by("-starts_at", "post")[:LAST_SHIFTS]
    )


def dressed(request: OfficeRequest, row: Shift, form: str) -> Shift:
    """A shift with whether the reader hands it over, to whom, and whether that was just refused."""
    row.may_hand = bool(rules.may_hand_over(request.actor, row))  # type: ignore[attr-defined]
    row.soon = row.ends_at <= request.now + SOON  # type: ignore[attr-defined]
    row.next = next_person(row) if row.may_hand else None  # type: ignore[attr-defined]
    row.refused = row.may_hand and form == f"handover-{row.pk}"  # type: ignore[attr-defined]
    return row


def pending(request: OfficeRequest, row: Handover, form: str) -> Handover:
    """A hand-over that waits for its second signature, with the open lines as they were; whoever
    handed over changes it until then."""
    row.lines = list(LogNote.objects.filter(pk__in=row.notes).order_by("at"))  # type: ignore[attr-defined]
    row.rest = worded(row.others)  # type: ignore[attr-defined]
    row.may_take = bool(rules.may_take_over(request.actor, row))  # type: ignore[attr-defined]
    row.may_change = bool(rules.may_hand_over(request.actor, row.shift))  # type: ignore[attr-defined]
    row.refused = row.may_change and form == f"handover-{row.shift_id}"  # type: ignore[attr-defined]
    row.unsigned = form == f"signature-{row.pk}"  # type: ignore[attr-defined]
    return row


def stale(request: OfficeRequest, form: str) -> Handover | None:
    """What both have signed already of the shift whose hand-over was refused."""
    kind, _, key = form.partition("-")
    if kind != "handover":
        return None
    rows = own(Handover, request).filter(shift=key).select_related("giver", "taker")
    found: Handover | None = rows.first()
    return found


def worded(others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What other desks have open, in the reader's language."""
    key = "zh" if (get_language() or "zh").startswith("zh") else "en"
    return [one | {"label": one[key]} for one in others]


@require_POST
def handover(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Hand a shift over."""
    row = a_shift(request, pk)

    def act() -> str:
        key = a_key(request.POST.get("taker", ""))
        taker = own(DutyPerson, request).filter(pk=key).first() if key else None
        words = text(request.POST, "words")
        seen = revision_of(request.POST.get("revision", ""))
        by: dict[str, Any] = {"actor": request.actor, "at": request.now}
        hand_over(row, words=words, taker=taker, revision=seen, **by)
        return reverse("duty:tonight")

    try:
        return act_once(request, "duty:handover", act)
    except (Invalid, Refused) as refusal:
        return shown(request, refusal, f"handover-{row.pk}")


@require_POST
def signature(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Sign for it."""
    row = a_handover(request, pk)
    seen = request.POST.get("revision", "")
    try:
        take_over(
            row,
            words=text(request.POST, "words"),
            revision=revision_of(seen) if seen else None,
            actor=request.actor,
            at=request.now,
        )
    except Invalid as refusal:
        return shown(request, refusal, f"signature-{row.pk}")
    except Refused as refusal:
        if refusal.code != "edited-meanwhile":
            raise
        return shown(request, refusal, f"signature-{row.pk}")
    return redirect("duty:tonight")
