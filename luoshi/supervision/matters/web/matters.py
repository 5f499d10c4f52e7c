"""Pages of a matter: new, show, plan, registration, assigning."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.fitting import revision_of
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.courtesy import asks
from luoshi.supervision.matters.domain.duty.combining import alternative
from luoshi.supervision.matters.domain.duty.resting import resting_on
from luoshi.supervision.matters.domain.matter import drafting, registering
from luoshi.supervision.matters.domain.queries.burden import added, anew
from luoshi.supervision.matters.domain.queries.changing import parts_of
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.queries.joint import joint_offices
from luoshi.supervision.matters.domain.queries.owing import whose_turn
from luoshi.supervision.matters.domain.queries.showing import (
    days_word,
    duty_light,
    explanation,
    history,
    light_word,
    nudged,
    taken_up,
    without_siblings,
)
from luoshi.supervision.matters.domain.queries.similar import similar_to
from luoshi.supervision.matters.domain.queries.tallying import kinds_of, lights_of, tally
from luoshi.supervision.matters.domain.report.composing import out_of_date
from luoshi.supervision.matters.domain.share import assigning
from luoshi.supervision.matters.domain.share.assigning import Share
from luoshi.supervision.matters.domain.share.objecting import window_of
from luoshi.supervision.matters.domain.share.stages import (
    Held,
    behind_briefly,
    behind_words,
    is_behind,
    read,
)
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    DUTY_AWAITING_UNIT,
    MatterState,
    Part,
    Result,
    Retention,
)
from luoshi.supervision.matters.models import (
    Archiving,
    Assignment,
    Matter,
    Report,
    ReportDuty,
    sees_every_share,
)
from luoshi.supervision.matters.web.forms import kept, planned, shares_of, typed
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.enums import Regime

OF_THE_DATABASE = ("search", "seen_by", "viewers")  # what it finds rows by, no page reads it
EARLY = (MatterState.DRAFTED, MatterState.PROPOSED)


def address(matter: Matter) -> str:
    """The matter's page."""
    return reverse("matters:matter", args=[matter.pk])


