"""Today: what waits for the actor, by urgency, with one action per row (ui.md 5.1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.rows.counting import bounded_counts
from luoshi.foundation.notifications.domain.marking import inbox, week_start
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.supervision.matters.domain.report.composing import out_of_date
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    MATTER_BEFORE_ASSIGNING,
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
SUPERVISES = {Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL}


@dataclass(frozen=True)
class Waiting:
    """Everything the page shows: rows by urgency, the numbers, the next limit."""

    red: list[Any]
    yellow: list[Any]
    to_sign: list[Any]
    to_review: list[Any]
    to_decide: list[Any]
    objections: list[Any]
    reports: list[Any]
    counts: dict[str, int]
    next: Any
    scope: str

    @property
    def nothing(self) -> bool:
        """Whether no row waits."""
        lists = (self.red, self.yellow, self.to_sign, self.to_review, self.to_decide)
        return not any(lists) and not self.objections and not self.reports


def waiting(actor: Actor, at: datetime) -> Waiting:
    """Rows that wait for this actor; every list is cut at 20, every number opens its full list."""
    if actor.role in HANDLING_ROLES:
        return owed(actor, at)
    if actor.role in SUPERVISES:
        return supervised(actor, at)
    return Waiting([], [], [], [], [], [], [], numbers(actor, at, {}), None, "")


def owed(actor: Actor, at: datetime) -> Waiting:
    """What a handling unit owes: sign, report."""
    shares = Assignment.objects.filter(unit_id=actor.unit_id, state__in=ASSIGNMENT_OPEN)
    rows = shares.select_related("matter", "unit").order_by("overdue_at", "pk")
    signing = Q(state=AssignmentState.UNSIGNED)
    lists = {
        "red": rows.filter(showing(Light.RED, at)),
        "yellow": rows.filter(showing(Light.YELLOW, at)),
        "sign": rows.filter(signing),
    }
    counts = numbers(actor, at, {**lists, "others": shares.filter(turn=Turn.REVIEWER)})
    return Waiting(
        red=list(lists["red"][:MOST]),
        yellow=list(lists["yellow"].exclude(signing)[:MOST]),
        to_sign=list(lists["sign"].exclude(showing(Light.RED, at))[:MOST]),
        to_review=[],
        to_decide=[],
        objections=[],
        reports=own_reports(actor),
        counts=counts,
        next=rows.filter(overdue_at__gt=at).first(),
        scope=urlencode({"unit": actor.unit_name, "share": 1}),
    )


def own_reports(actor: Actor) -> list[Any]:
    """Reports of the unit that wait for somebody in it: out of date (B17), and, for the principal,
    before the signature (R-SUP-6)."""
    rows = out_of_date(actor)
    if actor.role == Role.PRINCIPAL:
        signing = Q(assignment__unit_id=actor.unit_id, state=ReportState.SIGNING)
        rows = Report.objects.filter(signing | Q(pk__in=rows.values("pk")))
    rows = rows.select_related("assignment__matter").prefetch_related("duties")
    return list(rows.order_by("saved_at", "pk")[:MOST])


def supervised(actor: Actor, at: datetime) -> Waiting:
    """What waits in an assigning office: overdue, due soon, reviews (of what it issued jointly
    too), objections of units, registering, assigning."""
    own = Matter.objects.filter(office_id=actor.unit_id)
    rows = own.select_related("lead_unit", "owing_unit").order_by("overdue_at", "pk")
    reviews = Report.objects.filter(
        owned_by(actor.unit_id, "assignment__matter__"), state=ReportState.SUBMITTED
    )
    objections = Objection.objects.filter(
        state=Answer.PENDING, assignment__matter__office_id=actor.unit_id
    )
    lists: dict[str, QuerySet[Any]] = {
        "red": rows.filter(showing(Light.RED, at)),
        "yellow": rows.filter(showing(Light.YELLOW, at)),
        "review": reviews.select_related("assignment__matter", "assignment__unit").order_by(
            "submitted_at", "pk"
        ),
        "decide": rows.filter(state__in=MATTER_BEFORE_ASSIGNING).order_by("created_at", "pk"),
    }
    raised = objections.select_related("assignment__matter", "assignment__unit")
    others = own.filter(state=MatterState.ASSIGNED, turn=Turn.UNIT)
    return Waiting(
        red=list(lists["red"][:MOST]),
        yellow=list(lists["yellow"][:MOST]),
        to_sign=[],
        to_review=list(lists["review"][:MOST]),
        to_decide=list(lists["decide"][:MOST]),
        objections=list(raised.order_by("raised_at", "pk")[:MOST]),
        reports=[],
        counts=numbers(actor, at, {**lists, "others": others}),
        next=rows.filter(overdue_at__gt=at).first(),
        scope="own=1",
    )


def numbers(actor: Actor, at: datetime, lists: "dict[str, QuerySet[Any]]") -> dict[str, int]:
    """The numbers of the page in one query."""
    if actor.person_id is None:
        return bounded_counts(lists)
    notices = inbox(actor.person_id, at).filter(deliver_at__gte=week_start(at))
    return bounded_counts({**lists, "notices": notices})
