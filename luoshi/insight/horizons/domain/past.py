"""Ledger, board and matter as they were known, read from the spans the database keeps (B19).

The reader's right is today's: what may not be opened now is not shown of then either. The lights
come from the columns known at the moment, for its other instant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.queries.sight import units_in_sight
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.foundation.organizations.models import Unit
from luoshi.insight.horizons.domain.moments import Moment
from luoshi.supervision.matters.domain.matter.drafting import told
from luoshi.supervision.matters.domain.queries.addressing import COLUMNS as ADDRESSED
from luoshi.supervision.matters.domain.queries.showing import as_line, duty_light
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    MATTER_BEFORE_ASSIGNING,
    MATTER_ENDED,
    Light,
)
from luoshi.supervision.matters.models import (
    Assignment,
    Matter,
    PastAssignment,
    PastDuty,
    PastMatter,
    ReportDuty,
    showing,
)

ORDER = ("overdue_at", "matter_id")
PLAN = ("content", "method", "purpose", "basis", "end_on", *ADDRESSED)


def ledger(
    actor: Actor,
    moment: Moment,
    *,
    light: str = "",
    ended: bool = False,
    text: str = "",
    unit: Unit | None = None,
    share: bool = False,
) -> "QuerySet[Any]":
    """The ledger's rows as known; with `share` those whose open share of the unit shows the light,
    as the board counts them."""
    rows = narrowed(actor, moment, ended=ended, text=text, unit=unit)
    if share and unit is not None:
        held = held_by(unit, moment, light).filter(assignment__matter=OuterRef("matter"))
        rows = rows.filter(Exists(held))
    elif light in Light.values:
        rows = rows.filter(showing(Light(light), moment.lit))
    return rows.select_related("lead_unit")


def held_by(unit: Unit, moment: Moment, light: str = "") -> "QuerySet[Any]":
    """The open shares of a unit as known, of one light where it is named."""
    rows = PastAssignment.objects.known(moment.known).filter(unit=unit, state__in=ASSIGNMENT_OPEN)
    return rows.filter(showing(Light(light), moment.lit)) if light in Light.values else rows


def narrowed(
    actor: Actor, moment: Moment, *, ended: bool, text: str, unit: Unit | None
) -> "QuerySet[Any]":
    """Every filter but the light."""
    visible = Matter.objects.visible_to(actor)
    rows = PastMatter.objects.known(moment.known).filter(matter__in=visible.values("pk"))
    if actor.role in HANDLING_ROLES:
        rows = rows.exclude(state__in=MATTER_BEFORE_ASSIGNING)
    over = Q(state__in=MATTER_ENDED)
    rows = rows.filter(over) if ended else rows.exclude(over)
    if text:
        rows = rows.filter(Q(number__contains=text) | Q(title__contains=text))
    if unit is not None:
        shares = PastAssignment.objects.known(moment.known).filter(
            assignment__matter=OuterRef("matter"), unit=unit
        )
        rows = rows.filter(Exists(shares))
    return rows


def counts(
    actor: Actor,
    moment: Moment,
    *,
    ended: bool = False,
    text: str = "",
    unit: Unit | None = None,
    share: bool = False,
) -> dict[str, int]:
    """How many rows each light opened."""
    rows = narrowed(actor, moment, ended=ended, text=text, unit=unit)
    if share and unit is not None:
        held = held_by(unit, moment).filter(assignment__matter__in=rows.values("matter"))
        matters = Count("assignment__matter", distinct=True)
        of_light = {
            light.value: Count(
                "assignment__matter", distinct=True, filter=showing(light, moment.lit)
            )
            for light in Light
        }
        return held.aggregate(total=matters, **of_light)
    return rows.aggregate(
        total=Count("pk"),
        **{light.value: Count("pk", filter=showing(light, moment.lit)) for light in Light},
    )


@dataclass
class BoardRow:
    """A unit's lights as known."""

    unit: Unit
    red: int
    yellow: int
    green: int
    grey: int
    late_marks: int


