"""Pages of a matter's division and changes: sub-matters, merger, clock stops."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.duty import combining
from luoshi.supervision.matters.domain.matter import decomposing, drafting, merging, stopping
from luoshi.supervision.matters.domain.matter.decomposing import SubMatter
from luoshi.supervision.matters.domain.queries.burden import added
from luoshi.supervision.matters.domain.queries.changing import changes_of
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.share.assigning import Share
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, Part
from luoshi.supervision.matters.models import Assignment, ClockStop, Matter
from luoshi.supervision.matters.web.forms import parts_of

HEAD = ("office", "joint_office", "parent", "merger__into")


def page_of(matter: Matter) -> str:
    """The address of the changes page."""
    return reverse("matters:changes", args=[matter.pk])


@require_safe
def changes(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Sub-matters, objections, reassignments, stops, mergers, proposals of one matter."""
    matter = visible(Matter.objects.select_related(*HEAD), request.actor, pk)
    actor = request.actor
    found = changes_of(matter, actor, request.now)
    own = [share for share in found.shares if share.unit_id == actor.unit_id]
    decides = actor.unit_id == matter.office_id and actor.role in rules.REGISTERING_ROLES
    pending = any(
        row.answered_at is None and row.assignment.part != Part.JOINT for row in found.objections
    )
    context = {
        "matter": matter,
        "changes": found,
        "load": added(matter, [], office_date(request.now)) if decides and pending else None,
        "own": own,
        "reassignable": [share for share in found.shares if rules.may_reassign(actor, share)],
        "stoppable": [share for share in found.shares if rules.may_stop(actor, matter, share)],
        "may": {
            "decompose": bool(rules.may_decompose(actor, matter)),
            "stop": bool(rules.may_stop(actor, matter)),
            "decide": decides,
            "ask": [share for share in own if rules.may_ask_stop(actor, share)],
        },
    }
    return render(request, "matters/changes/page.html", context)


@require_http_methods(["GET", "POST"])
def parts(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Divide a matter."""
    matter = visible(Matter.objects.select_related("office"), request.actor, pk)
    ensure(rules.may_decompose(request.actor, matter))
    refusal, load = None, None
    if request.method == "POST":
        try:
            wanted = parts_of(request.POST)
            load = load_of_parts(matter, wanted, request)
            if request.POST.get("act") == "load":
                return parts_page(request, matter, load, None)

            def act() -> str:
                decomposing.decompose(
                    matter=matter, parts=wanted, actor=request.actor, at=request.now
                )
                return page_of(matter)

            return act_once(request, "matters:parts", act)
        except Invalid as found:
            refusal = found
    return parts_page(request, matter, load, refusal)


def parts_page(
    request: OfficeRequest, matter: Matter, load: dict[str, Any] | None, refusal: Invalid | None
) -> HttpResponse:
    """The form with what it would add to the units' load."""
    names = ("title", "content", "end_on", "unit")
    columns = [request.POST.getlist(name) for name in names]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=False)]
    context = {"matter": matter, "refusal": refusal, "rows": rows or [{}, {}], "load": load}
    return render(request, "matters/changes/parts.html", context, status=422 if refusal else 200)


def load_of_parts(
    matter: Matter, parts: Sequence[SubMatter], request: OfficeRequest
) -> dict[str, Any] | None:
    """What the parts that name a unit would add to the units' load (B6); None where none does. All
    parts are under the whole's rules, each with a limit of its own."""
    given = [share.unit for part in parts for share in part.shares]
    if not given:
        return None
    plan = decomposing.inherited(matter, parts[0].plan)
    like = Matter(office_id=matter.office_id, **drafting.columns(plan))
    return added(like, given, office_date(request.now))


