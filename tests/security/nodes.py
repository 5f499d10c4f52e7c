"""Behind the routes of the exchange: this site as a node, and a superior whose card has come."""

from datetime import datetime
from uuid import UUID

from luoshi.foundation.exchange.domain.node.initialising import initialise
from luoshi.foundation.exchange.enums import NodeState, Relation
from luoshi.foundation.exchange.models import Node, NodeKey
from tests.story import SYSTEM

KEY = "ab" * 32


def make_nodes(at: datetime) -> dict[str, UUID]:
    """The ids the routes need; the key's is `KEY`."""
    initialise(code="C3301", name="清源市节点", address="", actor=SYSTEM, at=at)
    node = Node.objects.create(
        code="P33",
        name="省级节点",
        relation=Relation.SUPERIOR,
        state=NodeState.MATCHED,
        fingerprint="0123456789abcdef" * 4,
        entered_at=at,
    )
    NodeKey.objects.create(
        id=KEY, node=node, suite="SM2-SM3", purpose="sign", public="00" * 64, since=at
    )
    return {"node": node.pk}
