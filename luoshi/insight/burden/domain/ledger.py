"""Reports, tables, characters and meetings asked and sent per unit and year or quarter (B6).

A report belongs to the year its limit lies in; duties without a date count when they were sent.
Withdrawn duties do not count. Duties answered by one submission count as asked and show as saved.
A meeting belongs to the year of its day; one called off does not count. Hours of writing are what
units state with a report if they want to; nobody measures them, and an estimate says so.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Length

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.insight.burden.domain.meetings import by_attending_unit
from luoshi.supervision.matters.domain.queries.burden import Span
from luoshi.supervision.matters.enums import DutyState, ReportState
from luoshi.supervision.matters.models import Report, ReportDuty, ReportFigure

WORDS = ("progress", "state_change", "problems", "next_steps", "summary")


@dataclass
class Load:
    """What one group (a unit, or an office and a rule) was asked and sent; `hours` of writing as
    `told` of its reports stated them of the unit's own accord."""

    key: tuple[Any, ...]
    asked: int = 0
    sent: int = 0
    reports: int = 0
    tables: int = 0
    characters: int = 0
    saved: int = 0
    meetings: int = 0
    hours: Decimal = Decimal(0)
    told: int = 0
    over: bool = False


def scope(actor: Actor, prefix: str = "") -> Q:
    """What the reader's ledger is about: a unit its own shares, an office what it asked."""
    if actor.role in HANDLING_ROLES:
        return Q(**{f"{prefix}assignment__unit_id": actor.unit_id})
    return Q(**{f"{prefix}assignment__matter__office_id": actor.unit_id})


def duties(actor: Actor, span: Span) -> "QuerySet[Any]":
    """The duties the ledger of a year or quarter counts."""
    rows = ReportDuty.objects.filter(scope(actor)).exclude(state=DutyState.WITHDRAWN)
    rows = rows.annotate(counted_at=Coalesce("due_at", "submitted_at"))
    return rows.filter(counted_at__range=span.instants)


def chosen(
    actor: Actor, span: Span, *, unit_id: UUID | None = None, rule: str = "", sent: bool = False
) -> "QuerySet[Any]":
    """Exactly the duties one number counts, with what a line of them needs."""
    rows = duties(actor, span).select_related("assignment__matter__office", "assignment__unit")
    if unit_id is not None:
        rows = rows.filter(assignment__unit_id=unit_id)
    if rule:
        rows = rows.filter(rule_code=rule.replace("\x00", "")[:12])
    return rows.filter(submitted_at__isnull=False) if sent else rows


def submissions(actor: Actor, span: Span) -> "QuerySet[Any]":
    """The reports first sent in the span; one sent again after a return is no new load."""
    rows = Report.objects.filter(scope(actor), submitted_at__range=span.instants, round=1)
    return rows.exclude(state=ReportState.DRAFT)


def length_of_words() -> Any:
    """The characters of a report's texts, as a database expression."""
    return sum((Coalesce(Length(name), 0) for name in WORDS[1:]), Coalesce(Length(WORDS[0]), 0))


def chosen_reports(
    actor: Actor, span: Span, *, kind: str, unit_id: UUID | None = None
) -> "QuerySet[Any]":
    """Exactly the reports a number of submissions, tables, characters or saved reports counts, each
    with its characters (`long`), the duties it met (`met`) and whether it has a table."""
    figures = ReportFigure.objects.filter(report=OuterRef("pk"))
    rows = submissions(actor, span).annotate(
        met=Count("duties"), long=length_of_words(), tabled=Exists(figures)
    )
    if unit_id is not None:
        rows = rows.filter(assignment__unit_id=unit_id)
    if kind == "saved":
        rows = rows.filter(met__gt=1)
    if kind == "tables":
        rows = rows.filter(tabled=True)
    if kind == "hours":
        rows = rows.filter(hours__isnull=False)
    return rows.select_related("assignment__matter", "assignment__unit")


def by_unit(actor: Actor, span: Span, cap: int) -> list[Load]:
    """One line per unit, the heaviest first; six queries."""
    loads: dict[Any, Load] = {}
    named = ("assignment__unit_id", "assignment__unit__name")
    counted = duties(actor, span).values(*named)
    for row in counted.annotate(n=Count("pk"), answered=Count("submitted_at")):
        key = (row[named[0]], row[named[1]])
        loads[row[named[0]]] = Load(key, row["n"], row["answered"])
    sent = submissions(actor, span)
    stated = {"spent": Sum("hours"), "told": Count("hours")}
    long = Sum(length_of_words())
    for row in sent.values(named[0]).annotate(n=Count("pk"), long=long, **stated):
        if row[named[0]] in loads:
            load = loads[row[named[0]]]
            load.reports, load.characters = row["n"], row["long"] or 0
            load.hours, load.told = row["spent"] or Decimal(0), row["told"]
    owed = sent.filter(duties__isnull=False)
    for row in owed.values(named[0]).annotate(n=Count("pk", distinct=True), met=Count("duties")):
        if row[named[0]] in loads:
            loads[row[named[0]]].saved = max(0, row["met"] - row["n"])
    figures = ReportFigure.objects.filter(report__in=sent)
    unit = F("report__assignment__unit_id")
    for row in figures.values(unit_id=unit).annotate(n=Count("report", distinct=True)):
        if row["unit_id"] in loads:
            loads[row["unit_id"]].tables = row["n"]
    for unit_id, (name, meetings, _minutes) in by_attending_unit(actor, span).items():
        loads.setdefault(unit_id, Load((unit_id, name))).meetings = meetings
    for load in loads.values():
        load.over = load.asked > cap
    return sorted(loads.values(), key=lambda load: (-load.asked, str(load.key[1])))


def by_basis(actor: Actor, span: Span, unit_id: UUID | None = None) -> list[Load]:
    """One line per asking office, rule and basis; one query."""
    named = ("assignment__matter__office__name", "rule_code", "legal_basis")
    rows = duties(actor, span)
    if unit_id is not None:
        rows = rows.filter(assignment__unit_id=unit_id)
    counted = rows.values(*named).annotate(n=Count("pk"), answered=Count("submitted_at"))
    found = [Load(tuple(row[n] for n in named), row["n"], row["answered"]) for row in counted]
    return sorted(found, key=lambda load: (-load.asked, load.key))
