"""How the exchange with other nodes is: what waits, what raised an alarm, whether the heads of the
trails are kept elsewhere (security.md 6: no checkpoint accepted for a day is red on both nodes)."""

from datetime import datetime, timedelta

from django.db.models import Max, Min

from luoshi.foundation.exchange.enums import OPEN, NodeState, Relation
from luoshi.foundation.exchange.models import Alarm, Anchored, Node, Outgoing

DAY = timedelta(days=1)


def oldest_waiting(at: datetime) -> tuple[float, int]:
    """(seconds the oldest open envelope to another node has waited, how many wait)."""
    rows = Outgoing.objects.filter(state__in=OPEN, control=False)
    rows = rows.exclude(receiver__relation=Relation.OWN)
    first = rows.aggregate(first=Min("created_at"))["first"]
    return (max(0.0, (at - first).total_seconds()), rows.count()) if first else (0.0, 0)


def alarms(at: datetime) -> int:
    """What must not have come, in the last day."""
    return Alarm.objects.filter(last_at__gt=at - DAY).count()


def anchor_age(at: datetime) -> float | None:
    """Seconds since the last checkpoint was accepted: of this node by its superior, of each
    subordinate here, the longest of them; None without a neighbour that keeps heads."""
    ages = []
    active = Node.objects.filter(state=NodeState.ACTIVE)
    above = active.filter(relation=Relation.SUPERIOR).first()
    if above is not None:
        done = Anchored.objects.filter(node=above, countersigned_at__isnull=False)
        last = done.aggregate(last=Max("countersigned_at"))["last"]
        ages.append(at - (last or above.accepted_at or above.entered_at))
    below = active.filter(relation=Relation.SUBORDINATE)
    for node in below.annotate(last=Max("heads__received_at")):
        ages.append(at - (node.last or node.accepted_at or node.entered_at))
    return max(0.0, max(ages).total_seconds()) if ages else None
