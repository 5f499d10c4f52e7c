"""The simulation: other weights on the facts of a period, who moves and why, and the rows behind
every simulated score (B22). Nothing is saved; the weights stand in the address."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.appraisal import rules
from luoshi.supervision.appraisal.domain.queries.trying import trial_of
from luoshi.supervision.appraisal.domain.scoring import Line
from luoshi.supervision.appraisal.enums import Group
from luoshi.supervision.appraisal.models import ScoringVersion
from luoshi.supervision.appraisal.web.forms import limits, weight_rows
from luoshi.supervision.appraisal.web.rankings import choices, worded


@require_safe
def simulation(request: OfficeRequest) -> HttpResponse:
    """Who moves and why; every score opens its rows."""
    ensure(rules.may_prepare(request.actor))
    trial = trial_of(request)
    for move in trial.moves:
        move.after.group = str(move.after.group)
    groups = [(one.label, [m for m in trial.moves if m.after.group == one]) for one in Group]
    context = {
        "period": trial.period,
        "periods": choices(request.now),
        "words": trial.period.label(get_language() or "zh-hans"),
        "version": trial.version,
        "versions": ScoringVersion.objects.filter(office_id=request.actor.unit_id).order_by(
            "-number"
        ),
        "frozen": trial.frozen,
        "rows": weight_rows(trial.after, request.GET if trial.refusal else None),
        **limits(trial.after, request.GET if trial.refusal else None),
        "groups": groups,
        "moved": sum(1 for move in trial.moves if move.places),
        "refusal": trial.refusal,
    }
    status = 422 if trial.refusal else 200
    return render(request, "appraisal/simulation.html", context, status=status)


@require_safe
def simulated_unit(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A unit's simulated score beside its score: facts and points of each kind, with every row."""
    ensure(rules.may_prepare(request.actor))
    trial = trial_of(request)
    move = next((one for one in trial.moves if one.after.unit_id == pk), None)
    if move is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    lines = worded(move.after.lines)
    context = {
        "move": move,
        "pairs": paired(move.before.lines, lines),
        "lines": lines,
        "facts": sum(line.count for line in lines),
        "frozen": trial.frozen,
        "words": trial.period.label(get_language() or "zh-hans"),
        "asked": request.GET.urlencode(),
    }
    return render(request, "appraisal/simulated_unit.html", context)


def paired(before: list[Line], after: list[Line]) -> list[tuple[Line, Line]]:
    """Each kind before and after."""
    points = {line.kind: line for line in before}
    return [(points[line.kind], line) for line in after]
