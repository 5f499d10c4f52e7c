"""Pages of what a matter is measured by, of its planned progress, and of how an office reviews."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.matter.measuring import AskedFigure, set_measures
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.share.stages import Stage, read
from luoshi.supervision.matters.domain.share.staging import plan_progress, plan_share
from luoshi.supervision.matters.enums import EvidenceGrade
from luoshi.supervision.matters.models import Assignment, Matter
from luoshi.supervision.matters.web.forms import stages_of
from luoshi.supervision.matters.web.reports import PHRASES
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.domain.settling import may_phrase, may_settle, rephrase, settle


def grades() -> list[tuple[int, str]]:
    """The grades of evidence in the reader's language."""
    return [(grade.value, f"{grade.value} {grade.label}") for grade in EvidenceGrade]


@require_http_methods(["GET", "POST"])
def measures(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The figures a matter asks for and the least grade of evidence."""
    matter = visible(Matter.objects.select_related("office"), request.actor, pk)
    ensure(rules.may_edit(request.actor, matter))
    refusal = None
    if request.method == "POST":
        try:
            grade = request.POST.get("least_evidence", "")
            set_measures(
                matter=matter,
                figures=asked_of(request.POST),
                least_evidence=int(grade) if grade.isascii() and grade.isdigit() else None,
                actor=request.actor,
                at=request.now,
            )
            return redirect("matters:matter", matter.pk)
        except Invalid as found:
            refusal = found
    office = settings_of(matter.office_id).least_evidence
    default = _("As the office: %(grade)s") % {"grade": dict(grades())[office]}
    context = {
        "matter": matter,
        "refusal": refusal,
        "rows": typed(request.POST) if refusal else kept(matter),
        "grades": [("", default), *grades()],
        "least": request.POST.get("least_evidence", "") if refusal else matter.least_evidence or "",
    }
    status = 422 if refusal else 200
    return render(request, "matters/endings/measures.html", context, status=status)


def typed(post: QueryDict) -> list[dict[str, str]]:
    """The figure rows as typed."""
    names = zip(
        post.getlist("figure_name"),
        post.getlist("figure_measure"),
        post.getlist("figure_target"),
        strict=False,
    )
    return [{"name": n, "measure": m, "target": t} for n, m, t in names]


def kept(matter: Matter) -> list[dict[str, Any]]:
    """The figures as stored, with an empty row to add one."""
    rows = [
        {
            "name": row.name,
            "measure": row.measure,
            "target": "" if row.target is None else f"{row.target.normalize():f}",
        }
        for row in matter.asked_figures.all()
    ]
    return [*rows, {"name": "", "measure": "", "target": ""}]


def asked_of(post: QueryDict) -> list[AskedFigure]:
    """The figure rows; empty ones are left out, a target that is no number is named."""
    found = []
    for row in typed(post):
        raw = row["target"].replace(",", "").strip()
        if not row["name"].strip() and not raw:
            continue
        try:
            target = Decimal(raw) if raw else None
        except InvalidOperation as error:
            text = _("“%(raw)s” is not a number.") % {"raw": raw[:20]}
            raise Invalid(_("Not saved."), {"figure_target": [text]}) from error
        found.append(AskedFigure(row["name"], row["measure"], target))
    return found


@require_http_methods(["GET", "POST"])
def matter_stages(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The planned progress of a matter."""
    matter = visible(Matter.objects.select_related("office"), request.actor, pk)
    ensure(rules.may_edit(request.actor, matter))

    def save(stages: list[Stage]) -> None:
        plan_progress(matter=matter, stages=stages, actor=request.actor, at=request.now)

    return stages_page(request, matter, None, save)


@require_http_methods(["GET", "POST"])
def share_stages(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The planned progress of one unit's share."""
    rows = Assignment.objects.select_related("matter__office", "unit")
    share: Assignment = visible(rows, request.actor, pk)
    ensure(rules.may_stage(request.actor, share))

    def save(stages: list[Stage]) -> None:
        plan_share(assignment=share, stages=stages, actor=request.actor, at=request.now)

    return stages_page(request, share.matter, share, save)


def stages_page(
    request: OfficeRequest,
    matter: Matter,
    share: Assignment | None,
    save: Callable[[list[Stage]], None],
) -> HttpResponse:
    """The form with its rows; saved, back to the matter."""
    refusal = None
    if request.method == "POST":
        try:
            save(stages_of(request.POST))
            return redirect("matters:matter", matter.pk)
        except Invalid as found:
            refusal = found
    kept_rows = read(share.stages if share else matter.stages)
    rows: list[dict[str, Any]] = [
        {"on": one.on.isoformat(), "percent": one.percent, "text": one.text} for one in kept_rows
    ]
    if refusal:
        columns = [request.POST.getlist(f"stage_{name}") for name in ("on", "percent", "text")]
        rows = [
            {"on": on, "percent": percent, "text": text}
            for on, percent, text in zip(*columns, strict=False)
        ]
    empty = {"on": "", "percent": "", "text": ""}
    context = {
        "matter": matter,
        "share": share,
        "of_matter": read(matter.stages) if share else [],
        "rows": [*rows, *([] if refusal and rows else [empty])],
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render(request, "matters/endings/stages.html", context, status=status)


@require_http_methods(["GET", "POST"])
def review_settings(request: OfficeRequest) -> HttpResponse:
    """How the office reviews: phrases, redo limit, least evidence, the principal's signature."""
    office_id = request.actor.unit_id if request.actor else None
    ensure(may_phrase(request.actor, office_id))
    settles = bool(may_settle(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            if request.POST.get("act") == "settle":
                values = values_of(request.POST)
                settle(office_id=office_id, values=values, actor=request.actor, at=request.now)
            else:
                lines = request.POST.get("phrases", "").splitlines()
                rephrase(office_id=office_id, phrases=lines, actor=request.actor, at=request.now)
            return redirect("matters:review-settings")
        except Invalid as found:
            refusal = found
    settings = settings_of(office_id)  # type: ignore[arg-type]
    phrases = "\n".join(str(text) for text in settings.return_phrases or PHRASES)
    context = {
        "settings": settings,
        "phrases": str(request.POST.get("phrases", phrases)) if refusal else phrases,
        "values": request.POST if refusal and "redo_workdays" in request.POST else settings,
        "settles": settles,
        "grades": grades(),
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render(request, "matters/endings/review_settings.html", context, status=status)


def values_of(post: QueryDict) -> dict[str, Any]:
    """The settings form; anything that is no number is refused by the field's range."""
    found: dict[str, Any] = {"principal_signs": "principal_signs" in post}
    for name in ("redo_workdays", "least_evidence", "spot_percent"):
        text = post.get(name, "")
        found[name] = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else -1
    return found
