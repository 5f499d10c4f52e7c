"""The other reading of a limit in days: 15日内 by calendar days, or by working days (ui.md 5.3)."""

from dataclasses import replace

from luoshi.foundation.deadlines.engine.calendar import Calendar, OutOfCalendar
from luoshi.foundation.deadlines.engine.compute import Due
from luoshi.foundation.deadlines.engine.stops import recompute
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.foundation.deadlines.engine.wording import day_text

OTHER = {"days": "workdays", "workdays": "days"}


def other_reading(trace: Trace, calendar: Calendar) -> Due | None:
    """The date if the same number meant working days (or calendar days); None for other rules."""
    limit = trace.rule.get("due", {})
    unit, number = next(iter(limit.get("offset", {}).items()), ("", 0))
    if unit not in OTHER:
        return None
    swapped = {**trace.rule, "due": {**limit, "offset": {OTHER[unit]: number}}}
    try:
        return recompute(replace(trace, rule=swapped), calendar)
    except OutOfCalendar:
        return None


def other_words(trace: Trace, other: Due, language: str) -> str:
    """“By working days it would be 6 March”: the unit and the date of the other reading, with its
    weekday (ui.md 1, rule 2)."""
    counted = "workdays" in other.trace.rule["due"]["offset"]
    if language.startswith("zh"):
        return f"若按{'工作日' if counted else '自然日'}计：{day_text(other.on, language)}"
    return f"By {'working' if counted else 'calendar'} days: {day_text(other.on, language)}"
