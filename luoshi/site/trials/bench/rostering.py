"""A roster of sixty people over a year, worked out and proved: seconds, and how evenly it bears."""

from datetime import date, timedelta

from luoshi.desks.duty.domain.queries.needs import day_class
from luoshi.desks.duty.enums import DayClass
from luoshi.desks.duty.solving.problem import Person, Problem, Slot, spreads
from luoshi.desks.duty.solving.proof import prove
from luoshi.desks.duty.solving.solver import solve
from luoshi.foundation.deadlines.engine.calendar import SHIPPED_CALENDAR
from luoshi.site.trials.bench.timing import seconds

LEADERS, OFFICERS, DAYS = 12, 48, 365
FIRST = date(2026, 1, 1)
MINUTES, EIGHT, REST = 24 * 60, 8 * 60, 24 * 60
WEIGHTS = {DayClass.WORKDAY: 3, DayClass.WEEKEND: 4, DayClass.HOLIDAY: 6}
SENSITIVE = range(60, 74)  # two weeks of the year, two points more


def a_year() -> Problem:
    """Two posts day and night, two leaves a person, a day of the week off for every eleventh."""
    slots = []
    for n in range(DAYS):
        day = FIRST + timedelta(days=n)
        kind = day_class(day, SHIPPED_CALENDAR)
        special = kind == DayClass.HOLIDAY or n in SENSITIVE
        weight = WEIGHTS[kind] + 2 * (n in SENSITIVE)
        start = n * MINUTES + EIGHT
        for post in ("leader", "officer"):
            slots.append(Slot(post, day, start, start + MINUTES, weight, special, night=True))
    return Problem(slots, [somebody(n) for n in range(LEADERS + OFFICERS)], REST)


def somebody(n: int) -> Person:
    """One of them, the same in every run."""
    leaves = ((n * 37 % DAYS, 10), ((n * 53 + 180) % DAYS, 5))
    away = tuple((start * MINUTES, (start + days) * MINUTES) for start, days in leaves)
    off = frozenset({1 + n % 5}) if n % 11 == 0 else frozenset()
    post = "leader" if n < LEADERS else "officer"
    return Person(f"{n:03}", frozenset({post}), away, off)


def measure_roster() -> dict[str, float]:
    """Seconds to a roster that the proof accepts; the greatest spread of holidays and of weight."""
    problem, found = a_year(), []
    took = seconds(lambda: found.append(solve(problem)))
    chosen = found[0].chosen
    sound = prove(problem, chosen).sound and found[0].optimal
    bears = spreads(problem, chosen)
    return {
        "roster_year_s": took if sound else float("inf"),
        "roster_spread_holidays": max(one.special for one in bears),
        "roster_spread_weight": max(one.weight for one in bears),
    }
