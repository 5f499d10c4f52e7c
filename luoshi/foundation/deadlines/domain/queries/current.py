"""The calendar in force: shipped editions and the site's own, built once per set of editions."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from luoshi.foundation.core.rows.questions import Question
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.editions import SHIPPED, Edition, spans
from luoshi.foundation.deadlines.models import CalendarEdition

Key = tuple[tuple[int, int, UUID], ...]


def known_rows() -> Key:
    """The site's own editions by year, number and id: a row is never edited, so its id names
    what it says."""
    return tuple(editions_known().ask({}))


@cache
def editions_known() -> Question:
    """The question of `known_rows`: every page asks it."""
    return Question(CalendarEdition.objects.values_list("year", "number", "pk"))


@lru_cache(maxsize=4)
def built(key: Key) -> Calendar:
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


HELD: ContextVar[list[Calendar] | None] = ContextVar("calendar", default=None)


@contextmanager
def one_calendar() -> Iterator[None]:
    """Within one request the calendar is looked up once, as the clock is read once."""
    before = HELD.set([])
    try:
        yield
    finally:
        HELD.reset(before)


def look_again() -> None:
    """An edition was entered: what this request still computes follows it."""
    held = HELD.get()
    if held is not None:
        held.clear()


def current_calendar() -> Calendar:
    """The calendar every due date is computed with; one small query, within a request once."""
    held = HELD.get()
    if held:
        return held[0]
    found = built(known_rows())
    if held is not None:
        held.append(found)
    return found


def calendar_with(one: Edition) -> Calendar:
    """The calendar in force with one edition more; nothing is written."""
    own = [as_edition(row) for row in CalendarEdition.objects.all()]
    return Calendar([*SHIPPED, *own, one])


@lru_cache(maxsize=16)
def built_as_of(known: Key, editions: tuple[tuple[str, int], ...]) -> Calendar:
    """The calendar with exactly these editions of these years, the newest of all others."""
    wanted = {int(year): number for year, number in editions}
    own = [as_edition(row) for row in CalendarEdition.objects.all()] if known else []
    return Calendar(e for e in [*SHIPPED, *own] if wanted.get(e.year, e.number) == e.number)


def calendar_as_of(editions: Mapping[str, int]) -> Calendar:
    """The calendar a trace was computed with: a date is judged by the edition in force then, so a
    later notice does not make a closed duty's date look wrong (R-CAL-3)."""
    now = current_calendar()
    numbers = {year: one.number for year, one in now.editions.items()}
    if all(numbers.get(int(year), 0) == number for year, number in editions.items()):
        return now
    return built_as_of(known_rows(), tuple(sorted(editions.items())))


def every_edition() -> list[Edition]:
    """The shipped editions and the site's own."""
    return [*SHIPPED, *(as_edition(row) for row in CalendarEdition.objects.all())]


def all_editions() -> list[dict[str, Any]]:
    """Every edition, newest first, with its days as spans and whether a later one replaced it."""
    newest = current_calendar().editions
    found = sorted(every_edition(), key=lambda e: (e.year, e.number), reverse=True)
    return [
        {
            "year": one.year,
            "number": one.number,
            "notice": one.notice,
            "published": one.published,
            "rest": spans(one.rest),
            "work": spans(one.work),
            "superseded": newest[one.year].number != one.number,
        }
        for one in found
    ]
