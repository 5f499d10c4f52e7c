"""A leader's one minute: what became of the leader's instructions (ui.md 5.7)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, Q, Value

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.notifications.domain.marking import week_start
from luoshi.supervision.chasing.domain.queries.escalating import escalated_to
from luoshi.supervision.matters.enums import MATTER_ENDED, Light, MatterState
from luoshi.supervision.matters.models import Matter, instructed_by, showing

MOST = 5


@dataclass(frozen=True)
class Minute:
    """The sentences' numbers, and the rows that want attention."""

    numbers: dict[str, int]
    red: list[Any]
    yellow: list[Any]
    escalated: list[Any]

    @property
    def calm(self) -> bool:
        """Whether nothing is overdue or due soon."""
        return not (self.red or self.yellow)


def minute_of(actor: Actor, at: datetime) -> Minute:
    """Three queries, whatever the number of instructions."""
    own = Matter.objects.filter(instructed_by(actor)).visible_to(actor)
    ended = Q(state__in=MATTER_ENDED)
    concluded = Q(state=MatterState.CONCLUDED)
    numbers = own.aggregate(
        own=Count("pk"),
        open=Count("pk", filter=~ended),
        concluded=Count("pk", filter=concluded),
        revoked=Count("pk", filter=Q(state=MatterState.REVOKED)),
        week=Count("pk", filter=concluded & Q(ended_at__gte=week_start(at))),
        late=Count("pk", filter=~ended & Q(late_marks__gt=0)),
        **{light.value: Count("pk", filter=~ended & showing(light, at)) for light in Light},
    )
    rows = own.exclude(ended).select_related("lead_unit", "owing_unit").order_by("overdue_at", "pk")
    red, yellow = (
        rows.filter(showing(light, at)).annotate(shows=Value(light.value, CharField()))[:MOST]
        for light in (Light.RED, Light.YELLOW)
    )
    shown = list(red.union(yellow, all=True))
    return Minute(
        numbers,
        [row for row in shown if row.shows == Light.RED],
        [row for row in shown if row.shows == Light.YELLOW],
        escalated_to(actor, MOST, at),
    )
