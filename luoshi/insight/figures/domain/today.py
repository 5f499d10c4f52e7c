"""Today: what waits for the actor, by urgency, with one action per row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    Answer,
    AssignmentState,
    Light,
    MatterState,
    ReportState,
    Turn,
)
from luoshi.supervision.matters.models import (
    Assignment,
    Matter,
    Objection,
    Report,
    owned_by,
    showing,
)

MOST = 20


@dataclass(frozen=True)
class Waiting:
    """Everything the page shows."""

    to_sign: list[Any]
    to_report: list[Any]
    to_review: list[Any]
    to_decide: list[Any]
    red: list[Any]
    objections: list[Any]


def waiting(actor: Actor, at: datetime) -> Waiting:
    """Rows that wait for this actor; every list is cut at 20 and opens its full list."""
    unit = actor.unit_id
    shares = Assignment.objects.filter(unit_id=unit).select_related("matter", "unit")
    handles = actor.role in HANDLING_ROLES
    supervises = actor.role in {Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL}
    own = Matter.objects.filter(office_id=unit).select_related("lead_unit")
    to_sign = shares.filter(state=AssignmentState.UNSIGNED).order_by("assigned_at")
    to_report = (
        shares.filter(state__in=ASSIGNMENT_OPEN, turn=Turn.UNIT, on_clock=True)
        .exclude(state=AssignmentState.UNSIGNED)
        .order_by("overdue_at")
    )
    reviews = (
        Report.objects.filter(owned_by(unit, "assignment__matter__"), state=ReportState.SUBMITTED)
        .select_related("assignment__matter", "assignment__unit")
        .order_by("submitted_at")
    )
    decide = own.filter(
        state__in=(MatterState.DRAFTED, MatterState.PROPOSED, MatterState.REGISTERED)
    ).order_by("-created_at")
    red = own.filter(showing(Light.RED, at)).order_by("overdue_at")
    objections = (
        Objection.objects.filter(state=Answer.PENDING, assignment__matter__office_id=unit)
        .select_related("assignment__matter", "assignment__unit")
        .order_by("raised_at")
    )
    return Waiting(
        to_sign=list(to_sign[:MOST]) if handles else [],
        to_report=list(to_report[:MOST]) if handles else [],
        to_review=list(reviews[:MOST]) if supervises else [],
        to_decide=list(decide[:MOST]) if supervises else [],
        red=list(red[:MOST]) if supervises else [],
        objections=list(objections[:MOST]) if supervises else [],
    )
