"""Acts on a problem: the unit's measures, evidence and report; the office's check."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.domain.problem import checking, rectifying
from luoshi.supervision.inspections.models import Problem
from luoshi.supervision.inspections.web.forms import word
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.web.forms import a_date


def a_problem(request: OfficeRequest, pk: UUID) -> Problem:
    """The problem in the actor's sight."""
    row: Problem = visible(Problem.objects, request.actor, pk)
    return row


def back(row: Problem) -> str:
    """The problem's page."""
    return reverse("inspections:problem", args=[row.pk])


@require_POST
def measures(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """State root cause and measures."""
    row = a_problem(request, pk)
    rectifying.state_measures(
        problem=row,
        measures=rectifying.Measures(
            root_cause=word(request.POST, "root_cause"),
            measures=word(request.POST, "measures"),
            responsible_person=word(request.POST, "responsible_person"),
        ),
        actor=request.actor,
        at=request.now,
    )
    return redirect(back(row))


@require_POST
def evidence(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Add files as evidence."""
    row = a_problem(request, pk)
    ensure(rules.may_rectify(request.actor, row))
    files = request.FILES.getlist("file")
    if not files:
        raise Invalid(_("Nothing was added."), {"file": [_("Choose a file.")]})
    for upload in files:
        rectifying.add_evidence(
            problem=row,
            stream=upload.file,  # type: ignore[arg-type]
            name=upload.name or "",
            actor=request.actor,
            at=request.now,
        )
    return redirect(back(row))


@require_POST
def report(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Report the rectification."""
    row = a_problem(request, pk)
    names = ("text", "state_change", "signed_by_principal")
    done = rectifying.Done(**{name: word(request.POST, name) for name in names})

    def act() -> str:
        rectifying.report_rectification(problem=row, done=done, actor=request.actor, at=request.now)
        return back(row)

    return act_once(request, "inspections:rectification", act)


@require_POST
def check(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Strike off, or return."""
    row = a_problem(request, pk)
    ensure(rules.may_check(request.actor, row))
    given = checking.Check(
        verdict=word(request.POST, "verdict"),
        how=word(request.POST, "how"),
        record=word(request.POST, "record"),
        new_limit_on=a_date(word(request.POST, "new_limit_on"), "new_limit_on"),
    )
    checking.check_rectification(problem=row, check=given, actor=request.actor, at=request.now)
    return redirect(back(row))


@require_POST
def withdrawal(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Withdraw."""
    row = a_problem(request, pk)
    reason = word(request.POST, "reason")
    checking.withdraw(problem=row, reason=reason, actor=request.actor, at=request.now)
    return redirect(back(row))
