"""The occurrences of a rule, by the deadline engine and nothing else: limit, trace, when it comes
near, from which instant it is missed.

A limit on a rest day rolls to the next working day as every limit does (R-CAL-1). A daily one does
not roll: seven reports would fall on one Monday.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from luoshi.foundation.core.time import at_clock
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.compute import Due
from luoshi.foundation.deadlines.engine.periods import occurrences, period_start
from luoshi.foundation.deadlines.engine.rule import Recurring
from luoshi.supervision.commitments.domain.rhythm import kept_rule
from luoshi.supervision.commitments.models import CommitmentVersion
from luoshi.supervision.matters.domain.duty.warning import warn_instant

WIDEST = {
    "day": 1,
    "week": 7,
    "half_month": 16,
    "month": 31,
    "quarter": 92,
    "half_year": 184,
    "year": 366,
}


@dataclass(frozen=True)
class Coming:
    """An occurrence as computed. `opens_on`: the first day of its period, or of the rule."""

    key: str
    opens_on: date
    due: Due
    attention_at: datetime


@dataclass(frozen=True)
class Terms:
    """What occurrences are computed from: a rule with its basis and lead, and its days."""

    rule: Recurring
    basis: str
    warning_workdays: int
    starts_on: date
    ends_on: date | None = None


def terms_of(version: CommitmentVersion) -> Terms:
    """The terms of a stored version."""
    return Terms(
        kept_rule(version.rule),
        version.basis,
        version.warning_workdays,
        version.starts_on,
        version.ends_on,
    )


def period_days(rule: Recurring) -> int:
    """The days of the longest period of a rule."""
    return WIDEST[rule.every] * rule.n


def coming(
    terms: Terms, *, until: date, calendar: Calendar, after: date | None = None
) -> list[Coming]:
    """The occurrences of periods that begin by `until`, in order of their limits. `after`: the
    first day of a period known already; what came before it is not computed again."""
    rule = terms.rule
    start = max(terms.starts_on, after or terms.starts_on)
    found = []
    for one in occurrences(
        rule,
        start=start,
        until=until,
        calendar=calendar,
        roll=rule.every != "day",
        provision=terms.basis,
    ):
        if terms.ends_on is not None and one.due.raw > terms.ends_on:
            continue
        opens = max(period_start(one.key) or start, terms.starts_on)
        warn = warned(one.due, rule, opens, calendar, terms.warning_workdays)
        found.append(Coming(one.key, opens, one.due, warn))
    return sorted(found, key=lambda one: (one.due.at, one.key))


def warned(due: Due, rule: Recurring, opens: date, calendar: Calendar, days: int) -> datetime:
    """The instant it turns yellow: as an hour limit where the rhythm is daily, else so many working
    days before (ui.md 3)."""
    begun = at_clock(opens, time(0)) if rule.every == "day" else None
    return warn_instant(due, begun, calendar, days)


def near(found: Iterable[Coming], today: date) -> list[Coming]:
    """Those whose period has begun, and the next one ahead."""
    chosen: list[Coming] = []
    for one in found:
        chosen.append(one)
        if one.opens_on > today:
            break
    return chosen


def next_few(terms: Terms, *, number: int, calendar: Calendar, on: date) -> list[Coming]:
    """The next occurrences from a day on, for showing what was understood."""
    start = max(terms.starts_on, on)
    until = start + timedelta(days=period_days(terms.rule) * (number + 1))
    found = coming(terms, until=until, calendar=calendar)
    return [one for one in found if one.due.on >= on][:number]
