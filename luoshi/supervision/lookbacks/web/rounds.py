"""Rounds: list with numbers, preview and fixing of the sample, the rows of a round, promises."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import whole
from luoshi.supervision.lookbacks import rules
from luoshi.supervision.lookbacks.domain.drawing import draw
from luoshi.supervision.lookbacks.domain.fixing import change_share, fix
from luoshi.supervision.lookbacks.domain.opening import due_day, open_round
from luoshi.supervision.lookbacks.domain.queries.population import candidates_of
from luoshi.supervision.lookbacks.domain.queries.promises import promises_of
from luoshi.supervision.lookbacks.domain.queries.showing import items_of, rounds_of
from luoshi.supervision.lookbacks.enums import Finding, Ground, RoundState
from luoshi.supervision.lookbacks.models import LookBackRound

LAST = 500


def own(request: OfficeRequest, pk: UUID) -> LookBackRound:
    """A round of the reader's own office, with its numbers."""
    ensure(rules.may_read(request.actor))
    found: LookBackRound | None = rounds_of(request.actor).filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


@require_http_methods(["GET", "POST"])
def index(request: OfficeRequest) -> HttpResponse:
    """The rounds of one's office with their numbers; POST opens the next one."""
    ensure(rules.may_read(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            year = whole(request.POST.get("year", ""), "year")
            percent = whole(request.POST.get("percent", ""), "percent")

            def act() -> str:
                made = open_round(year=year, percent=percent, actor=request.actor, at=request.now)
                return reverse("lookbacks:round", args=[made.pk])

            return act_once(request, "lookbacks:rounds", act)
        except Invalid as found:
            refusal = found
    today = office_date(request.now)
    found_page = page(
        rounds_of(request.actor), order=("-year", "id"), cursor=request.GET.get("cursor", "")
    )
    for row in found_page.rows:
        row.numbers = numbers_of(row)
    year = today.year - 1
    context = {
        "page": found_page,
        "refusal": refusal,
        "year": year,
        "due": due_day(year),
        "passed": due_day(year) < today,
        "opened": any(row.year == year for row in found_page.rows),
        "may_open": bool(rules.may_open(request.actor)),
    }
    return render(request, "lookbacks/rounds.html", context, status=422 if refusal else 200)


def numbers_of(round: LookBackRound) -> list[tuple[str, object, int]]:
    """(key, label, number) of a fixed round, as its tabs and the statistic show them."""
    found = (
        ("", _("Sample"), "n_items"),
        *((ground.value, ground.label, f"n_{ground.value}") for ground in Ground),
        ("to_check", _("Not checked yet"), "n_to_check"),
        *((finding.value, finding.label, f"n_{finding.value}") for finding in Finding),
        ("reopened", _("Reopened"), "n_reopened"),
    )
    return [(key, label, getattr(round, name)) for key, label, name in found]


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """An open round as preview of its sample; a fixed one as its rows."""
    round = own(request, pk)
    today = office_date(request.now)
    context = {
        "round": round,
        "days_late": max(0, (today - round.due_on).days),
        "may_fix": bool(rules.may_fix(request.actor, round)),
    }
    if round.state == RoundState.OPEN:
        candidates = candidates_of(round.office_id, round.year)
        drawn = draw(candidates, seed=round.seed, percent=round.percent)
        context |= {"drawn": drawn[:LAST], "count": len(drawn), "population": len(candidates)}
        return render(request, "lookbacks/preview.html", context)
    shown = request.GET.get("shown", "")
    rows = items_of(round, shown, request.actor.person_id)
    found = page(rows, order=("place", "id"), cursor=request.GET.get("cursor", ""), size=100)
    context |= {"page": found, "shown": shown, "numbers": numbers_of(round)}
    return render(request, "lookbacks/round.html", context)


@require_POST
def share(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Change the random share."""
    round = own(request, pk)
    percent = whole(request.POST.get("percent", ""), "percent")
    change_share(round=round, percent=percent, actor=request.actor, at=request.now)
    return redirect("lookbacks:round", round.pk)


@require_POST
def sample(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Fix the sample."""
    round = own(request, pk)
    fix(round=round, actor=request.actor, at=request.now)
    return redirect("lookbacks:round", round.pk)


@require_safe
def promises(request: OfficeRequest) -> HttpResponse:
    """Promised dates of the office, the earliest first."""
    ensure(rules.may_read(request.actor))
    today = office_date(request.now)
    rows = promises_of(request.actor.unit_id)
    found = page(rows, order=("runs_on", "id"), cursor=request.GET.get("cursor", ""))
    for row in found.rows:
        row.reopened = getattr(row, "reopening", None)
        row.days = (today - row.runs_on).days
        row.light = light_of(row)
    return render(request, "lookbacks/promises.html", {"page": found})


def light_of(row: object) -> str:
    """Kept and reopened promises run no clock; others by their day."""
    days: int = getattr(row, "days", 0)
    if getattr(row, "kept", False) or getattr(row, "reopened", None):
        return "grey"
    return "red" if days > 0 else "yellow" if days > -30 else "green"
