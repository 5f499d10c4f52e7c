"""Pages at the end of a matter: the conclusion with what it rests on, the acts that end it or take
it up again, archiving, the archive."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.counting import bounded_counts
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_date
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.matter.archiving import archive
from luoshi.supervision.matters.domain.matter.closing import conclude, obstacles
from luoshi.supervision.matters.domain.matter.effects import typed_effect
from luoshi.supervision.matters.domain.matter.reopening import reopen
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.queries import exporting
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.queries.rounds import of_this_round
from luoshi.supervision.matters.domain.report.evidence import least_needed, reached
from luoshi.supervision.matters.enums import EvidenceGrade, ReportState, Result, Retention
from luoshi.supervision.matters.models import Archiving, Matter, Report, ReportFigure


@require_safe
def conclusion(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """What the conclusion rests on, what still stands in the way, and the form to conclude."""
    matter = visible(Matter.objects.select_related("office"), request.actor, pk)
    ensure(rules.may_conclude(request.actor, matter))
    return conclusion_page(request, matter)


def conclusion_page(
    request: OfficeRequest, matter: Matter, refusal: Invalid | None = None
) -> HttpResponse:
    """The page, with what was typed where it was refused."""
    accepted = Report.objects.filter(
        assignment__in=of_this_round(matter), state=ReportState.ACCEPTED
    )
    accepted = accepted.select_related("assignment__unit", "review")
    figures = targets(matter)
    context = {
        "matter": matter,
        "obstacles": obstacles(matter),
        "reports": list(accepted.order_by("-final", "-submitted_at")[:20]),
        "grade": label(reached(matter)),
        "least": label(least_needed(matter)),
        "figures": figures,
        "unmet": unmet(matter, figures),
        "results": Result.choices,
        "may": {"conclude": True},
        "refusal": refusal,
        "values": request.POST,
        "effect": request.POST,
    }
    status = 422 if refusal else 200
    return render(request, "matters/endings/conclusion.html", context, status=status)


def label(grade: int) -> str:
    """ "3 Figures with documents"; a dash while there is no accepted report."""
    return f"{grade} {EvidenceGrade(grade).label}" if grade else "—"


def targets(matter: Matter) -> list[dict[str, Any]]:
    """The figures asked for with their targets and what was reported last, added over units."""
    rows = ReportFigure.objects.filter(
        report__assignment__in=of_this_round(matter), report__state=ReportState.ACCEPTED
    ).order_by("report__submitted_at")
    last: dict[str, dict[Any, Any]] = {}
    for row in rows.select_related("report"):
        last.setdefault(row.name, {})[row.report.assignment_id] = row.value
    found = []
    for figure in matter.asked_figures.all():
        values = last.get(figure.name, {}).values()
        value = sum(values) if values else None
        short = figure.target is not None and (value is None or value < figure.target)
        found.append({"figure": figure, "value": value, "short": short})
    return found


def unmet(matter: Matter, figures: list[dict[str, Any]]) -> str:
    """The targets not reached, as a beginning for the words on what is left."""
    lines = [
        _("%(name)s: %(value)s of %(target)s %(measure)s")
        % {
            "name": row["figure"].name,
            "value": "—" if row["value"] is None else f"{row['value'].normalize():f}",
            "target": f"{row['figure'].target.normalize():f}",
            "measure": row["figure"].measure,
        }
        for row in figures
        if row["short"]
    ]
    return "\n".join(str(line).strip() for line in lines)


@require_POST
def archiving(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Put an ended matter away."""
    matter = visible(Matter.objects, request.actor, pk)
    archive(
        matter=matter,
        retention=request.POST.get("retention", ""),
        remark=request.POST.get("remark", ""),
        actor=request.actor,
        at=request.now,
    )
    return redirect("matters:matter", matter.pk)


@require_safe
def archived(request: OfficeRequest) -> HttpResponse:
    """The archive in the reader's sight, the latest first, narrowed by `retention`; with
    `show=waiting` the ended matters of one's own office that wait to be archived, the longest
    first."""
    kept, cursor = request.GET.get("retention", ""), request.GET.get("cursor", "")
    may = request.actor.role in rules.REGISTERING_ROLES
    waits = may and request.GET.get("show", "") == "waiting"
    waiting, rows = exporting.to_archive(request), exporting.archived(request)
    whole = Archiving.objects.in_force().visible_to(request.actor)
    order = ("ended_at", "id") if waits else ("-archived_at", "id")
    context = {
        "page": page(waiting if waits else rows, order=order, cursor=cursor),
        "counts": bounded_counts({"waiting": waiting, "archived": whole}),
        "show": "waiting" if waits else "archived",
        "kept": kept,
        "retentions": Retention.choices,
        "may": may,
    }
    return render(request, "matters/endings/archive.html", context)


@require_POST
def closure(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Conclude; an incomplete form comes back with what was typed."""
    matter = visible(Matter.objects.select_related("office"), request.actor, pk)
    try:
        conclude(
            matter=matter,
            result=request.POST.get("result", ""),
            summary=request.POST.get("summary", ""),
            unmet=request.POST.get("unmet", ""),
            effect=typed_effect(request.POST),
            promised_on=a_date(request.POST.get("promised_on", ""), "promised_on"),
            actor=request.actor,
            at=request.now,
        )
    except Invalid as found:
        return conclusion_page(request, matter, found)
    return redirect("matters:matter", matter.pk)


@require_POST
def reopening(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Reopen."""
    matter = visible(Matter.objects, request.actor, pk)
    reopen(
        matter=matter,
        reason=request.POST.get("reason", ""),
        due_on=a_date(request.POST.get("due_on", ""), "due_on"),
        actor=request.actor,
        at=request.now,
    )
    return redirect("matters:matter", matter.pk)


@require_POST
def revocation(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Revoke."""
    matter = visible(Matter.objects, request.actor, pk)
    reason = request.POST.get("reason", "")
    revoke(matter=matter, reason=reason, actor=request.actor, at=request.now)
    return redirect("matters:matter", matter.pk)
