"""Pages of a matter: new, show, plan, registration, assigning, conclusion, revocation."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.matter import closing, drafting, registering, revoking
from luoshi.supervision.matters.domain.queries.changing import parts_of
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.queries.joint import joint_offices
from luoshi.supervision.matters.domain.queries.showing import (
    days_word,
    duty_light,
    explanation,
    history,
    light_word,
)
from luoshi.supervision.matters.domain.queries.similar import similar_to
from luoshi.supervision.matters.domain.share import assigning
from luoshi.supervision.matters.domain.share.objecting import window_of
from luoshi.supervision.matters.enums import Light, MatterState, Part, Result
from luoshi.supervision.matters.models import Assignment, Matter, ReportDuty
from luoshi.supervision.matters.web.forms import kept, plan_of, shares_of, typed
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.enums import Regime

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
            plan = plan_of(request.POST)

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
                plan=plan_of(request.POST, matter),
                revision=int(request.POST.get("revision", "0") or 0),
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
    }
    return render(request, "matters/plan.html", context, status=422 if refusal else 200)


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One matter: whose turn, duties, units, history, explanation."""
    rows = Matter.objects.select_related(
        "office",
        "joint_office",
        "parent",
        "lead_unit",
        "closure",
        "revocation",
        "merger__into",
        "instructed_by",
    )
    matter = visible(rows, request.actor, pk)
    at, language = request.now, get_language() or "zh-hans"
    calendar = current_calendar()
    shares = list(matter.assignments.select_related("unit").order_by("assigned_at", "pk"))
    readable = set(
        Assignment.objects.visible_to(request.actor)
        .filter(matter=matter)
        .values_list("pk", flat=True)
    )
    units = [share_line(share, at, calendar, own=share.pk in readable) for share in shares]
    duties: list[dict[str, Any]] = [
        {
            "duty": duty,
            "light": light_of(duty, share, at),
            "unit": share.unit,
            "kindly": share.courteous,
        }
        for share in readable_of(shares, readable)
        for duty in sorted(share.duties.all(), key=lambda d: (d.due_at is None, d.due_at or at))
    ]
    next_due = min(
        (row for row in duties if row["duty"].due_at and row["duty"].trace),
        key=lambda row: (row["duty"].state not in {"open", "returned"}, row["duty"].due_at),
        default=None,
    )
    context = {
        "matter": matter,
        "light": matter.light(at),
        "units": units,
        "duties": duties,
        "mine": next((s for s in shares if s.unit_id == request.actor.unit_id), None),
        "history": history(matter.pk),
        "why": explanation(next_due["duty"], language, calendar) if next_due else None,
        "results": Result.choices,
        "may": allowed(request, matter),
        "similar": similar_to(matter)
        if matter.state in EARLY and mine_to_file(request, matter)
        else [],
        "parts": parts_of(matter, request.actor, at),
        "may_object": objection_open(request, shares),
        "detail": days_word(matter.overdue_at, at, calendar) if matter.overdue_at else "",
    }
    return render(request, "matters/matter.html", context)


def light_of(duty: ReportDuty, share: Assignment, at: datetime) -> Light:
    """A duty's light; none while its share stands still."""
    return duty_light(duty, at, stopped=share.stopped_at is not None)


def readable_of(shares: list[Assignment], readable: set[UUID]) -> list[Assignment]:
    """The shares the actor may read, with their duties."""
    own = [share for share in shares if share.pk in readable]
    prefetch_related_objects(own, "duties")
    return own


def mine_to_file(request: OfficeRequest, matter: Matter) -> bool:
    """Whether the actor registers matters in this matter's office."""
    return bool(rules.may_edit(request.actor, matter))


def objection_open(request: OfficeRequest, shares: list[Assignment]) -> bool:
    """Whether the actor's unit may still object; asked only of young shares."""
    mine = next((one for one in shares if one.unit_id == request.actor.unit_id), None)
    if mine is None or request.now - mine.assigned_at > timedelta(days=30):
        return False
    ends = window_of(mine)
    return bool(rules.may_object(request.actor, mine, window_ends_at=ends, at=request.now))


def share_line(share: Assignment, at: Any, calendar: Any, *, own: bool) -> dict[str, Any]:
    """A unit's row: siblings show name, role and light only (decision 8)."""
    limit = share.overdue_at
    return {
        "share": share,
        "light": share.light(at),
        "word": light_word(share, at),
        "detail": days_word(limit, at, calendar) if limit and share.on_clock else "",
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
        "revoke": bool(rules.may_revoke(actor, matter)),
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
    if request.method == "POST":
        try:
            shares = shares_of(request.POST)

            def act() -> str:
                assigning.assign(matter=matter, shares=shares, actor=request.actor, at=request.now)
                return address(matter)

            return act_once(request, "matters:assignments", act)
        except Invalid as found:
            refusal = found
    rows = given_rows(request, matter)
    context = {"matter": matter, "refusal": refusal, "rows": rows, "parts": Part.choices}
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


@require_POST
def closure(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Conclude."""
    matter = visible(Matter.objects, request.actor, pk)
    closing.conclude(
        matter=matter,
        result=request.POST.get("result", ""),
        summary=request.POST.get("summary", ""),
        actor=request.actor,
        at=request.now,
    )
    return redirect(address(matter))


@require_POST
def revocation(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Revoke."""
    matter = visible(Matter.objects, request.actor, pk)
    reason = request.POST.get("reason", "")
    revoking.revoke(matter=matter, reason=reason, actor=request.actor, at=request.now)
    return redirect(address(matter))
