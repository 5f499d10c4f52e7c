"""What would move: open limits computed again under another calendar, reading or rule, on the way
to nothing (preview, what-if) or to the act of `redating` (B3, B4; features row 14).

Pure of writes. Considered are duties not sent yet whose limit has not passed and was not changed
by a person: a passed limit stays, and so does a date somebody decided (extension, redo); its
original limit still recomputes to itself. A limit that a stopped clock carried on is computed
again with the same stops.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, F, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from luoshi.foundation.core.time import last_day, office_date
from luoshi.foundation.deadlines.engine.calendar import Calendar, OutOfCalendar
from luoshi.foundation.deadlines.engine.compute import Due, NeedsAnchor, NoDate
from luoshi.foundation.deadlines.engine.readings import other_reading
from luoshi.foundation.deadlines.engine.rule import from_json
from luoshi.foundation.deadlines.engine.stops import carried, recompute, stops_of
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.supervision.matters.domain.duty.asking import Asked, from_version
from luoshi.supervision.matters.domain.duty.scheduling import anchors_of, dates, duty
from luoshi.supervision.matters.domain.duty.standing import past_stops, without
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, Cause, Change, DutyState
from luoshi.supervision.matters.models import Assignment, ReportDuty
from luoshi.supervision.rulebook.models import ReportingRuleVersion

JOINED = ("assignment__matter__asked_together", "assignment__unit", "rule_version__rule")
CHUNK = 500


@dataclass(frozen=True)
class Move:
    """One limit before and after; `duty` is unsaved where the rule asks for a report more. Both
    sides are kept: the duty itself is written on the way to the entry of the trail."""

    duty: ReportDuty
    change: Change
    before: datetime | None
    after: datetime | None
    due: Due | None
    overdue: bool

    @property
    def moves(self) -> bool:
        """Whether anybody has to know."""
        return self.change != Change.SAME


Computed = Callable[[ReportDuty], Due | None]


def open_limits(at: datetime, office_id: UUID | None = None) -> "QuerySet[Any]":
    """Duties not sent yet, of one office or of all, with their share, unit and rule. Limits of a
    matter led on another node are computed there."""
    rows = ReportDuty.objects.filter(
        state=DutyState.OPEN, assignment__state__in=ASSIGNMENT_OPEN, assignment__matter__home=""
    ).filter(Q(due_at__gt=at) | Q(due_at=None))
    if office_id is not None:
        rows = rows.filter(assignment__matter__office_id=office_id)
    return rows.select_related(*JOINED)


def computed_limits(at: datetime, office_id: UUID | None = None) -> "QuerySet[Any]":
    """Those whose limit runs as the rule computed it, stops of the clock taken out."""
    rows = open_limits(at, office_id).filter(trace__isnull=False)
    return rows.filter(due_at=Cast(KT("trace__due"), DateTimeField()))


def moves(rows: "QuerySet[Any]", compute: Computed, at: datetime) -> Iterator[Move]:
    """Every duty of `rows` that `compute` dates otherwise, in order of its limit."""
    for row in rows.order_by("due_at", "pk").iterator(chunk_size=CHUNK):
        due = compute(row)
        if due is not None and (due.at != row.due_at or due.provisional != row.provisional):
            yield moved(row, due, at)


def moved(row: ReportDuty, due: Due, at: datetime) -> Move:
    """The difference between a limit and its new computation."""
    before = row.due_at
    if before is None:
        change = Change.DATED
    elif due.at == before:
        change = Change.SAME
    else:
        change = Change.EARLIER if due.at < before else Change.LATER
    overdue = due.at <= at and (before is None or before > at)
    return Move(row, change, before, due.at, due, overdue)


def under_calendar(calendar: Calendar) -> Computed:
    """The same rule and events under another calendar. A day that was itself found by counting
    working days inside a period is found again; any other date follows from its trace."""

    def compute(row: ReportDuty) -> Due | None:
        try:
            trace = Trace.from_json(row.trace or {})
            if counts_inside_period(row.deadline):
                known = anchors_of(row.assignment)
                found = dates(asked_of(row), known, calendar, until=period_end(row))
                bare = dict(found).get(row.period)
                return carried(bare, stops_of(trace), calendar) if bare else None
            return recompute(trace, calendar)
        except (NeedsAnchor, NoDate, OutOfCalendar):
            return None

    return compute


def period_end(row: ReportDuty) -> date:
    """A day by which the duty's period has begun."""
    return last_day(row.due_at) if row.due_at else date.min


def counts_inside_period(deadline: Any) -> bool:
    """Whether a recurring rule names "the third working day"."""
    return any("workday" in moment for moment in (deadline or {}).get("at") or ())


