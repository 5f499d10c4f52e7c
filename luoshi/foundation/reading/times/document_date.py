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


PLANNED = re.compile(r"(?<!\d)(20[0-8]\d)年")
OTHER_YEAR = re.compile(
    r"\d{4}年?\s*[—–\-－~～至到]|年前|(?:明|下一|后)年|总结|回顾|报告|"
    r"年度?(?:[\u4e00-\u9fff]{0,6})?(?:考核|述职|决算|民主|生活会|汇算|清缴|年报|年检|审计|整改|评议|测评)"
)
"""2025—2027年行动计划, 2030年前达峰计划, 2025年度决算编制安排: the work is of another year."""


def plan_begins(title: str) -> date | None:
    """1 January of the year a plan is for, as its title says (2026年工作要点): the months it names
    without a year are of that one. None where the title is no plan's, names no or several years,
    or is about work of another year: the accounts of 2025 are made up in 2026."""
    years = set(PLANNED.findall(title))
    if len(years) != 1 or OTHER_YEAR.search(title) or not PLAN_TITLE.search(title):
        return None
    return date(int(years.pop()), 1, 1)


def a_day(found: re.Match[str]) -> date | None:
    """The day of a date line, or None where there is no such day."""
    year = year_number(found.group("year"))
    try:
        return date(year or 0, number(found.group("month")), number(found.group("day")))
    except ValueError:
        return None
