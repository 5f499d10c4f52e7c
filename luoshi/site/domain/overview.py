"""The secretary-general's overview (ui.md 5.17): what is late, what waits for me, what we asked of
units this quarter, what the slowest step cost. Every number is counted as the page it opens
counts it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.insight.burden.domain.ledger import Load, by_unit
from luoshi.site.domain.steps import Time, times
from luoshi.supervision.matters.domain.queries.burden import Span
from luoshi.supervision.matters.enums import MATTER_ENDED, Light
from luoshi.supervision.matters.models import Matter, showing

MOST = 5


@dataclass(frozen=True)
class Overview:
    """The numbers of the sentences and the short lists under them."""

    open: int
    red: int
    yellow: int
    late: list[Any]
    span: Span
    asked: dict[str, int]
    heaviest: list[Load]
    over: list[Load]
    cap: int
    steps: list[Time]
    longest: list[Any]


def overview(actor: Actor, at: datetime, cap: int) -> Overview:
    """A fixed number of queries, whatever the office holds."""
    own = Matter.objects.filter(office_id=actor.unit_id).exclude(state__in=MATTER_ENDED)
    lights = {light.value: Count("pk", filter=showing(light, at)) for light in Light}
    counts = own.aggregate(open=Count("pk"), **lights)
    late = own.filter(showing(Light.RED, at)).select_related("lead_unit", "owing_unit")
    span = Span.around(office_date(at))
    quarter, year = by_unit(actor, span, cap), by_unit(actor, Span(span.year), cap)
    steps = times(actor, span)
    slowest = steps[0].step.rows(actor, span) if steps else Matter.objects.none()
    return Overview(
        open=counts["open"],
        red=counts["red"],
        yellow=counts["yellow"],
        late=list(late.order_by("overdue_at", "pk")[:MOST]),
        span=span,
        asked={
            "reports": sum(load.asked for load in quarter),
            "answered": sum(load.sent for load in quarter),
            "tables": sum(load.tables for load in quarter),
            "units": sum(1 for load in quarter if load.asked),
            "meetings": sum(load.meetings for load in quarter),
        },
        heaviest=quarter[:MOST],
        over=[load for load in year if load.over],
        cap=cap,
        steps=steps,
        longest=list(slowest.order_by("-took", "pk")[:MOST]) if steps else [],
    )
