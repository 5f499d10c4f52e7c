"""What an act would ask of units in a year, before it is issued (B6, R-CUT-3, A25).

Counted are reports with a rhythm or a date; irregular feedback has no number of its own and is
named without one. A report that asks for figures counts as a table too. Reports that fall due
together and may carry the same contents can be sent as one: that is the saving shown.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum

from luoshi.foundation.core.time import at_clock
from luoshi.foundation.deadlines.engine.months import add_months
from luoshi.foundation.deadlines.engine.rule import Dates, DeadlineRule, Once, Recurring
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.duty.asking import Asked, asked_of, rules_of
from luoshi.supervision.matters.enums import AssignmentState, DutyState, Part
from luoshi.supervision.matters.models import Assignment, Matter, Reopening, Report, ReportDuty
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.enums import Content, DutyKind

LEAST_TOLD = 5  # statements; from fewer nothing is estimated
A_YEAR = {"day": 250, "workday": 250, "week": 52, "month": 12, "quarter": 4, "half": 2, "year": 1}


@dataclass(frozen=True)
class Line:
    """One rule: how often a year, on which basis ("" = none), whether it asks for figures."""

    code: str
    title_zh: str
    title_en: str
    basis: str
    reports: int
    tables: int
    irregular: bool


@dataclass(frozen=True)
class Burden:
    """What a set of rules asks of a number of units in a year."""

    units: int
    lines: tuple[Line, ...]
    together: int

    @property
    def each(self) -> int:
        """Reports a unit owes in a year."""
        return sum(line.reports for line in self.lines)

    @property
    def reports(self) -> int:
        """Reports of all units in a year."""
        return self.each * self.units

    @property
    def tables(self) -> int:
        """Tables of all units in a year."""
        return sum(line.tables for line in self.lines) * self.units

    @property
    def saved(self) -> int:
        """Reports a year that need not be written when those due together are sent as one."""
        return self.together * self.units

    @property
    def unfounded(self) -> tuple[Line, ...]:
        """Rules without a stated basis (R-CUT-3)."""
        return tuple(line for line in self.lines if not line.basis)


def times_a_year(asked: Asked) -> int:
    """How many reports a rule asks for in a year; a single limit is one."""
    return often(asked.rule, asked.kind)


def often(rule: DeadlineRule | None, kind: str) -> int:
    """How many reports a year a limit of this kind means."""
    if isinstance(rule, Recurring):
        return max(1, A_YEAR.get(rule.every, 1) * rule.times // max(1, rule.n))
    if isinstance(rule, Dates):
        return len(rule.points)
    if isinstance(rule, Once) or kind in {DutyKind.FINAL, DutyKind.FIRST}:
        return 1
    return 0


def founded(asked: Asked, matter: Matter) -> bool:
    """Whether the rule states a basis: the catalogue's legal basis, else the matter's own basis or
    the document it comes from."""
    if asked.version is not None:
        return bool(asked.basis.strip())
    return bool(matter.origin_reference or matter.basis or matter.origin_title)


def burden_of(rules: Sequence[tuple[Asked, bool]], units: int) -> Burden:
    """What these rules (each with whether it has a basis) ask of so many units in a year."""
    lines = []
    for asked, based in rules:
        number = times_a_year(asked)
        lines.append(
            Line(
                asked.code,
                asked.title_zh,
                asked.title_en,
                asked.basis if based else "",
                number,
                number if Content.FIGURES in asked.content else 0,
                number == 0,
            )
        )
    return Burden(units, tuple(lines), together(rules))


def together(rules: Sequence[tuple[Asked, bool]]) -> int:
    """Reports a year that coincide with a quarterly report: summaries on dates in the month after
    a quarter's end (TR-05 with TR-04; A6)."""
    quarterly = any(
        isinstance(asked.rule, Recurring) and asked.rule.every == "quarter" for asked, _b in rules
    )
    if not quarterly:
        return 0
    dated = [asked.rule for asked, _b in rules if isinstance(asked.rule, Dates)]
    months = [getattr(point, "month", None) for rule in dated for point in rule.points]
    return sum(1 for month in months if month in {1, 4, 7, 10})


def rules_asked(matter: Matter, at: date) -> list[tuple[Asked, bool]]:
    """The rules a new share of this matter would be under, each with whether it has a basis."""
    share = Assignment(matter=matter, assigned_at=at_clock(at, time(9)))
    return [(asked, founded(asked, matter)) for asked in rules_of(share)]


