"""The roster by month: grid, proof, fairness; begin, work out, approve, publish (ui.md 5.12)."""

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.finding import a_roster
from luoshi.desks.duty.domain.queries.judging import judge
from luoshi.desks.duty.domain.roster.approving import approve, publish, take_back
from luoshi.desks.duty.domain.roster.drafting import NOT_BEGUN, begin, renew
from luoshi.desks.duty.domain.roster.wording import NO_ROSTER
from luoshi.desks.duty.domain.roster.working_out import ask
from luoshi.desks.duty.enums import OPEN_SWAPS, RosterState
from luoshi.desks.duty.models import Roster, Shift, Swap
from luoshi.desks.duty.tasks import wake
from luoshi.desks.duty.web import grid
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_date, a_span, typed

DAY = timedelta(days=1)


@require_safe
def show(request: OfficeRequest) -> HttpResponse:
    """The month of `?day=`, else this month."""
    ensure(rules.may_see(request.actor))
    return shown(request)


def shown(request: OfficeRequest, refusal: Invalid | Refused | None = None) -> HttpResponse:
    """The page, with what was refused. Of several rosters of the month one is opened, the others
    are a step away."""
    day = day_of(request)
    first = day.replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    office = request.actor.unit_id
    own = Roster.objects.filter(office_id=office, starts_on__lte=last, ends_on__gte=first)
    rosters = list(own.order_by("starts_on"))
    roster, free = chosen(rosters, day), grid.free_days(rosters, first, last)
    shifts = list(
        Shift.objects.filter(office_id=office, day__range=(first, last))
        .select_related("person", "roster")
        .order_by("starts_at", "post")
    )
    swaps = Swap.objects.filter(shift__in=shifts, state__in=OPEN_SWAPS)
    waiting = set(swaps.values_list("shift_id", flat=True))
    solving = roster is not None and roster.state == RosterState.SOLVING
    judged = judge(roster) if roster and not solving else None
    troubles = grid.troubled(judged)
    context: dict[str, Any] = {
        "first": first,
        "last": last,
        "before": first - DAY,
        "after": last + DAY,
        "today": office_date(request.now),
        "roster": roster,
        "rosters": rosters if len(rosters) > 1 else [],
        "judged": judged,
        "troubles": troubles,
        "wrong": len(troubles) + len(judged.holes if judged else ()),
        "weeks": grid.weeks(first, last, shifts, waiting, judged, office),
        "periods": grid.named_periods(office, first, last),
        "stuck": grid.stuck(roster),
        "no_roster": NO_ROSTER.get(roster.outcome) if roster else None,
        "begins": bool(rules.may_keep(request.actor) and (free or refusal)),
        "free": free or (first, last),
        "may": allowed(request, roster),
        "may_stop": bool(roster and rules.may_take_back(request.actor, roster)),
        "refusal": refusal,
        "values": typed(request.POST, ("starts_on", "ends_on")) if refusal else {},
    }
    return render(
        request, "duty/roster/month.html", context, status=refusal.status if refusal else 200
    )


def chosen(rosters: Sequence[Roster], day: date) -> Roster | None:
    """The roster a day lies in, else the next one, else the last."""
    coming = [one for one in rosters if one.ends_on >= day]
    return next(iter(coming), rosters[-1] if rosters else None)


def day_of(request: OfficeRequest) -> date:
    """The day the address asks for, or the month the refused form came from; what cannot be read is
    today."""
    try:
        given = request.GET.get("day", "") or request.POST.get("day", "")
        asked = a_date(given[:12], "day")
    except Invalid:
        asked = None
    known = asked is not None and 1990 <= asked.year <= 2098
    return asked if asked is not None and known else office_date(request.now)


def allowed(request: OfficeRequest, roster: Roster | None) -> dict[str, bool]:
    """Which acts the page offers."""
    if roster is None:
        return {}
    checks = {
        "draft": rules.may_draft,
        "approve": rules.may_approve,
        "publish": rules.may_publish,
        "take_back": rules.may_take_back,
    }
    may = {name: bool(check(request.actor, roster)) for name, check in checks.items()}
    over = roster.ends_on < office_date(request.now) - DAY
    may["take_back"] = may["take_back"] and not (over and roster.state == RosterState.PUBLISHED)
    return may


@require_POST
def rosters(request: OfficeRequest) -> HttpResponse:
    """Begin a roster and give it to the solver at once."""
    try:
        first, last = a_span(request.POST, NOT_BEGUN)
        row = begin(first, last, actor=request.actor, at=request.now)
    except (Invalid, Refused) as refusal:
        return shown(request, refusal)
    ask(row, actor=request.actor, at=request.now)
    wake.defer()
    return redirect(to_month(row))


def to_month(row: Roster) -> str:
    """The page that shows a roster."""
    return f"{reverse('duty:month')}?day={row.starts_on}"


@require_POST
def solution(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Work it out anew; what was set by hand stays."""
    row = a_roster(request, pk)
    ask(row, actor=request.actor, at=request.now)
    wake.defer()
    return redirect(to_month(row))


@require_POST
def renewal(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take up new hours and new sensitive periods."""
    row = a_roster(request, pk)
    renew(row, actor=request.actor, at=request.now)
    return redirect(to_month(row))


@require_POST
def approval(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Approve."""
    row = a_roster(request, pk)
    approve(row, actor=request.actor, at=request.now)
    return redirect(to_month(row))


@require_POST
def publication(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Publish."""
    row = a_roster(request, pk)
    publish(row, actor=request.actor, at=request.now)
    return redirect(to_month(row))


@require_POST
def redraft(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take it back to draft."""
    row = a_roster(request, pk)
    take_back(row, actor=request.actor, at=request.now)
    return redirect(to_month(row))


@require_safe
def progress(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """How far the solver is; when it is done the page is asked for again."""
    ensure(rules.may_see(request.actor))
    row = a_roster(request, pk)
    context = {"roster": row, "may_stop": bool(rules.may_take_back(request.actor, row))}
    answer = render(request, "duty/roster/progress.html", context)
    if row.state != RosterState.SOLVING:
        answer["HX-Refresh"] = "true"
    return answer
