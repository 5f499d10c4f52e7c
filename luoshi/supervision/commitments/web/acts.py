"""Acts on commitments: undertake, change, end; keep or excuse an occurrence."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_date, text, typed, uploads
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.phrases import WEEK_EN, WEEK_ZH, phrase
from luoshi.supervision.commitments import rules
from luoshi.supervision.commitments.domain import changing, excusing
from luoshi.supervision.commitments.domain import ending as ends
from luoshi.supervision.commitments.domain.keeping import Kept, keep
from luoshi.supervision.commitments.domain.occurring import next_few
from luoshi.supervision.commitments.domain.rhythm import kept_rule
from luoshi.supervision.commitments.domain.undertaking import (
    NOT_DONE,
    Checked,
    checked,
    undertake,
)
from luoshi.supervision.commitments.kinds import KINDS
from luoshi.supervision.commitments.models import Commitment
from luoshi.supervision.commitments.web import showing
from luoshi.supervision.commitments.web.forms import HOWS, TYPED, a_moment, kept_values, plan_of
from luoshi.supervision.commitments.web.pages import (
    a_commitment,
    an_occurrence,
    occurrence_shown,
    shown,
)

AHEAD = 5


def weekdays() -> list[tuple[int, str]]:
    """The days of the week as choices."""
    zh = showing.language().startswith("zh")
    return [(n + 1, f"周{WEEK_ZH[n]}" if zh else WEEK_EN[n]) for n in range(7)]


def understood(known: Checked, on: date) -> dict[str, Any]:
    """What the engine makes of a plan: the rhythm in words and the next limits."""
    found = next_few(known.terms, number=AHEAD, calendar=current_calendar(), on=on)
    return {
        "rule": phrase(known.terms.rule, showing.language()),
        "ahead": showing.ahead(found),
    }


def choices(request: OfficeRequest) -> dict[str, Any]:
    """The lists of the forms."""
    return {
        "hows": HOWS,
        "weekdays": weekdays(),
        "people": showing.responsible_choices(request.actor, request.now),
        "kinds": [("", "—"), *KINDS.items()] if KINDS else [],
    }


@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Undertake a commitment; first it is shown what was understood."""
    ensure(rules.may_undertake(request.actor))
    refusal, shown_back = None, None
    if request.method == "POST":
        try:
            plan = plan_of(request.POST)
            if request.POST.get("act") != "save":
                known = checked(plan, request.actor.unit_id, request.now, NOT_DONE)
                shown_back = understood(known, known.terms.starts_on)
            else:

                def act() -> str:
                    made = undertake(plan=plan, actor=request.actor, at=request.now)
                    return reverse("commitments:commitment", args=[made.pk])

                return act_once(request, "commitments:new", act)
        except Invalid as wrong:
            refusal = wrong
    values = typed(request.POST, TYPED) if request.method == "POST" else {"warning": "1"}
    context = choices(request) | {"refusal": refusal, "values": values, "understood": shown_back}
    return render(request, "commitments/new.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "POST"])
def change(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Change what holds from a day on; first it is shown what moves."""
    row = a_commitment(request, pk)
    actor, at = request.actor, request.now
    ensure(rules.may_change(actor, row, at))
    refusal, preview = None, None
    if request.method == "POST":
        try:
            plan = plan_of(request.POST)
            if request.POST.get("act") != "save":
                preview = moved(row, changing.planned(row, plan, at))
            else:
                reason = text(request.POST, "reason")

                def act() -> str:
                    changing.change(commitment=row, plan=plan, reason=reason, actor=actor, at=at)
                    return reverse("commitments:commitment", args=[row.pk])

                return act_once(request, "commitments:change", act)
        except (Invalid, Refused) as wrong:
            refusal = wrong
    version = changing.current_version(row, at)
    values = typed(request.POST, TYPED)
    if request.method != "POST":
        words = phrase(kept_rule(version.rule), "zh")
        values = kept_values(version, words, office_date(at).isoformat())
    context = choices(request) | {
        "row": row,
        "version": version,
        "rule": showing.rule_words(version),
        "refusal": refusal,
        "values": values,
        "preview": preview,
    }
    status = refusal.status if refusal else 200
    return render(request, "commitments/change.html", context, status=status)


def moved(row: Commitment, known: Checked) -> dict[str, Any]:
    """What a change does: every open occurrence before and after, and the next limits."""
    found = changing.moves(row, known)
    lines = [
        {
            "row": one.row,
            "to": showing.limit_words(one.to) if one.to else "",
            "moves": one.moves,
        }
        for one in found
    ]
    return understood(known, known.terms.starts_on) | {"moves": lines}


@require_POST
def ending(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """It ends on a day."""
    row = a_commitment(request, pk)
    try:
        ends.end(
            commitment=row,
            on=a_date(request.POST.get("on", ""), "on"),
            reason=text(request.POST, "reason"),
            actor=request.actor,
            at=request.now,
        )
    except (Invalid, Refused) as wrong:
        return shown(request, row, wrong, wrong.status)
    return redirect("commitments:commitment", row.pk)


@require_POST
def keeping(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """It took place."""
    row = an_occurrence(request, pk)

    def act() -> str:
        kept = Kept(
            a_moment(text(request.POST, "kept_at"), "kept_at"),
            text(request.POST, "note"),
            uploads(request),
        )
        keep(occurrence=row, kept=kept, actor=request.actor, at=request.now)
        return reverse("commitments:occurrence", args=[row.pk])

    try:
        return act_once(request, "commitments:keeping", act)
    except (Invalid, Refused) as wrong:
        return occurrence_shown(request, row, wrong, "keeping")


@require_POST
def excuse(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """It need not take place."""
    row = an_occurrence(request, pk)
    try:
        excusing.excuse(
            occurrence=row,
            reason=text(request.POST, "reason"),
            actor=request.actor,
            at=request.now,
        )
    except (Invalid, Refused) as wrong:
        return occurrence_shown(request, row, wrong, "excuse")
    return redirect("commitments:occurrence", row.pk)