def board(actor: Actor, moment: Moment) -> list[BoardRow]:
    """Units in sight that held anything, worst first; three queries whatever the history."""
    spans = PastAssignment.objects.known(moment.known).filter(unit__in=units_in_sight(actor))
    held = (
        spans.order_by()
        .values("unit_id")
        .annotate(
            marks=Sum("late_marks"),
            **{
                light.value: Count(
                    "pk", filter=Q(state__in=ASSIGNMENT_OPEN) & showing(light, moment.lit)
                )
                for light in Light
            },
        )
    )
    found = {row["unit_id"]: row for row in held}
    units = Unit.objects.filter(pk__in=found)
    rows = [
        BoardRow(
            unit,
            **{light.value: found[unit.pk][light.value] for light in Light},
            late_marks=found[unit.pk]["marks"] or 0,
        )
        for unit in units
    ]
    return sorted(rows, key=lambda r: (-r.red, -r.yellow, -r.green, r.unit.sort_key))


@dataclass
class PastPage:
    """A matter's page as known."""

    matter: PastMatter
    plan: Mapping[str, str]
    shares: list[dict[str, Any]]
    duties: list[dict[str, Any]]
    history: list[dict[str, Any]]


def matter_page(actor: Actor, matter: Matter, moment: Moment) -> PastPage | None:
    """The matter as known; None where nothing was known of it yet."""
    span = PastMatter.objects.known(moment.known).filter(matter=matter)
    found = span.select_related("lead_unit", "office").first()
    hidden = actor.role in HANDLING_ROLES and found and found.state in MATTER_BEFORE_ASSIGNING
    if found is None or hidden:
        return None
    readable = Assignment.objects.visible_to(actor).filter(matter=matter)
    own = set(readable.values_list("pk", flat=True))
    shares = PastAssignment.objects.known(moment.known).filter(assignment__matter=matter)
    rows = shares.select_related("unit", "assignment").order_by("assignment__assigned_at", "pk")
    return PastPage(
        matter=found,
        plan=plan_of(matter, moment.known),
        shares=[
            {
                "row": row,
                "light": row.light(moment.lit),
                "behind": row.assignment_id in own and row.behind(moment.lit),
                "own": row.assignment_id in own,
            }
            for row in rows
        ],
        duties=duties_of(own, moment),
        history=history_of(matter, moment.known),
    )


def duties_of(own: set[Any], moment: Moment) -> list[dict[str, Any]]:
    """The duties the reader may see, with the limits and states known."""
    spans = PastDuty.objects.known(moment.known).filter(duty__assignment__in=own)
    rows = spans.select_related("duty__assignment__unit").order_by("due_at", "duty_id")
    return [{"row": row, "duty": row.duty, "light": light_of(row, moment.lit)} for row in rows]


def light_of(row: PastDuty, at: datetime) -> Light:
    """The light of a duty from the columns known of it."""
    known = ReportDuty(
        state=row.state, due_at=row.due_at, redo_due_at=row.redo_due_at, warn_at=row.warn_at
    )
    return duty_light(known, at)


def entries(matter: Matter) -> "QuerySet[Any]":
    """The matter's trail."""
    rows = Entry.objects.filter(object_kind="matters.matter", object_id=str(matter.pk))
    return rows.select_related("detail")


def history_of(matter: Matter, at: datetime) -> list[dict[str, Any]]:
    """The trail up to the moment, newest first."""
    return [as_line(row) for row in entries(matter).filter(at__lte=at).order_by("-seq")[:60]]


def plan_of(matter: Matter, at: datetime) -> Mapping[str, str]:
    """The plan as known: what the first change after the moment says it was before, else what
    stands. A change whose text was erased leaves the fields empty."""
    later = entries(matter).filter(action="matters.planned", at__gt=at).order_by("seq").first()
    if later is None:
        return {name: "" if words == "None" else words for name, words in told(matter).items()}
    before = Entry.detail_of(later).get("before", {})
    return {name: "" if before.get(name) in (None, "None") else before[name] for name in PLAN}