@require_POST
def quarterly(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Ask a matter's recurring reports within the quarterly report; back to assigning."""
    matter = visible(Matter.objects.select_related("office"), request.actor, pk)
    combining.ask_within_quarterly(
        matter=matter,
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        at=request.now,
    )
    return redirect("matters:assignments", matter.pk)


@require_http_methods(["GET", "POST"])
def merger(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Merge this matter into another, named by its number."""
    matter = visible(Matter.objects.select_related("office"), request.actor, pk)
    ensure(rules.may_edit(request.actor, matter))
    typed = request.POST or request.GET
    number = typed.get("into", "").strip()[:40]
    into, refusal = None, None
    if "into" in typed:
        try:
            into = target(request, matter, number)
        except Invalid as found:
            refusal = found
    if into is not None:
        ensure(rules.may_merge(request.actor, matter, into))
    if request.method == "POST" and into is not None:
        try:
            merging.merge(
                absorbed=matter,
                into=into,
                reason=request.POST.get("reason", ""),
                take_over=taken(request, matter),
                actor=request.actor,
                at=request.now,
            )
            return redirect("matters:matter", into.pk)
        except Invalid as found:
            refusal = found
    shares = left_out(matter, into)
    reporting = [row.unit for row, part in shares if part != Part.JOINT]
    today = office_date(request.now)
    context = {
        "matter": matter,
        "into": into,
        "number": number,
        "refusal": refusal,
        "values": request.POST,
        "shares": shares,
        "load": added(into, reporting, today) if into is not None and reporting else None,
        "parts": Part.choices,
    }
    return render(request, "matters/changes/merger.html", context, status=422 if refusal else 200)


def target(request: OfficeRequest, matter: Matter, number: str) -> Matter:
    """The matter with this number in the actor's sight; refused at the field: none given, this
    matter's own, one that nobody in sight has."""
    found = Matter.objects.visible_to(request.actor).filter(number=number).first()
    if number and found is not None and found.pk != matter.pk:
        return found
    if not number:
        raise Invalid(_("Not merged."), {"into": [_("Give the number of the other matter.")]})
    text = _("No matter has the number “%(number)s”; copy it from the ledger.")
    if found is not None:
        text = _("%(number)s is this matter itself.")
    raise Invalid(_("Not merged."), {"into": [text % {"number": number}]})


def left_out(matter: Matter, into: Matter | None) -> list[tuple[Assignment, str]]:
    """The open shares whose units have no share of the other matter yet, each with the part that
    fits beside the units there: its own where nobody is there, joint stays joint beside a leading
    unit, everybody else handles a part."""
    if into is None:
        return []
    there = dict(into.assignments.filter(state__in=ASSIGNMENT_OPEN).values_list("unit", "part"))
    rows = matter.assignments.filter(state__in=ASSIGNMENT_OPEN).exclude(unit__in=there)
    leading = {Part.LEAD, Part.SOLE} & set(there.values())
    return [
        (
            row,
            row.part if not there or (row.part == Part.JOINT and leading) else Part.SEPARATE,
        )
        for row in rows.select_related("unit").order_by("unit__sort_key")
    ]


def taken(request: OfficeRequest, matter: Matter) -> list[Share]:
    """The ticked shares as shares of the other matter."""
    ticked = set(request.POST.getlist("take"))
    rows = matter.assignments.select_related("unit")
    return [
        Share(row.unit, request.POST.get(f"part_{row.pk}", Part.SEPARATE), row.task)
        for row in rows
        if str(row.pk) in ticked
    ]


@require_POST
def stops(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Stop the whole matter, or the share that is named."""
    matter = visible(Matter.objects.select_related("office"), request.actor, pk)
    named = request.POST.get("assignment", "")
    share = next((row for row in matter.assignments.all() if str(row.pk) == named), None)
    stopping.stop(
        matter=matter,
        assignment=share,
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        at=request.now,
    )
    return redirect(page_of(matter))


@require_POST
def asked_stop(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The handling unit asks for a stop of its share."""
    share = visible(Assignment.objects.select_related("matter", "unit"), request.actor, pk)
    reason = request.POST.get("reason", "")
    stopping.ask(assignment=share, reason=reason, actor=request.actor, at=request.now)
    return redirect(page_of(share.matter))


def stop_in_sight(request: OfficeRequest, pk: UUID) -> ClockStop:
    """A stop of a matter in the actor's sight."""
    row = ClockStop.objects.select_related("matter", "assignment").filter(pk=pk).first()
    visible(Matter.objects, request.actor, row.matter_id if row else pk)
    if row is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return row


@require_POST
def stop_answer(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Grant or refuse an asked stop."""
    row = stop_in_sight(request, pk)
    words: dict[str, Any] = {"actor": request.actor, "at": request.now}
    granted = request.POST.get("act") == "grant"
    stopping.answer(stop=row, granted=granted, reason=request.POST.get("reason", ""), **words)
    return redirect(page_of(row.matter))


@require_POST
def resumption(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Let the clock run again."""
    row = stop_in_sight(request, pk)
    reason = request.POST.get("reason", "")
    stopping.resume(stop=row, reason=reason, actor=request.actor, at=request.now)
    return redirect(page_of(row.matter))