def under_other_reading(calendar: Calendar) -> Computed:
    """Working days instead of calendar days, and the other way round; None for other rules."""
    return lambda row: other_reading(Trace.from_json(row.trace or {}), calendar)


def asked_of(row: ReportDuty) -> Asked:
    """What the duty's own rule asks, as it was issued."""
    version = row.rule_version
    return Asked(
        code=row.rule_code,
        kind=row.kind,
        title_zh=row.title_zh,
        title_en=row.title_en,
        basis=row.legal_basis,
        rule=from_json(row.deadline),
        anchor=row.anchor,
        grace=version.grace_workdays if version else 0,
        skip_first=version.skip_first_days if version else 0,
        roll=version.roll if version else True,
    )


def rule_moves(version: ReportingRuleVersion, at: datetime, calendar: Calendar) -> Iterator[Move]:
    """Every open duty of the version's office under this rule, as the version would have it: dated
    otherwise, dropped, or asked for in addition; unchanged ones too, for they change version.
    Limits before the version begins stay."""
    rows = open_limits(at, version.office_id).filter(rule_code=version.rule.code)
    rows = rows.exclude(redatings__act__cause=Cause.OFFICE)  # a day that a person set stays
    carried_on = Q(due_at=Cast(KT("trace__due"), DateTimeField()))
    rows = rows.filter(Q(due_at=None) | Q(due_at=F("original_due_at")) | carried_on)
    ordered = rows.order_by("assignment__unit_id", "assignment_id", "pk")
    by_share = ordered.iterator(chunk_size=CHUNK)
    for _share, group in groupby(by_share, key=lambda row: row.assignment_id):
        found = [row for row in group if reached(row, version)]
        if found:
            yield from share_moves(found[0].assignment, found, version, at, calendar)


def reached(row: ReportDuty, version: ReportingRuleVersion) -> bool:
    """Whether a duty's limit lies in the version's time."""
    return row.due_at is None or last_day(row.due_at) >= version.valid_from


def share_moves(
    share: Assignment,
    rows: list[ReportDuty],
    version: ReportingRuleVersion,
    at: datetime,
    calendar: Calendar,
) -> Iterator[Move]:
    """One share's open duties of a rule, as the version would have them."""
    if not version.applies:
        yield from (dropped(row) for row in rows)
        return
    asked, anchors = from_version(share.matter, version), anchors_of(share)
    today = office_date(at)
    furthest = max([today, *(last_day(row.due_at) for row in rows if row.due_at)])
    stops, wide = past_stops(share), dict(dates(asked, anchors, calendar, until=furthest))
    if asked.rule is None:  # nothing dated: the second staged report is no period of a calendar
        wide |= dict.fromkeys((row.period for row in rows), None)
    if stops:
        wide = {
            period: without(due, period, share, stops, calendar) if due else None
            for period, due in wide.items()
        }
    for row in rows:
        yield row_move(row, wide, at)
    known = set(share.duties.filter(rule_code=asked.code).values_list("period", flat=True))
    for period, due in dates(asked, anchors, calendar, until=today):
        if period not in known and due is not None and due.at > at:
            made = duty(share, asked, period, due, anchors, calendar)
            yield Move(made, Change.ADDED, None, due.at, due, overdue=False)


def row_move(row: ReportDuty, wide: dict[str, Due | None], at: datetime) -> Move:
    """One duty against the periods its rule would have."""
    if row.period not in wide:
        return dropped(row)
    due = wide[row.period]
    if due is not None:
        return moved(row, due, at)
    change = Change.SAME if row.due_at is None else Change.UNDATED
    return Move(row, change, row.due_at, None, None, overdue=False)


def dropped(row: ReportDuty) -> Move:
    """A duty its rule no longer asks for."""
    return Move(row, Change.DROPPED, row.due_at, None, None, overdue=False)


@dataclass
class Totals:
    """What a preview counts."""

    seen: int = 0
    earlier: int = 0
    later: int = 0
    overdue: int = 0
    dated: int = 0
    undated: int = 0
    dropped: int = 0
    added: int = 0
    same: int = 0

    def take(self, move: Move) -> None:
        """Count one."""
        self.seen += 1
        self.overdue += int(move.overdue)
        name = move.change.value
        setattr(self, name, getattr(self, name) + 1)

    @property
    def moved(self) -> int:
        """How many would be otherwise."""
        return self.seen - self.same


def totals(found: Iterable[Move]) -> Totals:
    """Count moves."""
    out = Totals()
    for move in found:
        out.take(move)
    return out
