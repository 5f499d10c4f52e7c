"""The office's book as a list, narrowed by the words of the address; the numbers of its tabs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.information import rules
from luoshi.desks.information.enums import EventState, Fault, Grade
from luoshi.desks.information.models import Event, Finding
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import instant_text
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.sheets.registry import Column

YEAR = re.compile(r"20[0-9]{2}")
ORDER = ("-happened_at", "id")
SHOWN: dict[str, str | Promise] = {
    "over": _("Limit passed"),
    "running": EventState.OPEN.label,
    "closed": EventState.CLOSED.label,
    "merged": EventState.MERGED.label,
    "late": _("Reported late"),
    "found": _("With findings"),
}


@dataclass(frozen=True)
class Filters:
    """What narrows the list: every part is a word of the address. `unit`: the code of the unit that
    knew first; `fault`: with a finding of this kind."""

    show: str = ""
    text: str = ""
    grade: str = ""
    unit: str = ""
    fault: str = ""
    year: int | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filters":
        """Read the address; unknown words are dropped."""
        year = given.get("year", "")
        return cls(
            show=given.get("show", "") if given.get("show", "") in SHOWN else "",
            text=given.get("text", "")[:60].replace("\x00", "").strip(),
            grade=given.get("grade", "") if given.get("grade", "") in Grade.values else "",
            unit=given.get("unit", "")[:24].replace("\x00", ""),
            fault=given.get("fault", "") if given.get("fault", "") in Fault.values else "",
            year=int(year) if YEAR.fullmatch(year) else None,
        )


def narrowed(actor: Actor, filters: Filters) -> "QuerySet[Any]":
    """Every filter but the tab."""
    rows: QuerySet[Any] = Event.objects.visible_to(actor)
    if filters.grade:
        rows = rows.filter(grade=filters.grade)
    if filters.unit:
        rows = rows.filter(first_code=filters.unit)
    if filters.fault:
        rows = rows.filter(Exists(found(filters.fault)))
    if filters.year:
        rows = rows.filter(happened_at__year=filters.year)
    if filters.text:
        words = filters.text
        match = Q(title__contains=words) | Q(place__contains=words) | Q(number__contains=words)
        rows = rows.filter(match)
    return rows


def found(fault: str = "") -> "QuerySet[Finding]":
    """The findings of an outer event, of one kind or any."""
    rows = Finding.objects.filter(event=OuterRef("pk"))
    return rows.filter(fault=fault) if fault else rows


def tab(show: str, at: datetime) -> Q:
    """The rows of one tab; without a tab all but what was merged."""
    return {
        "over": Q(state=EventState.OPEN, next_due_at__lte=at),
        "running": Q(state=EventState.OPEN),
        "closed": Q(state=EventState.CLOSED),
        "merged": Q(state=EventState.MERGED),
        "late": Q(late_minutes__gt=0),
        "found": Q(Exists(found())),
    }.get(show, ~Q(state=EventState.MERGED))


def events(actor: Actor, filters: Filters, at: datetime) -> "QuerySet[Any]":
    """The list as the address narrows it; no row asks for another query."""
    return narrowed(actor, filters).filter(tab(filters.show, at))


def counts(actor: Actor, filters: Filters, at: datetime) -> dict[str, int]:
    """How many rows each tab opens; one query."""
    numbers: dict[str, int] = narrowed(actor, filters).aggregate(
        all=Count("pk", filter=tab("", at)),
        **{show: Count("pk", filter=tab(show, at)) for show in SHOWN},
    )
    return numbers


def rows_of(request: OfficeRequest) -> "QuerySet[Any]":
    """The list as it is written out."""
    ensure(rules.may_see_events(request.actor))
    rows = events(request.actor, Filters.of(request.GET), request.now)
    return rows.order_by(*ORDER)


def moment(name: str) -> Any:
    """A column that writes an instant."""

    def written(row: Any, at: datetime) -> str:
        value = getattr(row, name)
        return instant_text(value, "zh-hans") if value else ""

    return written


COLUMNS = (
    Column("light", _("Light"), lambda row, at: str(row.light(at).label)),
    Column("number", _("Number"), lambda row, at: row.number),
    Column("title", pgettext_lazy("event", "Event"), lambda row, at: row.title),
    Column("place", pgettext_lazy("event", "Place"), lambda row, at: row.place),
    Column("happened", pgettext_lazy("event", "Happened"), moment("happened_at")),
    Column("aware", _("First known"), moment("aware_at")),
    Column("first", _("Known first by"), lambda row, at: row.first_name),
    Column("grade", _("Grade"), lambda row, at: str(row.get_grade_display())),
    Column("casualties", _("Casualties"), lambda row, at: row.casualties),
    Column("losses", _("Losses"), lambda row, at: row.losses, usual=False),
    Column(
        "measures", pgettext_lazy("event", "Measures"), lambda row, at: row.measures, usual=False
    ),
    Column("late", _("Minutes late"), lambda row, at: str(row.late_minutes or "")),
    Column("reason", _("Reason"), lambda row, at: row.late_reason, usual=False),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
)