@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Register a matter by hand."""
    ensure(rules.may_draft(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            plan = planned(request)

            def act() -> str:
                return address(drafting.draft(plan=plan, actor=request.actor, at=request.now))

            return act_once(request, "matters:new", act)
        except Invalid as found:
            refusal = found
    context = {
        "refusal": refusal,
        "values": typed(request.POST),
        "regimes": Regime.choices,
        "joint": joint_offices(request.actor.unit_id),
        "settings": settings_of(request.actor.unit_id),  # type: ignore[arg-type]
    }
    return render(request, "matters/plan.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "POST"])
def plan(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Change the plan of an open matter."""
    matter = visible(Matter.objects, request.actor, pk)
    ensure(rules.may_edit(request.actor, matter))
    refusal = None
    if request.method == "POST":
        try:
            drafting.replan(
                matter=matter,
                plan=planned(request, matter),
                revision=revision_of(request.POST.get("revision", "")),
                end_reason=request.POST.get("end_reason", ""),
                actor=request.actor,
                at=request.now,
            )
            return redirect(address(matter))
        except Invalid as found:
            refusal = found
    values = typed(request.POST) if refusal else kept(matter)
    context = {
        "refusal": refusal,
        "values": values,
        "matter": matter,
        "regimes": Regime.choices,
        "joint": joint_offices(matter.office_id),
        "settings": settings_of(matter.office_id),
        "issued": matter.state not in drafting.BEFORE_ISSUE,
        "resting": resting_on(matter, request.now),
    }
    return render(request, "matters/plan.html", context, status=422 if refusal else 200)


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One matter: whose turn, duties, units, history, explanation."""
    # the rest hangs on few matters and is read when it is shown: planning nine joins took longer
    rows = Matter.objects.select_related("office", "lead_unit").defer(*OF_THE_DATABASE)
    matter = visible(rows, request.actor, pk)
    at, language = request.now, get_language() or "zh-hans"
    calendar = current_calendar()
    kind = request.GET.get("history", "")
    shares = shares_in_order(matter)
    readable = {share.pk: share for share in readable_shares(request, matter, shares)}
    trail = without_siblings(
        history(matter.pk),
        hidden={str(share.unit) for share in shares if share.pk not in readable},
        own={str(share.unit) for share in readable.values()},
    )
    units = [share_line(share, at, calendar, own=share.pk in readable) for share in shares]
    duties = duty_lines(readable.values(), at)
    next_due = explained(duties)
    may = allowed(request, matter)
    mine = next((s for s in reversed(shares) if s.unit_id == request.actor.unit_id), None)
    context = {
        "matter": matter,
        "outdated": stale_report(request, matter, trail),
        "reopened": taken_up(matter),
        "closure": matter.closure_in_force() if matter.state == MatterState.CONCLUDED else None,
        "units": units,
        "duties": duties,
        "mine": mine,
        "history": [one for one in trail if kind in ("", one["kind"])],
        "kinds": kinds_of(trail, kind),
        "tally": tally(duties),
        "lights": lights_of(units),
        "why": explanation(next_due, language, calendar) if next_due else None,
        "results": Result.choices,
        "archiving": archived(matter),
        "retentions": Retention.choices,
        "may": may,
        "acts": any(may.values()),
        "anew": anew(matter, office_date(at)) if may["reopen"] else None,
        "similar": similar_to(matter) if matter.state in EARLY and may["edit"] else [],
        "parts": parts_of(matter, request.actor, at),
        "stages": read(matter.stages),
        "held": held_against(request, matter, readable.values()),
        "may_object": objection_open(request, shares),
    }
    context |= whose_turn(matter, shares, mine, at) | {"asks": asks(matter)}
    owing = str(getattr(context["owed"], "unit", ""))
    context |= nudged(matter, shares, trail, owing, at=at, calendar=calendar)
    return render(request, "matters/matter.html", context)


def stale_report(
    request: OfficeRequest, matter: Matter, trail: Sequence[dict[str, Any]]
) -> Report | None:
    """The report of the reader's own unit in this matter that a correction below made out of date;
    asked only where the trail knows of one (B17)."""
    if not any(one["action"] == "matters.outdated" for one in trail):
        return None
    return out_of_date(request.actor).filter(assignment__matter=matter).first()


def explained(duties: list[dict[str, Any]]) -> ReportDuty | None:
    """The duty whose date the page explains: the next one owed, else the earliest."""
    dated = [row["duty"] for row in duties if row["duty"].due_at and row["duty"].trace]
    return min(dated, key=lambda d: (d.state not in DUTY_AWAITING_UNIT, d.due_at), default=None)


def archived(matter: Matter) -> Archiving | None:
    """How an ended matter is kept, once it is; nothing is asked about a running one."""
    return matter.archivings.in_force().first() if matter.ended_at else None


def duty_lines(shares: Iterable[Assignment], at: datetime) -> list[dict[str, Any]]:
    """The duties of the readable shares, by date; no light while a share stands still."""
    return [
        {
            "duty": duty,
            "light": duty_light(duty, at, stopped=share.stopped_at is not None),
            "unit": share.unit,
            "kindly": share.courteous,
            "stopped": share.stopped_at is not None,
        }
        for share in shares
        for duty in sorted(share.duties.all(), key=lambda d: (d.due_at is None, d.due_at or at))
    ]


def held_against(
    request: OfficeRequest, matter: Matter, shares: Iterable[Assignment]
) -> list[Held]:
    """The open shares the reader may read, against their planned progress; without any plan, a
    unit's own share, so that it may state one."""
    found = []
    for share in shares:
        share.matter = matter
        if share.state not in ASSIGNMENT_OPEN or share.part == Part.JOINT:
            continue
        may = bool(rules.may_stage(request.actor, share))
        if matter.stages or share.stages or (may and share.unit_id == request.actor.unit_id):
            why = behind_words(share, get_language() or "zh-hans")
            why = why if share.behind(request.now) else ""
            found.append(Held(share, read(share.stages), why, may))
    return found


def objection_open(request: OfficeRequest, shares: list[Assignment]) -> bool:
    """Whether the actor's unit may still object; asked only of young shares."""
    mine = next((s for s in reversed(shares) if s.unit_id == request.actor.unit_id), None)
    if mine is None or request.now - mine.assigned_at > timedelta(days=30):
        return False
    ends = window_of(mine)
    return bool(rules.may_object(request.actor, mine, window_ends_at=ends, at=request.now))


def readable_shares(
    request: OfficeRequest, matter: Matter, shares: list[Assignment]
) -> list[Assignment]:
    """Those of the matter's shares whose reports the reader may see, with their duties."""
    found = shares
    if not sees_every_share(request.actor, matter):
        seen = Assignment.objects.visible_to(request.actor).filter(matter=matter).order_by()
        keys = set(seen.values_list("pk", flat=True))
        found = [share for share in shares if share.pk in keys]
    prefetch_related_objects(found, "duties")
    return found


def shares_in_order(matter: Matter) -> list[Assignment]:
    """Shares by the instant they were assigned, read once for the page and its rules; sorted here,
    which is cheaper for a few rows."""
    rows = Assignment.objects.select_related("unit").order_by()
    prefetch_related_objects([matter], Prefetch("assignments", rows))
    return sorted(matter.assignments.all(), key=lambda share: (share.assigned_at, str(share.pk)))


