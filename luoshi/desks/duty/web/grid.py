"""The month as weeks of days, with what is on each; sensitive periods and troubles in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from luoshi.desks.duty.domain.queries.judging import Judged
from luoshi.desks.duty.domain.queries.needs import day_class, days, periods_of, sensitive_days
from luoshi.desks.duty.domain.roster.wording import WHYS
from luoshi.desks.duty.enums import DayClass
from luoshi.desks.duty.models import Roster, Shift
from luoshi.foundation.deadlines.domain.queries.current import current_calendar

DAY = timedelta(days=1)


@dataclass
class Day:
    """A square of the grid."""

    on: date
    inside: bool
    kind: str
    makeup: bool
    sensitive: bool
    shifts: list[Shift] = field(default_factory=list)


def weeks(
    first: date,
    last: date,
    shifts: Iterable[Shift],
    waiting: set[UUID],
    judged: Judged | None,
    office_id: UUID | None,
) -> list[list[Day]]:
    """Monday to Sunday, the days of other months greyed."""
    start = first - (first.isoweekday() - 1) * DAY
    end = last + (7 - last.isoweekday()) * DAY
    known, tense = current_calendar(), sensitive_days(periods_of(office_id, start, end), start, end)
    found = {}
    for on in days(start, end):
        kind = day_class(on, known)
        makeup = kind == DayClass.WORKDAY and on.isoweekday() > 5
        found[on] = Day(on, first <= on <= last, kind.value, makeup, on in tense)
    bad = {one.shift.pk for one in judged.troubles} if judged else set()
    for shift in shifts:
        shift.waiting = shift.pk in waiting  # type: ignore[attr-defined]
        shift.bad = shift.pk in bad  # type: ignore[attr-defined]
        found[shift.day].shifts.append(shift)
    every = [found[on] for on in days(start, end)]
    return [every[n : n + 7] for n in range(0, len(every), 7)]


def free_days(rosters: Iterable[Roster], first: date, last: date) -> tuple[date, date] | None:
    """The first days of a span that stand in no roster, from and until."""
    free = [
        day
        for day in days(first, last)
        if not any(one.starts_on <= day <= one.ends_on for one in rosters)
    ]
    if not free:
        return None
    end = next(day for day in free if day + DAY not in free)
    return free[0], end


def named_periods(office_id: UUID | None, first: date, last: date) -> list[Any]:
    """The sensitive periods of the month."""
    return list(periods_of(office_id, first, last))


def troubled(judged: Judged | None) -> list[dict[str, Any]]:
    """What stands against a rule, in words."""
    if judged is None:
        return []
    return [{"shift": one.shift, "why": WHYS[one.why]} for one in judged.troubles]


def stuck(roster: Roster | None) -> Sequence[Shift]:
    """The shifts the solver found nobody for."""
    keys = roster.proof.get("stuck", []) if roster else []
    return list(Shift.objects.filter(pk__in=keys).order_by("starts_at")) if keys else []
