"""How the exchange stands: numbers, kinds, times and reasons; never what an envelope says."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from luoshi.foundation.exchange.domain.node.incarnating import current_life
from luoshi.foundation.exchange.domain.queries.hops import Hops, hops
from luoshi.foundation.exchange.domain.queries.milestones import counted, regions
from luoshi.foundation.exchange.domain.queries.neighbours import find_own, neighbours
from luoshi.foundation.exchange.domain.queries.standing import stuck_rows
from luoshi.foundation.exchange.enums import OPEN, InState, OutState
from luoshi.foundation.exchange.models import Alarm, Incoming, NodeKey, Outgoing, Returned


@dataclass(frozen=True)
class NodeHealth:
    """One neighbour: what is open for it, since when, how much of it is stuck, when it was last
    heard, and of what it answered in the last day the legs in seconds (median, p95)."""

    code: str
    name: str
    relation: str
    state: str
    open: int
    oldest_at: str | None
    stuck: int
    refused: int
    heard_at: str | None
    connected_at: str | None
    answered: int
    hops: dict[str, dict[str, float | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Health:
    """The whole exchange of this site; `regions`: how many stand at each milestone."""

    node: str
    incarnation: str
    open: int
    stuck: int
    parked: int
    alarms: int
    returned_undecided: int
    keys_waiting: int
    nodes: list[NodeHealth]
    regions: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def text(at: datetime | None) -> str | None:
    """An instant as text."""
    return at.isoformat() if at else None


def with_mail(at: datetime) -> QuerySet[Any]:
    """The neighbours with what is open and what is stuck for each, in one query."""
    waits = Q(outgoing__state__in=OPEN, outgoing__control=False)
    refused = Q(outgoing__state=OutState.REFUSED, outgoing__control=False)
    return neighbours().annotate(
        waiting=Count("outgoing", filter=waits),
        oldest=Min("outgoing__created_at", filter=waits),
        stuck=Count("outgoing", filter=stuck_rows(at, "outgoing__") & waits),
        refusals=Count("outgoing", filter=refused),
    )


def health(at: datetime) -> Health:
    """The state of the exchange at an instant; a site that is no node has an empty name."""
    own, life, legs = find_own(), current_life(), hops(at)
    open_mail = Outgoing.objects.filter(state__in=OPEN, control=False)
    nodes = [
        NodeHealth(
            code=node.code,
            name=node.name,
            relation=node.relation,
            state=node.state,
            open=node.waiting,
            oldest_at=text(node.oldest),
            stuck=node.stuck,
            refused=node.refusals,
            heard_at=text(node.heard_at),
            connected_at=text(node.connected_at),
            answered=legs.get(node.pk, Hops()).answered,
            hops=legs.get(node.pk, Hops()).seconds(),
        )
        for node in with_mail(at)
    ]
    return Health(
        node=own.code if own else "",
        incarnation=life.value if life else "",
        open=open_mail.count(),
        stuck=open_mail.filter(stuck_rows(at)).count(),
        parked=Incoming.objects.filter(state=InState.PARKED).count(),
        alarms=Alarm.objects.count(),
        returned_undecided=Returned.objects.filter(decided="").count(),
        keys_waiting=NodeKey.objects.filter(accepted_at=None, revoked_at=None).count(),
        nodes=nodes,
        regions=counted(regions(at)),
    )
