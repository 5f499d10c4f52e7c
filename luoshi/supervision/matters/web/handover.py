"""Pages of a share's handing over: objection, answer, reassignment, opinion to the lead unit."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.domain.queries.names import unit_by_name
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.queries.burden import added
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.share import advising, objecting, reassigning
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Assignment, Matter, Objection

SHARE = ("matter__office", "unit")


def share_in_sight(request: OfficeRequest, pk: UUID) -> Assignment:
    """A share the actor may read."""
    row: Assignment = visible(Assignment.objects.select_related(*SHARE), request.actor, pk)
    return row


def named_unit(request: OfficeRequest, what: object) -> Unit:
    """The unit a form names; an unknown name is refused by name, a missing reason with it."""
    name = request.POST.get("unit", "").strip()
    found = unit_by_name(name) if name else None
    if found is not None:
        return found
    text = _("No unit is called “%(name)s”.") % {"name": name} if name else _("Name the unit.")
    errors = {"unit": [text]}
    if not request.POST.get("reason", "").strip():
        errors["reason"] = [_("Give the reason; both units read it.")]
    raise Invalid(str(what), errors)


@require_http_methods(["GET", "POST"])
def objection(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Object to an assignment."""
    share = share_in_sight(request, pk)
    ends = objecting.window_of(share)
    ensure(rules.may_object(request.actor, share, window_ends_at=ends, at=request.now))
    refusal = None
    if request.method == "POST":
        try:
            objecting.object_to(
                assignment=share,
                reason=request.POST.get("reason", ""),
                suggestion=request.POST.get("suggestion", ""),
                actor=request.actor,
                at=request.now,
            )
            return redirect("matters:changes", share.matter_id)
        except Invalid as found:
            refusal = found
    context = {"share": share, "ends": ends, "refusal": refusal, "values": request.POST}
    return render(
        request, "matters/changes/objection.html", context, status=422 if refusal else 200
    )


@require_POST
def objection_answer(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Accept (and reassign) or reject an objection."""
    rows = Objection.objects.select_related("assignment__matter", "assignment__unit")
    row = rows.filter(pk=pk).first()
    share_in_sight(request, row.assignment_id if row else pk)
    if row is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    ensure(rules.may_answer_objection(request.actor, row))
    reason = request.POST.get("reason", "")
    if request.POST.get("act") == "accept":
        unit = named_unit(request, _("Not reassigned."))
        objecting.accept(
            objection=row, unit=unit, reason=reason, actor=request.actor, at=request.now
        )
    else:
        objecting.reject(objection=row, reason=reason, actor=request.actor, at=request.now)
    return redirect("matters:changes", row.assignment.matter_id)


@require_http_methods(["GET", "POST"])
def reassignment(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Give a share to another unit."""
    share = share_in_sight(request, pk)
    ensure(rules.may_reassign(request.actor, share))
    refusal = None
    looks = request.POST.get("act") == "load"
    if request.method == "POST" and (not looks or request.POST.get("unit", "").strip()):
        try:
            unit = named_unit(request, _("Not reassigned."))
            if not looks:
                reason = request.POST.get("reason", "")
                who: dict[str, Any] = {"actor": request.actor, "at": request.now}
                reassigning.reassign(assignment=share, unit=unit, reason=reason, **who)
                return redirect("matters:changes", share.matter_id)
        except Invalid as found:
            refusal = found
    waiting = Objection.objects.filter(assignment=share).first()
    named = request.POST.get("unit") or (waiting.suggestion if waiting else "")
    context = {
        "share": share,
        "refusal": refusal,
        "values": request.POST,
        "objection": waiting,
        "unit": named,
        "load": load_of(share, named, request),
    }
    return render(
        request, "matters/changes/reassignment.html", context, status=422 if refusal else 200
    )


def load_of(share: Assignment, name: str, request: OfficeRequest) -> dict[str, Any] | None:
    """What the share would ask of the unit named, or of any unit (B6); a joint unit owes an opinion
    and no reports."""
    if share.part == Part.JOINT:
        return None
    unit = unit_by_name(name.strip()) if name.strip() else None
    return added(share.matter, [unit] if unit else [], office_date(request.now))


@require_http_methods(["GET", "POST"])
def opinion(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The joint unit's opinion to the lead unit."""
    share = share_in_sight(request, pk)
    ensure(rules.may_advise(request.actor, share))
    refusal = None
    if request.method == "POST":
        try:
            advising.advise(
                assignment=share,
                text=request.POST.get("text", "").replace("\x00", ""),
                actor=request.actor,
                at=request.now,
            )
            return redirect("matters:changes", share.matter_id)
        except Invalid as found:
            refusal = found
    context = {
        "share": share,
        "lead": advising.lead_of(share),
        "duty": share.duties.order_by("due_at").first(),
        "given": share.opinions.order_by("given_at"),
        "refusal": refusal,
        "values": request.POST,
    }
    return render(request, "matters/changes/opinion.html", context, status=422 if refusal else 200)


@require_safe
def opinions(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """What the joint units said to the lead unit, and who has not spoken yet."""
    matter = visible(Matter.objects.select_related("office"), request.actor, pk)
    rows = Assignment.objects.visible_to(request.actor).filter(matter=matter, part=Part.LEAD)
    lead = rows.select_related("unit").order_by("-assigned_at").first()
    if lead is None:
        raise NotVisible(
            _("There is no lead unit whose opinions you may read."),
            next_steps=(_("A joint unit finds its own opinion on the page of changes."),),
            code="not-visible",
        )
    context = {"matter": matter, "lead": lead, "joints": advising.joints_of(lead)}
    return render(request, "matters/changes/opinions.html", context)
