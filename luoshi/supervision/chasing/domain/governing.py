"""The chasing governor (S3-68, B7): five nudges per unit and week, one by hand per item and week.

An item is a unit's share of a matter. A week runs from Monday to Sunday at the office. `Week` is
the only place where the budget is spent; a constraint keeps the number.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from luoshi.foundation.audit.domain.copying import set_values
from luoshi.foundation.core.time import at_clock, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.open_hours import next_open
from luoshi.supervision.chasing.enums import Colour, Held, UrgeState
from luoshi.supervision.chasing.models import MOST_A_WEEK, Urge, WeekBudget
from luoshi.supervision.matters.models import Assignment


def week_of(at: datetime) -> date:
    """The Monday of an instant's week at the office."""
    day = office_date(at)
    return day - timedelta(days=day.weekday())


def next_chance(at: datetime) -> datetime:
    """The first open minute of the next week."""
    monday = week_of(at) + timedelta(days=7)
    return next_open(at_clock(monday, time(0)), current_calendar())


class Week:
    """The budgets of some units in the week of `at`, their rows held until commit in one order, so
    that nudges by hand and the sweep wait for each other. Runs inside the verb's transaction."""

    def __init__(self, units: Iterable[UUID], at: datetime) -> None:
        week, wanted = week_of(at), sorted(set(units))
        fresh = [WeekBudget(unit_id=unit_id, week_on=week) for unit_id in wanted]
        WeekBudget.objects.bulk_create(fresh, ignore_conflicts=True)
        rows = WeekBudget.objects.select_for_update().filter(unit__in=wanted, week_on=week)
        self.rows = {row.unit_id: row for row in rows.order_by("unit_id")}
        self.spent: set[UUID] = set()

    def take(self, unit_id: UUID) -> bool:
        """Spend one of the unit's nudges; False when there is none left."""
        row = self.rows[unit_id]
        if row.used >= MOST_A_WEEK:
            return False
        row.used += 1
        self.spent.add(unit_id)
        return True

    def keep(self) -> None:
        """Write what was spent."""
        if self.spent:
            rows = (self.rows[one] for one in sorted(self.spent))
            set_values(WeekBudget, "used", ((row.pk, row.used) for row in rows))

    def exhausted(self) -> set[UUID]:
        """The units that have had all their nudges: a week only fills."""
        return {unit_id for unit_id, row in self.rows.items() if row.used >= MOST_A_WEEK}


def take(unit_id: UUID, at: datetime) -> bool:
    """Spend one of the unit's nudges of this week; False when there is none left."""
    week = Week([unit_id], at)
    spent = week.take(unit_id)
    week.keep()
    return spent


def exempt(colour: str) -> bool:
    """A red slip is level L3 of the ladder and does not count (rules.md 2.11)."""
    return colour == Colour.RED


def last_by_hand(share_ids: Sequence[UUID], at: datetime) -> dict[UUID, datetime]:
    """When each share was last nudged by hand in this week."""
    rows = Urge.objects.filter(
        assignment__in=share_ids, state=UrgeState.SENT, sent_at__gte=at_clock(week_of(at), time(0))
    )
    found = rows.order_by("sent_at").values_list("assignment_id", "sent_at")
    return {share_id: sent_at for share_id, sent_at in found if sent_at is not None}


def decide(share: Assignment, colour: str, at: datetime) -> tuple[str, datetime | None]:
    """(reason for holding or "", the nudge it follows): spends the budget when nothing holds."""
    last = last_by_hand([share.pk], at).get(share.pk)
    if last is not None:
        return Held.WEEK, last
    if exempt(colour) or take(share.unit_id, at):
        return "", None
    return Held.BUDGET, None


def forecast(shares: Sequence[Assignment], at: datetime) -> dict[UUID, tuple[str, datetime | None]]:
    """What `decide` would say of each share if all were nudged now, in order; two queries."""
    last = last_by_hand([share.pk for share in shares], at)
    left = budget_left([share.unit_id for share in shares], at)
    found: dict[UUID, tuple[str, datetime | None]] = {}
    for share in shares:
        if share.pk in last:
            found[share.pk] = (Held.WEEK, last[share.pk])
        elif left[share.unit_id] <= 0:
            found[share.pk] = (Held.BUDGET, None)
        else:
            left[share.unit_id] -= 1
            found[share.pk] = ("", None)
    return found


def budget_left(unit_ids: Sequence[UUID], at: datetime) -> dict[UUID, int]:
    """How many nudges each unit may still get this week."""
    rows = WeekBudget.objects.filter(unit__in=unit_ids, week_on=week_of(at))
    used = dict(rows.values_list("unit_id", "used"))
    return {unit_id: MOST_A_WEEK - used.get(unit_id, 0) for unit_id in unit_ids}
