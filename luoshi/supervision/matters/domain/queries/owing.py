"""Whom a matter's running limit waits for. The lead unit answers for the matter, but the limit next
to come may be another unit's: a row names that unit, or it lays one unit's delay at another's door
(ui.md 1, rule 1; S3-61)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.matters.domain.queries.showing import days_word, light_word
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN
from luoshi.supervision.matters.models import Assignment, Matter


def with_owing(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Matters with `owing_unit` (short name; None: no limit runs), the unit of the earliest running
    limit, and `wanting_state`, the state of the share that asks for attention first. The shares of
    sub-matters are asked only where the matter has none of its own."""
    running = Assignment.objects.filter(state__in=ASSIGNMENT_OPEN, on_clock=True)
    named = running.annotate(name=Coalesce(NullIf("unit__short_name", Value("")), "unit__name"))
    limits = named.filter(overdue_at__isnull=False).order_by("overdue_at", "assigned_at", "pk")
    asking = running.filter(attention_at__isnull=False).order_by("attention_at", "pk")
    return rows.annotate(
        owing_unit=first_of(limits, "name"), wanting_state=first_of(asking, "state")
    )


def first_of(shares: "QuerySet[Any]", column: str) -> Coalesce:
    """A column of the first of the matter's own shares, else of its sub-matters' shares."""
    own, parts = (
        Subquery(shares.filter(**{path: OuterRef("pk")}).values(column)[:1])
        for path in ("matter", "matter__parent")
    )
    return Coalesce(own, parts)


def owing_share(matter: Matter, shares: Iterable[Assignment]) -> Assignment | None:
    """Of shares already read, the one whose limit is the matter's."""
    if matter.overdue_at is None:
        return None
    return next(
        (
            share
            for share in shares
            if share.on_clock
            and share.state in ASSIGNMENT_OPEN
            and share.overdue_at == matter.overdue_at
        ),
        None,
    )


def whose_turn(
    matter: Matter, shares: list[Assignment], mine: Assignment | None, at: datetime
) -> dict[str, Any]:
    """What the banner says: a handling unit its own light and limit, everybody else the matter's
    and the share whose limit it is."""
    own = mine if mine is not None and mine.ended_at is None else None
    limit = (own or matter).overdue_at
    objecting = [share for share in ([own] if own else shares) if share.objected_at]
    return {
        "objected": any(share.state in ASSIGNMENT_OPEN for share in objecting),
        "owed": owing_share(matter, shares),
        "limit": limit,
        "light": (own or matter).light(at),
        "light_word": light_word(own, at) if own else "",
        "detail": days_word(limit, at, current_calendar()) if limit else "",
    }
