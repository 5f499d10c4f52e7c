"""How long the legs of an envelope's way took: written → handed to this machine's server → taken in
by the receiver → its verdict here. The second and third leg stand between two clocks; the whole is
measured by this machine's clock alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, DurationField, ExpressionWrapper, F, QuerySet

from luoshi.foundation.core.rows.percentiles import Percentile
from luoshi.foundation.exchange.enums import OutState
from luoshi.foundation.exchange.models import Outgoing

DAY = timedelta(days=1)
SETTLED = (OutState.RECEIVED, OutState.REFUSED)
LEGS = {
    "waiting": ("created_at", "sent_at"),
    "there": ("sent_at", "taken_at"),
    "back": ("taken_at", "settled_at"),
    "whole": ("created_at", "settled_at"),
}
SHARES = {"median": "0.5", "p95": "0.95"}


@dataclass(frozen=True)
class Leg:
    """A leg over the last day; None where no envelope says how long it took."""

    name: str
    median: timedelta | None
    p95: timedelta | None


@dataclass(frozen=True)
class Hops:
    """What the receiver answered in the last day, and the legs of it."""

    answered: int = 0
    legs: tuple[Leg, ...] = tuple(Leg(name, None, None) for name in LEGS)

    def seconds(self) -> dict[str, dict[str, float | None]]:
        """Leg → median and p95 in seconds, for machines."""
        return {
            leg.name: {share: in_seconds(getattr(leg, share)) for share in SHARES}
            for leg in self.legs
        }


def in_seconds(span: timedelta | None) -> float | None:
    """Seconds to the millisecond."""
    return None if span is None else round(span.total_seconds(), 3)


def answered(at: datetime) -> QuerySet[Outgoing]:
    """What receivers answered in the day before an instant, the exchange's own messages included:
    they go the same way."""
    return Outgoing.objects.filter(state__in=SETTLED, settled_at__gt=at - DAY, settled_at__lte=at)


def hops(at: datetime, nodes: Iterable[UUID] | None = None) -> dict[UUID, Hops]:
    """Receiver → its legs in the last day, in one query; all receivers where none are named."""
    rows = answered(at) if nodes is None else answered(at).filter(receiver__in=list(nodes))
    asked: dict[str, Any] = {
        f"{name}_{share}": Percentile(span(*ends), share=value)
        for name, ends in LEGS.items()
        for share, value in SHARES.items()
    }
    found: Any = rows.order_by().values("receiver").annotate(count=Count("pk"), **asked)
    return {
        row["receiver"]: Hops(
            row["count"],
            tuple(Leg(name, row[f"{name}_median"], row[f"{name}_p95"]) for name in LEGS),
        )
        for row in found
    }


def span(first: str, last: str) -> ExpressionWrapper:
    """From one instant of the row to another."""
    return ExpressionWrapper(F(last) - F(first), output_field=DurationField())
