"""Occurrences as a list, narrowed by the words of the address: what every number of the record
opens."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import date_text, instant_text
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key
from luoshi.foundation.sheets.registry import Column
from luoshi.supervision.commitments import rules
from luoshi.supervision.commitments.enums import OccurrenceState, Outcome
from luoshi.supervision.commitments.models import Occurrence
from luoshi.supervision.matters.enums import Light

YEAR = re.compile(r"20[0-9]{2}")
MONTH = re.compile(r"[1-9]|1[0-2]")
ORDER = ("-due_at", "id")


@dataclass(frozen=True)
class Filters:
    """What narrows the list: every part is a word of the address. `how`: as the record counts."""

    how: str = ""
    year: int | None = None
    month: int | None = None
    commitment: UUID | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filters":
        """Read the address; unknown words are dropped."""
        how, year, month = (given.get(name, "") for name in ("how", "year", "month"))
        return cls(
            how=how if how in Outcome.values else "",
            year=int(year) if YEAR.fullmatch(year) else None,
            month=int(month) if MONTH.fullmatch(month) else None,
            commitment=a_key(given.get("commitment", "")),
        )


def counted_as(how: str, at: datetime, prefix: str = "") -> Q:
    """The rows the record counts in one way at an instant; in any way without one."""

    def of(**given: Any) -> Q:
        return Q(**{f"{prefix}{name}": value for name, value in given.items()})

    is_open = of(state=OccurrenceState.OPEN)
    missed, passed = of(missed_at__lte=at), of(due_at__lte=at)
    not_missed = of(missed_at=None) | of(missed_at__gt=at)
    return {
        Outcome.KEPT: of(state=OccurrenceState.KEPT, late_amount=None),
        Outcome.LATE: of(state=OccurrenceState.KEPT, late_amount__isnull=False),
        Outcome.MISSED: is_open & missed,
        Outcome.EXCUSED: of(state=OccurrenceState.EXCUSED),
        Outcome.OVERDUE: is_open & not_missed & passed,
        Outcome.AHEAD: is_open & of(due_at__gt=at),
    }.get(how, ~of(state=OccurrenceState.DROPPED))  # type: ignore[call-overload]


def occurrences(actor: Actor, filters: Filters, at: datetime) -> "QuerySet[Any]":
    """The list as the address narrows it; no row asks for another query."""
    rows = Occurrence.objects.visible_to(actor).filter(counted_as(filters.how, at))
    if filters.year:
        rows = rows.filter(due_on__year=filters.year)
    if filters.month:
        rows = rows.filter(due_on__month=filters.month)
    if filters.commitment:
        rows = rows.filter(commitment_id=filters.commitment)
    return rows.select_related("commitment", "version")


def rows_of(request: OfficeRequest) -> "QuerySet[Any]":
    """The list as it is written out."""
    ensure(rules.may_see(request.actor))
    found = occurrences(request.actor, Filters.of(request.GET), request.now)
    return found.order_by(*ORDER)


def outcome_label(row: Any, at: datetime) -> str:
    """How the record counts a row, in words."""
    how = row.outcome(at)
    return str(Outcome(how).label) if how else str(row.get_state_display())


def light_of(row: Occurrence, at: datetime) -> Light:
    """Green for what was kept, grey for what is excused, fell away or was missed (no clock runs:
    the red word is the record's), else the clock's (ui.md 3)."""
    how = row.outcome(at)
    if how in {Outcome.KEPT, Outcome.LATE}:
        return Light.GREEN
    return Light.GREY if how in {Outcome.MISSED, Outcome.EXCUSED, ""} else row.light(at)


def instant_of(name: str) -> Any:
    """A column that writes an instant."""

    def written(row: Any, at: datetime) -> str:
        value = getattr(row, name)
        return instant_text(value, "zh-hans") if value else ""

    return written


COLUMNS = (
    Column("title", _("Commitment"), lambda row, at: row.commitment.title),
    Column("due", _("Limit"), lambda row, at: date_text(row.due_on, "zh-hans")),
    Column("how", _("Counted as"), outcome_label),
    Column("who", _("Responsible"), lambda row, at: row.version.who),
    Column("kept", _("Took place"), instant_of("kept_at")),
    Column("late", _("Late by"), lambda row, at: str(row.late_amount or "")),
    Column("note", _("Note"), lambda row, at: row.note),
    Column("reference", _("Reference"), lambda row, at: row.reference, usual=False),
    Column("noted_by", _("Noted by"), lambda row, at: row.noted_by_name, usual=False),
    Column("noted", _("Noted at"), instant_of("noted_at"), usual=False),
)
