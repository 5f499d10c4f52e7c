"""The problem list: rows in sight, narrowed by what the URL says; each count is a set of rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import last_day
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.domain.queries.names import unit_by_name
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.foundation.sheets.registry import Column
from luoshi.supervision.inspections.enums import PROBLEM_ENDED, Category, ProblemState
from luoshi.supervision.inspections.models import Problem
from luoshi.supervision.matters.enums import Light
from luoshi.supervision.matters.models import showing

ORDER = ("due_at", "id")


@dataclass(frozen=True)
class Filters:
    """What narrows the list; every field is a URL parameter."""

    show: str = ""
    category: str = ""
    unit: str = ""
    unit_id: UUID | None = None
    text: str = ""
    ended: bool = False

    @classmethod
    def of(cls, given: Any) -> "Filters":
        """Read the URL; unknown words are dropped."""
        category, unit = given.get("category", ""), given.get("unit", "")[:60].replace("\x00", "")
        found = unit_by_name(unit) if unit else None
        return cls(
            show=given.get("show", "") if given.get("show", "") in SHOWN else "",
            category=category if category in Category.values else "",
            unit=unit,
            unit_id=found.pk if found else None,
            text=given.get("text", "")[:100].replace("\x00", ""),
            ended=bool(given.get("ended")),
        )


def light(word: Light) -> Any:
    """A condition for an instant."""
    return lambda at: showing(word, at)


SHOWN: dict[str, Any] = {
    "red": light(Light.RED),
    "yellow": light(Light.YELLOW),
    "green": light(Light.GREEN),
    "reported": lambda at: Q(state=ProblemState.REPORTED),
    "returned": lambda at: Q(state=ProblemState.RETURNED),
    "late": lambda at: Q(late_amount__isnull=False),
}


def narrowed(rows: "QuerySet[Any]", filters: Filters) -> "QuerySet[Any]":
    """Every filter but the tab."""
    ended = Q(state__in=PROBLEM_ENDED)
    rows = rows.filter(ended) if filters.ended else rows.exclude(ended)
    if filters.category:
        rows = rows.filter(category=filters.category)
    if filters.unit:
        rows = rows.filter(unit_id=filters.unit_id) if filters.unit_id else rows.none()
    if filters.text:
        rows = rows.filter(Q(description__contains=filters.text) | Q(number__contains=filters.text))
    return rows


def problems(actor: Actor, filters: Filters, at: datetime) -> "QuerySet[Any]":
    """The rows of the list."""
    rows = narrowed(Problem.objects.visible_to(actor), filters)
    if filters.show:
        rows = rows.filter(SHOWN[filters.show](at))
    return rows.select_related("unit", "finding__inspection", "matter")


def counts(actor: Actor, filters: Filters, at: datetime) -> dict[str, int]:
    """How many rows each tab opens, in one query."""
    rows = narrowed(Problem.objects.visible_to(actor), filters)
    asked = {key: Count("pk", filter=condition(at)) for key, condition in SHOWN.items()}
    return rows.aggregate(total=Count("pk"), **asked)


def rows_of(request: OfficeRequest) -> "QuerySet[Any]":
    """The list as it is written out: in the reader's sight, as narrowed by the address."""
    ensure(may_see_business(request.actor))
    rows = problems(request.actor, Filters.of(request.GET), request.now)
    return rows.order_by("due_at", "pk")


COLUMNS = (
    Column("number", _("Number"), lambda row, at: row.number),
    Column("problem", _("Problem"), lambda row, at: row.description),
    Column("category", _("Category"), lambda row, at: str(row.get_category_display())),
    Column("unit", _("Unit"), lambda row, at: str(row.unit)),
    Column("cause", _("Root cause"), lambda row, at: row.root_cause),
    Column("measures", _("Measures"), lambda row, at: row.measures),
    Column("limit", _("Limit"), lambda row, at: last_day(row.due_at).isoformat()),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
    Column("light", _("Light"), lambda row, at: str(row.light(at).label)),
    Column(
        "struck",
        _("Struck off"),
        lambda row, at: last_day(row.ended_at).isoformat() if row.ended_at else "",
    ),
)
