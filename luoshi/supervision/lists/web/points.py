"""Points of a drafted list: paste several, change one, remove one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.lists import rules
from luoshi.supervision.lists.domain import drafting
from luoshi.supervision.lists.domain.pasting import read_points
from luoshi.supervision.lists.models import ListPoint, SupervisionPointsList
from luoshi.supervision.lists.web.forms import one_point
from luoshi.supervision.lists.web.lists import a_list, address
from luoshi.supervision.matters.domain.queries.fetching import visible


@require_http_methods(["GET", "POST"])
def add(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Type or paste several points; a preview shows what was understood, then they are added."""
    found = a_list(request, pk)
    ensure(rules.may_edit(request.actor, found))
    refusal, preview = None, None
    pasted = request.POST.get("points", "")
    if request.method == "POST":
        try:
            points = read_points(pasted)
            if request.POST.get("act") == "add":

                def act() -> str:
                    drafting.add_points(
                        points_list=found, points=points, actor=request.actor, at=request.now
                    )
                    return address(found)

                return act_once(request, "lists:points", act)
            preview = points
        except Invalid as wrong:
            refusal = wrong
    context = {"list": found, "pasted": pasted, "refusal": refusal, "preview": preview}
    return render(request, "lists/points.html", context, status=422 if refusal else 200)


def a_point(request: OfficeRequest, pk: UUID) -> ListPoint:
    """The point, through what the reader may see of its list."""
    point = ListPoint.objects.select_related("points_list", "lead_unit").filter(pk=pk).first()
    if point is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    visible(SupervisionPointsList.objects, request.actor, point.points_list_id)
    return point


@require_http_methods(["GET", "POST"])
def edit(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Change one point."""
    point = a_point(request, pk)
    ensure(rules.may_edit(request.actor, point.points_list))
    refusal = None
    if request.method == "POST":
        try:
            typed = one_point(request.POST)
            drafting.edit_point(point=point, typed=typed, actor=request.actor, at=request.now)
            return redirect(address(point.points_list))
        except Invalid as wrong:
            refusal = wrong
    names = ("text", "lead", "joint", "limit")
    values = {name: request.POST.get(name, "") for name in names}
    if not refusal:
        joint = "、".join(str(unit) for unit in point.joint_units.all())
        values = {"text": point.text, "lead": str(point.lead_unit or ""), "joint": joint}
        values["limit"] = point.limit_words
    context = {"list": point.points_list, "point": point, "values": values, "refusal": refusal}
    return render(request, "lists/point.html", context, status=422 if refusal else 200)


@require_POST
def remove(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Take one point off."""
    point = a_point(request, pk)
    found = drafting.remove_point(point=point, actor=request.actor, at=request.now)
    return redirect(address(found))
