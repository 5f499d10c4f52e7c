"""The limits printed in a list: a month without a year is of the list's year; one that has passed
before the list is issued is told, for its point would stand as overdue from the first day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.compute import NeedsAnchor, NoDate, compute
from luoshi.foundation.deadlines.engine.rule import CalendarDue, Once, from_json
from luoshi.supervision.lists.models import ListPoint


def of_year(rules: Iterable[dict[str, Any]], year: int) -> list[dict[str, Any]]:
    """The rules with the list's year where the words name none."""
    return [dated(rule, year) for rule in rules]


def dated(rule: dict[str, Any], year: int) -> dict[str, Any]:
    """One rule; only a single date of the calendar can lack its year."""
    due = rule.get("due")
    if not isinstance(due, dict) or due.get("anchor") != "calendar" or due.get("year"):
        return rule
    return rule | {"due": due | {"year": year}}


def passed(points: Iterable[ListPoint], year: int, on: date) -> list[tuple[int, date]]:
    """Number and day of the points whose own limit lies before `on`, in their order."""
    found = []
    calendar = current_calendar()
    for point in points:
        for raw in of_year(point.task_rules, year):
            rule = from_json(raw)
            if not isinstance(rule, Once) or not isinstance(rule.due, CalendarDue):
                continue
            try:
                day = compute(rule, {}, calendar).on
            except (NeedsAnchor, NoDate):
                continue
            if day < on:
                found.append((point.number, day))
    return found
