"""What the lessons' pages show: counts that open their rows, versions with their figures."""

from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.desks.lessons.domain.noting import printed
from luoshi.desks.lessons.enums import UNFINISHED, Decision, ExpressionState, NameState
from luoshi.desks.lessons.models import (
    Consultation,
    Expression,
    GateVersion,
    GrammarCase,
    LearnedName,
    TrainingRow,
)
from luoshi.foundation.organizations.models import Unit
from luoshi.foundation.reading.times.grammar import find_times

LIKE, MOST_LIKE, MOST_UNITS = 0.5, 2, 500


def counts(office_id: UUID | None) -> dict[str, dict[str, int]]:
    """Rows by decision, cases, names and expressions by state."""
    return {
        "rows": by(TrainingRow, "decision", Decision.values, office_id),
        "cases": {"all": GrammarCase.objects.filter(office_id=office_id).count()},
        "names": by(LearnedName, "state", NameState.values, office_id),
        "expressions": by(Expression, "state", ExpressionState.values, office_id),
    }


def by(model: Any, field: str, values: list[str], office_id: UUID | None) -> dict[str, int]:
    """Value → how many of the office's rows have it, and `all`; one query."""
    each = {value: Count("pk", filter=Q(**{field: value})) for value in values}
    found: dict[str, int] = model.objects.filter(office_id=office_id).aggregate(
        all=Count("pk"), **each
    )
    return found


def versions(office_id: UUID | None) -> list[GateVersion]:
    """The newest twenty, and always the one in use and the shipped one."""
    rows = GateVersion.objects.filter(office_id=office_id).order_by("-number")
    rows = rows.select_related("inherited_from")
    return [row for place, row in enumerate(rows) if place < 20 or row.active or not row.number]


def unfinished(office_id: UUID | None) -> GateVersion | None:
    """The training under way."""
    return GateVersion.objects.filter(office_id=office_id, state__in=UNFINISHED).first()


def figures(version: GateVersion) -> list[dict[str, Any]]:
    """Precision, recall and F1 in percent, before and after, on both sets."""
    lines = []
    for key in ("fifth", "shipped"):
        pair = version.figures.get(key)
        if pair:
            line: dict[str, Any] = {"key": key}
            for when in ("before", "after"):
                line[when] = {name: f"{value * 100:.1f}%" for name, value in pair[when].items()}
            line["worse"] = pair["after"]["f1"] < pair["before"]["f1"]
            lines.append(line)
    return lines


def reads_now(case: GrammarCase) -> bool:
    """Whether today's grammar reads the sentence as the officer wrote it."""
    rules: list[Any] = []
    for one in find_times(case.sentence, case.anchor or "receipt"):
        if one.rule not in rules:
            rules.append(one.rule)
    return bool(rules == case.wrote)


def case_words(case: GrammarCase, language: str) -> dict[str, Any]:
    """A case in the reader's language."""
    return {
        "read": printed(case.read, language),
        "wrote": printed(case.wrote, language),
        "now": reads_now(case),
    }


def expressions(office_id: UUID | None) -> "QuerySet[Any]":
    """The office's expressions with how often each stood."""
    rows = Expression.objects.filter(office_id=office_id)
    return rows.select_related("inherited_from").annotate(count=Count("sightings"))


def unit_names() -> list[str]:
    """Short names for the picker."""
    rows = Unit.objects.filter(is_active=True).order_by("sort_key", "code")
    return list(rows.values_list("short_name", flat=True)[:MOST_UNITS])


def alike(name: str, units: list[str]) -> list[str]:
    """Unit names that look like this one: offered as buttons, never chosen by themselves."""
    close = [(SequenceMatcher(None, name, one).ratio(), one) for one in units]
    best = sorted((pair for pair in close if pair[0] >= LIKE), key=lambda p: (-p[0], p[1]))
    return [one for _ratio, one in best[:MOST_LIKE]]


def last_consultations(office_id: UUID | None) -> list[Consultation]:
    """The newest five documents the local model was asked about."""
    return list(Consultation.objects.filter(office_id=office_id).order_by("-asked_at", "pk")[:5])