def asked_now(matter: Matter, on: date) -> list[tuple[Asked, bool]]:
    """What a share given today owes: once a matter was reopened, what its round asks (B9)."""
    last = None if matter._state.adding else matter.reopenings.order_by("-reopened_at").first()
    if last is None:
        return rules_asked(matter, on)
    share = Assignment(matter=matter, assigned_at=at_clock(on, time(9)), reopening=last)
    return [(asked, founded(asked, matter)) for asked in asked_of(share)]


@dataclass(frozen=True)
class Span:
    """A civil year, or one of its quarters (1…4; 0 = the whole year)."""

    year: int
    quarter: int = 0

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """Its first and last instant for limits: 24:00 of the last day belongs to it."""
        months = 3 if self.quarter else 12
        first = date(self.year, 3 * max(self.quarter - 1, 0) + 1, 1)
        begin, end = (at_clock(day, time(0)) for day in (first, add_months(first, months)))
        return begin + timedelta(seconds=1), end

    @classmethod
    def around(cls, day: date) -> "Span":
        """The quarter a day lies in."""
        return cls(day.year, (day.month - 1) // 3 + 1)


def anew(matter: Matter, on: date) -> dict[str, Any]:
    """What taking a concluded matter up again asks of the units that handled it (B6, B9): the
    report on putting things right, and the catalogue's rules anew."""
    last = matter.reopenings.order_by("-reopened_at").first()
    rows = matter.assignments.filter(state=AssignmentState.CONCLUDED, reopening=last)
    rows = rows.exclude(part=Part.JOINT).filter(unit__is_active=True).select_related("unit")
    again = Reopening(matter=matter, reason=matter.title, due_on=on)
    share = Assignment(matter=matter, assigned_at=at_clock(on, time(9)), reopening=again)
    asked = [(one, founded(one, matter)) for one in asked_of(share)]
    return added(matter, [row.unit for row in rows], on, asked)


def added(
    matter: Matter,
    units: Sequence[Unit],
    on: date,
    rules: Sequence[tuple[Asked, bool]] | None = None,
) -> dict[str, Any]:
    """What giving the matter to these units adds to their load, one share for each naming, and who
    would go over the office's cap (B6); without a unit, what each would owe. `rules`: what is asked
    where it is not all that a new share of the matter is asked."""
    found = burden_of(asked_now(matter, on) if rules is None else rules, len(units) or 1)
    settings = settings_of(matter.office_id)
    shares = Counter(unit.pk for unit in units)
    asked = asked_this_year(matter.office_id, list(shares), on.year)
    over = [
        {"unit": unit, "now": asked[key], "then": asked[key] + found.each * shares[key]}
        for key, unit in {unit.pk: unit for unit in units}.items()
        if asked[key] + found.each * shares[key] > settings.report_cap
    ]
    hours = hours_of(hours_stated(matter.office_id, on), found.reports)
    return {
        "burden": found,
        "named": bool(units),
        "over": over,
        "settings": settings,
        "hours": hours,
    }


@dataclass(frozen=True)
class Hours:
    """Hours of writing as units stated them of their own accord: how many reports said so, and how
    many hours in all."""

    told: int
    hours: Decimal

    def for_reports(self, number: int) -> int | None:
        """The hours of so many reports at the mean of those that said; None from too few."""
        if self.told < LEAST_TOLD or not number:
            return None
        return round(self.hours / self.told * number)


def hours_stated(office_id: UUID, on: date) -> Hours:
    """What units stated in the last year about reports this office asked for; a redo, whose form
    offers the hours of the first, is no further statement, as in the ledger. One query."""
    since = at_clock(on - timedelta(days=365), time(0))
    rows = Report.objects.filter(hours__isnull=False, submitted_at__gte=since, round=1)
    rows = rows.filter(assignment__matter__office_id=office_id)
    found = rows.aggregate(n=Count("pk"), hours=Sum("hours"))
    return Hours(found["n"], found["hours"] or Decimal(0))


def hours_of(stated: Hours, reports: int) -> dict[str, int] | None:
    """The estimate for so many reports with the sample it comes from."""
    total = stated.for_reports(reports)
    return None if total is None else {"total": total, "told": stated.told}


def asked_this_year(office_id: UUID, unit_ids: Sequence[UUID], year: int) -> dict[UUID, int]:
    """Dated reports the office has asked of each unit in a year; one query."""
    rows = ReportDuty.objects.filter(
        assignment__matter__office_id=office_id,
        assignment__unit__in=unit_ids,
        due_at__range=Span(year).instants,
    ).exclude(state=DutyState.WITHDRAWN)
    counted = rows.values("assignment__unit").annotate(n=Count("pk"))
    found = {row["assignment__unit"]: row["n"] for row in counted}
    return {unit_id: found.get(unit_id, 0) for unit_id in unit_ids}