def share_line(share: Assignment, at: Any, calendar: Any, *, own: bool) -> dict[str, Any]:
    """A unit's row: siblings show name, role and light only (decision 8)."""
    limit = share.overdue_at
    return {
        "share": share,
        "light": share.light(at),
        "word": light_word(share, at),
        "detail": days_word(limit, at, calendar) if limit and share.on_clock else "",
        "behind": behind_briefly(share) if own and is_behind(share, at) else "",
        "own": own,
    }


def allowed(request: OfficeRequest, matter: Matter) -> dict[str, bool]:
    """Which acts the page offers this actor now."""
    actor = request.actor
    early = matter.state in EARLY
    officer_registers = early and settings_of(matter.office_id).officer_registers
    return {
        "edit": bool(rules.may_edit(actor, matter)),
        "refuse": early and bool(rules.may_refuse_registration(actor, matter)),
        "propose": bool(rules.may_register(actor, matter)),
        "approve": early
        and bool(rules.may_approve(actor, matter, officer_registers=officer_registers)),
        "assign": matter.state in {MatterState.REGISTERED, MatterState.ASSIGNED}
        and matter.office_id == actor.unit_id
        and actor.role in rules.REGISTERING_ROLES,
        "conclude": matter.state == MatterState.ASSIGNED
        and bool(rules.may_conclude(actor, matter)),
        "review": actor.role in rules.REGISTERING_ROLES and rules.co_owns(actor, matter),
        "reopen": bool(rules.may_reopen(actor, matter)),
        "revoke": bool(rules.may_revoke(actor, matter)),
        "archive": matter.ended_at is not None and bool(rules.may_archive(actor, matter)),
    }


@require_POST
def registration(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Propose; approve or refuse where the actor may."""
    matter = visible(Matter.objects, request.actor, pk)
    who: dict[str, Any] = {"matter": matter, "actor": request.actor, "at": request.now}
    despite, act = request.POST.get("despite", ""), request.POST.get("act")
    if act == "propose":
        registering.propose(despite=despite, **who)
    elif act == "refuse":
        registering.refuse_registration(reason=request.POST.get("reason", ""), **who)
    else:
        registering.approve_to_register(despite=despite, **who)
    return redirect(address(matter))


@require_http_methods(["GET", "POST"])
def assignments(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Assign to units."""
    matter = visible(Matter.objects, request.actor, pk)
    ensure(rules.may_assign(request.actor, matter))
    refusal = None
    load = None
    if request.method == "POST":
        try:
            shares = shares_of(request.POST)
            load = load_of(matter, shares, request)
            if request.POST.get("act") == "load":
                return assign_page(request, matter, load, None)

            def act() -> str:
                assigning.assign(matter=matter, shares=shares, actor=request.actor, at=request.now)
                return address(matter)

            return act_once(request, "matters:assignments", act)
        except Invalid as found:
            refusal = found
    return assign_page(request, matter, load or load_of(matter, (), request), refusal)


def load_of(matter: Matter, shares: Sequence[Share], request: OfficeRequest) -> dict[str, Any]:
    """What assigning would add to the units' load, and who would go over the office's cap (B6)."""
    today = office_date(request.now)
    units = {share.unit.pk: share.unit for share in shares if share.part != Part.JOINT}
    return added(matter, list(units.values()), today) | {
        "together": getattr(matter, "asked_together", None),
        "other": alternative(matter, today) if rules.may_combine(request.actor, matter) else None,
    }


def assign_page(
    request: OfficeRequest, matter: Matter, load: dict[str, Any], refusal: Invalid | None
) -> HttpResponse:
    """The form with what it would add to the units' load."""
    context = {
        "matter": matter,
        "refusal": refusal,
        "rows": given_rows(request, matter),
        "parts": Part.choices,
        "load": load,
        "asks": asks(matter),
    }
    return render(request, "matters/assign.html", context, status=422 if refusal else 200)


def given_rows(request: OfficeRequest, matter: Matter) -> list[dict[str, str]]:
    """What was typed, else the units the source named, else one empty row."""
    if request.method == "POST":
        parts, tasks = request.POST.getlist("part"), request.POST.getlist("task")
        return [
            {"unit": name, "part": parts[i] if i < len(parts) else "", "task": tasks[i]}
            for i, name in enumerate(request.POST.getlist("unit"))
        ]
    return [dict(row) for row in matter.proposed_shares] or [
        {"unit": "", "part": Part.SOLE, "task": ""}
    ]
