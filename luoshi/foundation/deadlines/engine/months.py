"""Month arithmetic of Civil Code art. 202: the same date, else the end of the month."""

from calendar import monthrange
from datetime import date

SHORTEST = 28  # every month has these days


def add_months(on: date, number: int) -> date:
    """`number` months later (or earlier when negative); years outside 1–9999 overflow."""
    year, month0 = divmod(on.year * 12 + on.month - 1 + number, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"year {year}")
    return on_day(year, month0 + 1, on.day)


def on_day(year: int, month: int, day: int) -> date:
    """That day, or the month's last day when it has no such day."""
    return date(year, month, day if day <= SHORTEST else min(day, monthrange(year, month)[1]))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def has_day(year: int, month: int, word: int | str | None) -> bool:
    """False for a written day the month does not have (31 April)."""
    return not isinstance(word, int) or word <= monthrange(year, month)[1]


def day_in_month(year: int, month: int, word: int | str | None) -> date:
    """A day number, or early = 10th, mid = 20th, end = last day; None = last day."""
    if isinstance(word, int):
        return on_day(year, month, word)
    fixed = {"early": 10, "mid": 20}.get(word or "end")
    return date(year, month, fixed) if fixed else month_end(year, month)
