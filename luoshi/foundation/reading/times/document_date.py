"""The day a document is of, as its own date line says: under the title, or under the signature."""

import re
from datetime import date

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.structure.lines import lines
from luoshi.foundation.reading.structure.sections import PLAN_TITLE
from luoshi.foundation.reading.times.numerals import NUMBER, number, year_number

DATE_LINE = compiled(
    rf"^[（(]?(?:[\u4e00-\u9fff]{{2,6}}[：:])?(?P<year>\d{{4}}|[二〇○零0一三四五六七八九]{{4}})年"
    rf"(?P<month>{NUMBER})月(?P<day>{NUMBER})日[）)]?$"
)
NEAR = 14
"""So many lines from the top or the end a date line is the document's."""


def day_of(text: str) -> date | None:
    """The day of the first date line near the top, else of the last one near the end; None where
    the document bears none. Dates inside sentences say nothing about it."""
    rows = [line for _start, line in lines(text)]
    for line in [*rows[:NEAR], *reversed(rows[NEAR:][-NEAR:])]:
        if found := DATE_LINE.match(line.replace(" ", "").replace("\u3000", "")):
            return a_day(found)
    return None


PLANNED = re.compile(r"(?<!\d)(20\d\d)年")


def plan_begins(title: str) -> date | None:
    """1 January of the year a plan is for, as its title says (2026年工作要点): the months it names
    without a year are of that one. None where the title is no plan's, or names no or several
    years: a notice about the reports of 2025 asks for them in 2026."""
    years = set(PLANNED.findall(title))
    return date(int(years.pop()), 1, 1) if len(years) == 1 and PLAN_TITLE.search(title) else None


def a_day(found: re.Match[str]) -> date | None:
    """The day of a date line, or None where there is no such day."""
    year = year_number(found.group("year"))
    try:
        return date(year or 0, number(found.group("month")), number(found.group("day")))
    except ValueError:
        return None
