"""How the exchange stands: numbers, kinds, times and reasons; never what an envelope says."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from luoshi.foundation.exchange.domain.node.incarnating import current_life
from luoshi.foundation.exchange.domain.queries.neighbours import find_own, neighbours
from luoshi.foundation.exchange.enums import OPEN, InState, OutState
from luoshi.foundation.exchange.models import Alarm, Incoming, NodeKey, Outgoing, Returned


@dataclass(frozen=True)
class NodeHealth:
    """One neighbour: what is open for it, since when, and when it was last heard."""

    code: str
    name: str
    relation: str
    state: str
    open: int
    oldest_at: str | None
    refused: int
    heard_at: str | None


@dataclass(frozen=True)
class Health:
    """The whole exchange of this site."""

    node: str
    incarnation: str
    open: int
    parked: int
    alarms: int
    returned_undecided: int
    keys_waiting: int
    nodes: list[NodeHealth]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def text(at: datetime | None) -> str | None:
    """An instant as text."""
    return at.isoformat() if at else None


def with_mail() -> QuerySet[Any]:
    """The neighbours with what is open for each, in one query."""
    waits = Q(outgoing__state__in=OPEN, outgoing__control=False)
    refused = Q(outgoing__state=OutState.REFUSED, outgoing__control=False)
    return neighbours().annotate(
        waiting=Count("outgoing", filter=waits),
        oldest=Min("outgoing__created_at", filter=waits),
        refusals=Count("outgoing", filter=refused),
    )


def health() -> Health:
    """The state of the exchange; a site that is no node has an empty name."""
    own, life = find_own(), current_life()
    nodes = [
        NodeHealth(
            code=node.code,
            name=node.name,
            relation=node.relation,
            state=node.state,
            open=node.waiting,
            oldest_at=text(node.oldest),
            refused=node.refusals,
            heard_at=text(node.heard_at),
        )
        for node in with_mail()
    ]
    return Health(
        node=own.code if own else "",
        incarnation=life.value if life else "",
        open=Outgoing.objects.filter(state__in=OPEN, control=False).count(),
        parked=Incoming.objects.filter(state=InState.PARKED).count(),
        alarms=Alarm.objects.count(),
        returned_undecided=Returned.objects.filter(decided="").count(),
        keys_waiting=NodeKey.objects.filter(accepted_at=None, revoked_at=None).count(),
        nodes=nodes,
    )
