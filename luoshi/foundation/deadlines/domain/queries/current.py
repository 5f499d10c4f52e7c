"""The calendar in force: shipped editions and the site's own, built once per set of editions."""

from datetime import date
from functools import lru_cache

from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.editions import SHIPPED, Edition
from luoshi.foundation.deadlines.models import CalendarEdition


@lru_cache(maxsize=4)
def built(key: tuple[tuple[int, int], ...]) -> Calendar:
    """A calendar over the shipped editions and those rows."""
    own = (as_edition(row) for row in CalendarEdition.objects.all()) if key else ()
    return Calendar([*SHIPPED, *own])


def as_edition(row: CalendarEdition) -> Edition:
    """A row as the engine's edition."""
    return Edition(
        row.year,
        row.number,
        row.notice,
        row.published_on,
        frozenset(date.fromisoformat(day) for day in row.rest_days),
        frozenset(date.fromisoformat(day) for day in row.work_days),
    )


def current_calendar() -> Calendar:
    """The calendar every due date is computed with; one small query."""
    return built(tuple(CalendarEdition.objects.values_list("year", "number")))
